"""Requests to a hub that many tests make."""

from __future__ import annotations

from collections.abc import Sequence

from assay.gbcs import messages
from assay.gbcs.dlms.access import ItemResult, Response, decode_payload
from assay.gbcs.dlms.data import Data, array, boolean, enum, long_unsigned, octet_string, structure
from assay.gbcs.identifiers import Eui64
from tests.rigs.devices.premises_kit import BROKER, HUB, INSTALL_CODE, Premises, profile_items

OTHER = Eui64.from_text("00-DB-12-34-56-78-90-A7")
NETWORK_ID = Eui64.from_text("00-00-00-00-00-00-01-40")


def ask(premises: Premises, code: int, data: Sequence[Data] | None = None) -> list[ItemResult]:
    """The items of the answer."""
    answer = premises.answer(premises.command(code, BROKER, data, recipient=HUB))
    assert answer is not None
    payload = decode_payload(answer.payload)
    assert isinstance(payload, Response)
    return list(payload.items)


def ask_by_date(premises: Premises, code: int, first: int = 0) -> Data:
    """What a log holds from a second since 2000 on."""
    counter = premises.next_counter()
    payload = messages.dlms_command_payload(counter, profile_items(code, first, 0xFFFFFFFF))
    octets = premises.command(code, BROKER, counter=counter, recipient=HUB, payload=payload)
    answer = premises.answer(octets)
    assert answer is not None
    response = decode_payload(answer.payload)
    assert isinstance(response, Response)
    assert response.items[0].result == 0
    return response.items[0].data


def results(items: list[ItemResult]) -> list[int]:
    return [int(item.result) for item in items]


def add(
    premises: Premises, device: Eui64, window_s: int = 90, install_code: bytes = INSTALL_CODE
) -> list[int]:
    entry = structure(octet_string(device), enum(1), octet_string(install_code), enum(0))
    data = (entry, long_unsigned(window_s), boolean(True))
    return results(ask(premises, 0x0001, data))


def remove(premises: Premises, device: Eui64) -> list[int]:
    return results(ask(premises, 0x0002, (octet_string(device),)))


def restore(premises: Premises, *devices: tuple[Eui64, bytes]) -> list[int]:
    entries = (structure(octet_string(one), octet_string(key)) for one, key in devices)
    data = structure(octet_string(NETWORK_ID), array(*entries))
    return results(ask(premises, 0x0003, (data,)))
