"""What suppliers and the DCC put on the user interface: message, contact details, CIN, PIN off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from assay.gbcs.dlms.access import Op, Result
from assay.gbcs.dlms.data import Tag
from rigs.devices.dlms_objects import Access, Call, ItemError, Row
from rigs.devices.esme.contact import CIN_SIZE, NAME_SIZE, TELEPHONE_SIZE
from rigs.devices.esme.display import MESSAGE_SIZE
from rigs.devices.esme.privacy_pin import is_number

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

CODES = {0x0021: "ECS10", 0x0023: "ECS14", 0x0025: "ECS16", 0x0058: "ECS50"}

_MESSAGE = "0-2:96.13.1.255"
_TELEPHONE = "0-0:96.13.0.255"
_NAME = "0-0:96.13.1.255"
_CIN = "0-3:96.13.1.255"
_DISABLE_PIN = "0-0:94.44.3.1"


def rows(meter: ElectricityMeter) -> Iterator[Row]:
    contact = meter.contact
    yield Op.SET, 1, _MESSAGE, 2, _text(MESSAGE_SIZE, lambda text: meter.display.show(text))
    yield Op.SET, 9000, _TELEPHONE, 2, _text(TELEPHONE_SIZE, contact.set_telephone)
    yield Op.SET, 9000, _NAME, 2, _text(NAME_SIZE, contact.set_supplier_name)
    yield Op.SET, 1, _CIN, 2, _number(CIN_SIZE, contact.set_cin)
    yield Op.SET, 1, _DISABLE_PIN, 2, _disable_pin(meter)


def _text(size: int, take: Callable[[str], None]) -> Access:
    def run(call: Call) -> None:
        text = _read(call)
        if len(text) > size:
            raise ItemError(Result.OTHER_REASON)
        take(text)

    return run


def _number(size: int, take: Callable[[str], None]) -> Access:
    def run(call: Call) -> None:
        text = _read(call)
        if not is_number(text, size):
            raise ItemError(Result.OTHER_REASON)
        take(text)

    return run


def _read(call: Call) -> str:
    octets = call.value(Tag.OCTET_STRING)
    return octets.decode("utf-8", "replace") if isinstance(octets, bytes) else ""


def _disable_pin(meter: ElectricityMeter) -> Access:
    """The national vectors write no octets: it is done by writing, whatever is written."""

    def run(call: Call) -> None:
        call.value(Tag.OCTET_STRING)
        meter.user_interface.pin.disable()

    return run
