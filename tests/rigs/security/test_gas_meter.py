"""Firmware of a gas meter: its alert speaks GBZ, blocks cost charge, it runs when told to."""

from __future__ import annotations

from assay.gbcs import firmware_image, payload
from assay.gbcs.asn1 import codec
from assay.gbcs.envelope import Cra, Message, parse
from assay.gbcs.firmware_image import OtaFile, OtaHeader, image_hash
from assay.gbcs.gbz.components import GbzAlert
from assay.gbcs.trust_anchors import CellKey, CellName
from rigs.devices.gsme.battery import Use
from tests.rigs.devices.premises_kit import SUPPLIER, parties
from tests.rigs.gsme.gas_kit import GasPremises

CONTENT = b"a gas image " * 50
VERIFIED, VERIFIED_MESSAGE_CODE, ACTIVATE = 0x8F72, 0x00CF, 0x0012


def ota() -> bytes:
    header = OtaHeader(
        manufacturer_code=1,
        image_type=1,
        file_version=5,
        text=b"gas",
        minimum_hardware=0,
        maximum_hardware=9,
    )
    key = parties().keys[CellName(SUPPLIER, CellKey.SIGNATURE)]
    return OtaFile(header=header, image=firmware_image.sign(CONTENT, key)).to_octets()


def alerts(premises: GasPremises, message_code: int) -> list[Message]:
    messages = (parse(octets) for _, octets in premises.dsp.arrived)
    return [one for one in messages if one.message_code == message_code]


def test_the_verification_is_told_in_gbz_with_the_hash() -> None:
    premises = GasPremises.joined()
    before = premises.meter.battery.uses[Use.IMAGE_BLOCK]
    octets = ota()
    premises.meter.firmware.receive_image(octets)
    premises.pass_time(3600)
    (alert,) = alerts(premises, VERIFIED_MESSAGE_CODE)
    _, typed = payload.decode(alert)
    assert isinstance(typed, GbzAlert)
    assert (typed.code, typed.image_hash) == (VERIFIED, image_hash(CONTENT))
    assert premises.meter.battery.uses[Use.IMAGE_BLOCK] - before == -(-len(octets) // 64)


def test_an_activation_runs_the_image() -> None:
    premises = GasPremises.joined()
    meter = premises.meter
    meter.firmware.receive_image(ota())
    counter = 5000
    value = {"image_hash": image_hash(CONTENT).hex(), "originator_counter": counter}
    payload_octets = codec.build(ACTIVATE, Cra.COMMAND, value)
    answer = premises.answer(premises.command(ACTIVATE, payload_octets, counter=counter))
    assert answer is not None
    outcome = codec.decode_message(answer).value["outcome"]
    assert outcome == {"result": "success", "firmware_version": "00000005"}
    assert meter.firmware_version.hex() == "00000005"
