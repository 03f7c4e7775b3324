"""Messages, contact, identity of the site, CIN, PIN and event behaviour (clusters 0703, 0708).

The implementation times of these commands are always now in the national tables; another one
is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assay.gbcs.gbz.fields import time_seconds
from assay.gbcs.gbz.tables import Direction
from rigs.devices.gbz_objects import INVALID_VALUE, CommandRow, GbzCall, GbzError, Reply
from rigs.devices.gsme.settings import (
    CIN_DIGITS,
    MESSAGE_SIZE,
    SUPPLIER_NAME_SIZE,
    TELEPHONE_SIZE,
)
from rigs.devices.gsme.use_cases import MANAGEMENT, MESSAGING

if TYPE_CHECKING:
    from rigs.devices.gsme.meter import GasMeter

_FROM_SERVER = Direction.SERVER_TO_CLIENT
_PIN_PASSWORD = 2


def commands(meter: GasMeter) -> Iterator[CommandRow]:
    settings = meter.settings

    def display_message(call: GbzCall) -> None:
        settings.message = _text(call.fields["message"], MESSAGE_SIZE)

    def change_contact(call: GbzCall) -> None:
        fields = call.fields
        _check_now(fields["implementation_time"])
        name = _text(fields["proposed_name"], SUPPLIER_NAME_SIZE)
        telephone = _text(fields["proposed_contact"], TELEPHONE_SIZE)
        settings.supplier_name, settings.supplier_telephone = name, telephone

    def disable_pin(call: GbzCall) -> None:
        """Only ever takes the protection off (GCS11)."""
        fields = call.fields
        _check_now(fields["implementation_time"])
        if fields["password_type"] != _PIN_PASSWORD or fields["password"]:
            raise GbzError(INVALID_VALUE)
        settings.is_privacy_pin_enabled, settings.privacy_pin = False, ""

    def set_mprn(call: GbzCall) -> None:
        _check_now(call.fields["implementation_time"])
        mprn = call.fields["site_id"]
        if not isinstance(mprn, str) or not mprn:
            raise GbzError(INVALID_VALUE)
        settings.mprn = mprn

    def set_cin(call: GbzCall) -> None:
        _check_now(call.fields["implementation_time"])
        cin = call.fields["cin"]
        if not isinstance(cin, str) or len(cin) != CIN_DIGITS or not cin.isdigit():
            raise GbzError(INVALID_VALUE)
        settings.customer_identification_number = cin

    def set_event_configuration(call: GbzCall) -> None:
        fields = call.fields
        _check_now(fields["start_time"])
        codes = [int(text, 16) for text in fields["event_ids"]]
        meter.behaviours.set(codes, fields["configuration"])

    def get_event_configuration(call: GbzCall) -> list[Reply]:
        found = meter.behaviours.report(int(call.fields["event_id"], 16))
        return [Reply(0x04, {"command_index": 0, "total_commands": 1, "configurations": found})]

    yield MESSAGING, _FROM_SERVER, 0x00, display_message
    yield MANAGEMENT, _FROM_SERVER, 0x01, change_contact
    yield MANAGEMENT, _FROM_SERVER, 0x02, disable_pin
    yield MANAGEMENT, _FROM_SERVER, 0x03, set_mprn
    yield MANAGEMENT, _FROM_SERVER, 0x04, set_event_configuration
    yield MANAGEMENT, _FROM_SERVER, 0x05, get_event_configuration
    yield MANAGEMENT, _FROM_SERVER, 0x06, set_cin


def _check_now(when: str | int) -> None:
    if time_seconds(when):
        raise GbzError(INVALID_VALUE)


def _text(value: object, size: int) -> str:
    if not isinstance(value, str) or len(value) > size:
        raise GbzError(INVALID_VALUE)
    return value
