from tests.rigs.safety.test_watchdog import *
def test_measure(circuit):
    for _ in range(3):
        r=circuit.live_runner(); k=time.time(); r.send_signal(signal.SIGKILL); wait_for(circuit.is_safe,"x")
        print("KILL->OFF ms", round((circuit.last_change()-k)*1000,1))
