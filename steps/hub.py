"""The communications hub: its log, its networks, its tunnels, and what it tells the DCC."""

from __future__ import annotations

from pytest_bdd import given, parsers, then, when

from assay.gbcs.dlms.data import Data
from assay.verdicts import require
from fixtures.bench import Bench
from fixtures.cells.desk import TARGETS
from fixtures.hub_site import PRINTED
from steps.words import duration

_DEVICE = rf"(?P<device>{'|'.join(sorted(TARGETS, key=len, reverse=True))})"
_LOCAL = 2
"""The command variant of what is delivered by hand."""
_STATUS = "success|busy|no more identifiers"


@then(parsers.re(r"the hub has sent alert (?P<code>[0-9A-F]{4})"))
def hub_has_sent_any(bench: Bench, code: str, requirement: str) -> None:
    codes = bench.hub.codes()
    require(int(code, 16) in codes, requirement, f"{code}", [f"{c:04X}" for c in codes])


@then(parsers.re(r"the hub has sent alert (?P<code>[0-9A-F]{4}) (?P<count>once|\d+ times)"))
def hub_has_sent(bench: Bench, code: str, count: str, requirement: str) -> None:
    wanted = 1 if count == "once" else int(count.split()[0])
    codes = bench.hub.codes()
    seen = codes.count(int(code, 16))
    require(
        seen == wanted,
        requirement,
        f"{code} {count}",
        f"{seen} times, of {[f'{c:X}' for c in codes]}",
    )


@then(parsers.re(r"the hub has sent no alert (?P<code>[0-9A-F]{4})"))
def hub_has_not_sent(bench: Bench, code: str, requirement: str) -> None:
    codes = bench.hub.codes()
    require(int(code, 16) not in codes, requirement, f"no {code}", [f"{c:04X}" for c in codes])


@then(parsers.re(r"the hub has sent the alerts (?P<codes>[0-9A-F]{4}(?:, [0-9A-F]{4})*) in order"))
def hub_has_sent_in_order(bench: Bench, codes: str, requirement: str) -> None:
    wanted = codes.split(", ")
    seen = [f"{code:04X}" for code in bench.hub.codes()]
    require(seen == wanted, requirement, wanted, seen)


@then(parsers.re(r"alert (?P<code>[0-9A-F]{4}) carries (?P<text>[0-9A-F ]+)"))
def alert_carries(bench: Bench, code: str, text: str, requirement: str) -> None:
    """Octets of everything that it carries, in order."""
    alerts = [alert for alert in bench.hub.alerts() if alert.code == int(code, 16)]
    seen = [" ".join(_octets(extra) for extra in alert.extras).upper() for alert in alerts]
    require(text in seen, requirement, text, seen)


def _octets(extra: Data) -> str:
    if isinstance(extra.value, bytes):
        return extra.value.hex()
    return " ".join(_octets(part) for part in extra.value) if _is_several(extra) else "?"


def _is_several(extra: Data) -> bool:
    return isinstance(extra.value, tuple | list)


# The device log.


@given("what the hub sends is watched")
@when("what the hub sends is watched")
def watch(bench: Bench) -> None:
    bench.hub.mark()
    bench.users.mark()


@then(parsers.re(r"the hub's newest backup holds (?P<count>no|\d+) devices?"))
def newest_backup_holds(bench: Bench, count: str, requirement: str) -> None:
    backups = bench.device_log_backups()
    seen = len(backups[-1]) if backups else None
    wanted = 0 if count == "no" else int(count)
    require(seen == wanted, requirement, f"a backup of {wanted} devices", seen)


@given(parsers.re(r"(?P<count>\d+) more devices? (?:is|are) known to the DCC"))
def more_devices(bench: Bench, count: str) -> None:
    bench.home.announce(int(count))


@given(parsers.re(r"(?P<count>\d+) of them (?:is|are) switched on"))
def switched_on(bench: Bench, count: str) -> None:
    for device_id in bench.home.announced[: int(count)]:
        bench.hub.bring(device_id)


@given(parsers.re(r"the import supplier has added (?P<count>\d+) of them to the hub"))
@when(parsers.re(r"the import supplier adds (?P<count>\d+) of them to the hub"))
def add_devices(bench: Bench, count: str, requirement: str) -> None:
    for device_id in bench.home.announced[: int(count)]:
        bench.home.add(device_id)
        bench.users.require_success(requirement)


@when("the import supplier adds the last of them to the hub")
def add_last(bench: Bench) -> None:
    bench.home.add(bench.home.announced[-1])


@when("the import supplier adds the meter to the hub once more")
def add_again(bench: Bench, requirement: str) -> None:
    bench.home.add(bench.meter_id)
    bench.users.require_success(requirement)


@given("the import supplier has removed the last of them from the hub")
@when("the import supplier removes the last of them from the hub")
def remove_last(bench: Bench, requirement: str) -> None:
    bench.home.remove(bench.home.announced[-1])
    bench.users.require_success(requirement)


@when("the import supplier removes the last of them from the hub once more")
def remove_again(bench: Bench) -> None:
    bench.home.remove(bench.home.announced[-1])


@then(parsers.re(r"(?P<count>no|\d+) of them (?:has|have) joined"))
def have_joined(bench: Bench, count: str, requirement: str) -> None:
    wanted = 0 if count == "no" else int(count)
    require(bench.hub.joined == wanted, requirement, f"{wanted} joined", bench.hub.joined)


# Its networks.


@then("an installer's terminal hears the network under the identifier that is printed on the hub")
def hears_network(bench: Bench, requirement: str) -> None:
    beacon = bench.hub.scan()
    seen = beacon.extended_id if beacon is not None else "none"
    require(seen == PRINTED, requirement, f"a network {PRINTED}", seen)


@then("an installer's terminal hears no network")
def hears_nothing(bench: Bench, requirement: str) -> None:
    beacon = bench.hub.scan()
    require(beacon is None, requirement, "no beacon", beacon)


@then(parsers.re(r"the beacon (?P<which>invites to join|does not invite to join)"))
def beacon_invites(bench: Bench, which: str, requirement: str) -> None:
    beacon = bench.hub.scan()
    wanted = which == "invites to join"
    seen = beacon is not None and beacon.is_joining_permitted
    require(seen == wanted, requirement, which, "open" if seen else "closed")


@given(parsers.re(r"the hub's time has become (?P<quality>unreliable|invalid), an hour fast"))
def time_is_doubtful(bench: Bench, quality: str) -> None:
    bench.hub.doubt_time(quality)


@then(parsers.re(r"the meter's clock is right within (?P<limit>\d+) seconds"))
def clock_is_right(bench: Bench, limit: str, requirement: str) -> None:
    error = abs(bench.users.meter_clock_error())
    require(error <= duration(f"{limit} seconds"), requirement, f"within {limit} s", f"{error} off")


# Sub-GHz.


@given(parsers.re(rf"the {_DEVICE} is on sub-GHz"))
def is_on_sub_ghz(bench: Bench, device: str) -> None:
    bench.hub.put_on_sub_ghz(TARGETS[device], is_gas_meter=device == "gas meter")


@when(parsers.re(r"(?P<count>\d+) more devices come onto sub-GHz"))
def more_on_sub_ghz(bench: Bench, count: str) -> None:
    for number in range(int(count)):
        one = bench.eui(f"00-DB-12-34-56-78-A0-{number:02X}")
        bench.hub.put_on_sub_ghz(one, is_gas_meter=False)


@given(parsers.re(r"noise on sub-GHz channel (?P<channel>\d+)"))
def noise(bench: Bench, channel: str) -> None:
    bench.hub.make_noise(int(channel))


@given(parsers.re(r"the hub hears sub-GHz at (?P<dbm>-\d+) dBm"))
def signal(bench: Bench, dbm: str) -> None:
    bench.hub.measure_signal(int(dbm))


@given(parsers.re(r"(?P<count>\d+) messages of 1400 octets have gone to the meter"))
@when(parsers.re(r"(?P<count>\d+) messages of 1400 octets go to the meter"))
def fill(bench: Bench, count: str) -> None:
    bench.hub.fill_band(int(count))
    bench.clock.advance(duration("1 second"))


# Tunnels.


@given("the requests of the hub for tunnels are counted")
def count_requests(bench: Bench) -> None:
    bench.hub.listen()
    bench.hub.mark()


@given(parsers.re(rf"the next request is answered with (?P<status>{_STATUS})"))
def answered_with(bench: Bench, status: str) -> None:
    bench.hub.answer_next(status)


@then(parsers.re(r"the hub has asked for a tunnel (?P<count>once|\d+ times)"))
def has_asked(bench: Bench, count: str, requirement: str) -> None:
    wanted = 1 if count == "once" else int(count.split()[0])
    seen = bench.hub.tunnels_asked
    require(seen == wanted, requirement, f"a request for a tunnel {count}", f"{seen} times")


@then("the hub has not asked for a tunnel")
def has_not_asked(bench: Bench, requirement: str) -> None:
    seen = bench.hub.tunnels_asked
    require(not seen, requirement, "no request for a tunnel", f"{seen}")


@then("the hub has closed all tunnels of the device once")
def has_closed(bench: Bench, requirement: str) -> None:
    seen = bench.hub.tunnels_closed
    require(seen == 1, requirement, "all tunnels closed once", f"{seen} times")


# Firmware on its way.


@then(parsers.re(r"the hub has told of transfers that ended with (?P<result>\w+)"))
def told_of_transfer(bench: Bench, result: str, requirement: str) -> None:
    seen = bench.hub.transfers()
    require(seen == [result], requirement, result, seen)


# The terminal.


@then("an installer's terminal is let in")
@given("an installer's terminal has joined the hub")
@when("an installer's terminal joins the hub")
def terminal_joins(bench: Bench, requirement: str) -> None:
    require(bench.hub.connect_terminal(), requirement, "the terminal let in", "refused")


@then("the hub refuses an installer's terminal")
def terminal_refused(bench: Bench, requirement: str) -> None:
    require(not bench.hub.connect_terminal(), requirement, "the terminal refused", "let in")


@when("the terminal leaves the hub")
def terminal_leaves(bench: Bench) -> None:
    bench.hub.take_terminal_away()


@then(parsers.re(r"the (?P<user>[a-z ]+) has received (?P<count>\d+) DCC alerts (?P<code>[AN]\w+)"))
def has_dcc_alerts(bench: Bench, user: str, count: str, code: str, requirement: str) -> None:
    seen = len(bench.users.dcc_alerts(user, code))
    require(seen == int(count), requirement, f"{count} {code}", f"{seen} received")


@when(
    parsers.re(r"the import supplier has the terminal deliver 7.4 Read Supply Status to the meter")
)
def deliver_by_hand(bench: Bench) -> None:
    bench.hub.mark()
    bench.users.send("import supplier", "7.4", {}, command_variant=_LOCAL)
    bench.cells.hand_over("meter")


@then("no response of the meter has crossed the WAN")
def no_response_on_wan(bench: Bench, requirement: str) -> None:
    seen = bench.hub.responses_of(bench.meter_id)
    require(not seen, requirement, "no response on the WAN", f"{seen}")
