"""The supply of gas as a supplier commands and configures it, and as it is read back."""

from __future__ import annotations

from assay.gbcs.gbz.components import Component
from rigs.devices.gsme.settings import UNCHANGED
from tests.rigs.gsme.gas_kit import GasPremises, gbz, reading, zcl

EVENT = 473385600


def supply(status: int) -> Component:
    return zcl(
        "ChangeSupply",
        provider_id=0,
        issuer_event_id=EVENT,
        request_time=0,
        implementation_time=0,
        proposed_status=status,
        control_bits=1,
    )


def close(premises: GasPremises) -> str:
    (answer,) = premises.ask(0x0081, supply(0))
    return str(answer.payload.get("status"))


def arm(premises: GasPremises) -> str:
    (answer,) = premises.ask(0x0085, supply(1))
    return str(answer.payload.get("status"))


def status_read() -> bytes:
    return gbz(reading(0x0702, 0x0205, 0x0014))


def flow_check(**changes: int) -> Component:
    fields = {"threshold": 500, "unit": 1, "multiplier": 1, "divisor": 10_000}
    fields |= {"stabilisation": 20, "measurement": 30} | changes
    return zcl("SetUncontrolledFlowThreshold", provider_id=0, issuer_event_id=EVENT, **fields)


def states(tamper: int = UNCHANGED, depletion: int = UNCHANGED) -> Component:
    return zcl(
        "SetSupplyStatus",
        issuer_event_id=EVENT,
        tamper_state=tamper,
        depletion_state=depletion,
        uncontrolled_flow_state=0,
        load_limit_state=3,
    )
