"""Devices other than the electricity meter whose answers a user can't work with.

What they are asked while they are installed they answer well, so that a home can be furnished
with them and the fault shows where a user asks.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from assay.gbcs.acceptance import Accepted
from assay.gbcs.envelope import Cra, Message
from assay.gbcs.errors import RemoteGbcsError
from rigs.devices.gbcs_device import GbcsDevice
from rigs.devices.gpf import GasProxy
from rigs.devices.gsme import GasMeter
from rigs.devices.gsme.use_cases import READS
from rigs.devices.ppmid import PrepaymentDisplay
from rigs.rogues.row import Severity, Subject, planter

gas_meter, gas_proxy, ppmid = (
    planter(s) for s in (Subject.GAS_METER, Subject.GAS_PROXY, Subject.PPMID)
)


def _with_another_mac(device: GbcsDevice, codes: frozenset[int]) -> None:
    sound = device.seal.protect

    def protect(message: Message, *, critical: bool) -> Message | None:
        sealed = sound(message, critical=critical)
        is_answer = message.cra is Cra.RESPONSE and message.message_code in codes
        if sealed is None or sealed.mac is None or not is_answer:
            return sealed
        return replace(sealed, mac=bytes(octet ^ 0xFF for octet in sealed.mac))

    device.seal.protect = protect  # type: ignore[method-assign]


@gas_meter(
    "gas-meter-reads-with-another-mac",
    "Answers reads so that nobody can believe them",
    requirement="UEPT-NON-CRITICAL",
    severity=Severity.CRITICAL,
    deviation="The MAC of each answer to a read is inverted.",
)
def reads_with_another_mac(meter: GasMeter) -> None:
    _with_another_mac(meter, frozenset(READS))


@gas_meter(
    "gas-meter-silent-to-reads",
    "Answers no read",
    requirement="UEPT-NON-CRITICAL",
    severity=Severity.MAJOR,
    deviation="A read is refused as if it were malformed, and there is no answer.",
)
def silent_to_reads(meter: GasMeter) -> None:
    def refuse(command: Accepted) -> bytes:
        raise RemoteGbcsError(0, "payload", "a payload that it can read", command.use_case.name)

    meter.serve(dict.fromkeys(READS, refuse))


@gas_meter(
    "gas-meter-answers-an-hour-late",
    "Keeps its answers for an hour",
    requirement="UEPT-NON-CRITICAL",
    severity=Severity.MAJOR,
    deviation="Once it sleeps, each response is sent an hour after its command was carried out.",
)
def answers_an_hour_late(meter: GasMeter) -> None:
    meter.wake.on_sleep.append(lambda: setattr(meter, "response_delay", timedelta(hours=1)))


@gas_proxy(
    "gas-proxy-answers-without-data",
    "Answers with success and without data",
    requirement="UEPT-LOCAL",
    severity=Severity.MAJOR,
    deviation="The payload of each answer is empty.",
)
def answers_without_data(proxy: GasProxy) -> None:
    proxy.serve(dict.fromkeys(tuple(proxy.handlers), lambda _command: b""))


@ppmid(
    "ppmid-silent-once-joined",
    "Answers nobody once it has a meter",
    requirement="UEPT-NON-CRITICAL",
    severity=Severity.MAJOR,
    deviation="After it was joined with a meter it carries out commands and is silent.",
)
def silent_once_joined(display: PrepaymentDisplay) -> None:
    sound, answered = display.seal.protect, list[int]()

    def protect(message: Message, *, critical: bool) -> Message | None:
        answered.append(message.message_code)
        return sound(message, critical=critical) if len(answered) == 1 else None

    display.seal.protect = protect  # type: ignore[method-assign]
