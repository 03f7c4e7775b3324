"""Registers, samples, snapshots, valve and flow of a gas meter (clusters 0000 and 0702)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from assay.gbcs.date_time import EPOCH
from assay.gbcs.gbz.fields import time_seconds
from assay.gbcs.gbz.tables import Direction
from rigs.devices.gbz_objects import (
    HARDWARE_FAILURE,
    INVALID_VALUE,
    NOT_FOUND,
    Attribute,
    CommandRow,
    GbzCall,
    GbzError,
    Reply,
)
from rigs.devices.gsme.profile import HALF_HOUR, NETWORK_SAMPLE, PROFILE_SAMPLE, sampled
from rigs.devices.gsme.settings import LOCKED, UNCHANGED
from rigs.devices.gsme.use_cases import BASIC, METERING
from rigs.devices.gsme.valve import FlowCheck, GasSupply

if TYPE_CHECKING:
    from rigs.devices.gsme.meter import GasMeter

Json = Any
_TO_SERVER = Direction.CLIENT_TO_SERVER
DIVISOR, CUBIC_METRES = 1000, 1
_CLOSE, _ARM = 0x0081, 0x0085
_ALLOWED = {_CLOSE: GasSupply.DISABLED, _ARM: GasSupply.ARMED}
"""GCS32 closes, GCS39 arms; nothing opens from afar."""
_STATES = frozenset((LOCKED, UNCHANGED))
_MAX_SAMPLES = 41
_FLOW_ATTRIBUTES = (
    (0x0B10, "uint16", "threshold"),
    (0x0B11, "enum8", "unit"),
    (0x0B12, "uint16", "multiplier"),
    (0x0B13, "uint16", "divisor"),
    (0x0B14, "uint8", "stabilisation"),
    (0x0B15, "uint16", "measurement"),
)


def attributes(meter: GasMeter) -> Iterator[Attribute]:
    settings = meter.settings
    yield BASIC, 0x0003, "uint8", lambda: meter.configuration.hardware_version
    yield BASIC, 0x0004, "character-string", lambda: meter.configuration.manufacturer
    yield BASIC, 0x0005, "character-string", lambda: meter.configuration.model
    yield METERING, 0x0000, "uint48", meter.litres
    yield METERING, 0x0014, "enum8", lambda: int(meter.valve.state)
    for number in range(4):
        yield METERING, 0x0100 + 2 * number, "uint48", _one_of(meter.tier_litres, number)
        yield METERING, 0x0700 + number, "uint48", _one_of(meter.block_litres, number)
    yield METERING, 0x0205, "uint16", meter.remaining_battery_days
    yield METERING, 0x0206, "octet-string", lambda: {"octets": meter.firmware_version.hex()}
    yield METERING, 0x0300, "enum8", lambda: CUBIC_METRES
    yield METERING, 0x0301, "uint24", lambda: 1
    yield METERING, 0x0302, "uint24", lambda: DIVISOR
    yield METERING, 0x0307, "octet-string", lambda: settings.mprn
    yield METERING, 0x0A00, "uint32", meter.payment.bill_to_date
    yield METERING, 0x0607, "enum8", lambda: settings.tamper_state
    yield METERING, 0x0608, "enum8", lambda: settings.depletion_state
    for attribute, kind, name in _FLOW_ATTRIBUTES:
        yield METERING, attribute, kind, _flow(meter, name)


def _one_of(read: Any, number: int) -> Any:
    return lambda: read()[number]


def _flow(meter: GasMeter, name: str) -> Any:
    return lambda: getattr(meter.valve.check, name)


def commands(meter: GasMeter) -> Iterator[CommandRow]:
    def change_supply(call: GbzCall) -> list[Reply]:
        fields = call.fields
        wanted = fields["proposed_status"]
        if _ALLOWED.get(call.command.use_case.code) != wanted:
            raise GbzError(INVALID_VALUE)
        reached = meter.close_supply() if wanted == GasSupply.DISABLED else meter.arm_supply()
        if not reached:
            raise GbzError(HARDWARE_FAILURE)
        payload = {
            "provider_id": fields["provider_id"],
            "issuer_event_id": fields["issuer_event_id"],
            "implementation_time": fields["implementation_time"],
            "status": int(meter.valve.state),
        }
        return [Reply(0x0C, payload)]

    def set_supply_states(call: GbzCall) -> None:
        fields = call.fields
        if not {fields["tamper_state"], fields["depletion_state"]} <= _STATES:
            raise GbzError(INVALID_VALUE)
        meter.settings.tamper_state = fields["tamper_state"]
        meter.settings.depletion_state = fields["depletion_state"]

    def set_flow_check(call: GbzCall) -> None:
        fields = call.fields
        if not fields["divisor"] or fields["unit"] != CUBIC_METRES:
            raise GbzError(INVALID_VALUE)
        meter.valve.check = FlowCheck(**{name: fields[name] for _, _, name in _FLOW_ATTRIBUTES})

    def start_sampling(call: GbzCall) -> list[Reply]:
        fields = call.fields
        if not fields["interval"] or not 0 < fields["max_samples"] <= _MAX_SAMPLES:
            raise GbzError(INVALID_VALUE)
        start = time_seconds(fields["start_time"])
        at = EPOCH + timedelta(seconds=start) if start else meter.now()
        meter.network_data.start(at, timedelta(seconds=fields["interval"]), fields["max_samples"])
        return [Reply(0x0D, {"sample_id": NETWORK_SAMPLE})]

    def get_sampled_data(call: GbzCall) -> list[Reply]:
        fields = call.fields
        first = EPOCH + timedelta(seconds=time_seconds(fields["earliest_time"]))
        if fields["sample_id"] == PROFILE_SAMPLE:
            entries, length = meter.profile.since(first), HALF_HOUR
        elif fields["sample_id"] == NETWORK_SAMPLE:
            length = meter.network_data.interval
            entries = tuple(one for one in meter.network_data.entries if one.start >= first)
        else:
            raise GbzError(NOT_FOUND)
        seconds = int(length.total_seconds())
        payload = sampled(fields["sample_id"], seconds, entries, length, fields["samples"])
        return [Reply(0x07, payload)]

    def get_snapshot(call: GbzCall) -> list[Reply]:
        return [Reply(0x06, meter.snapshots.registers.read(call.fields))]

    yield METERING, _TO_SERVER, 0x06, get_snapshot
    yield METERING, _TO_SERVER, 0x07, start_sampling
    yield METERING, _TO_SERVER, 0x08, get_sampled_data
    yield METERING, _TO_SERVER, 0x0B, change_supply
    yield METERING, _TO_SERVER, 0x0D, set_supply_states
    yield METERING, _TO_SERVER, 0x0E, set_flow_check
