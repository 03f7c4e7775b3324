"""What the devices of the tests answer to security commands: a few lines, and no checks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assay.gbcs import protection
from assay.gbcs.asn1 import codec
from assay.gbcs.certificates import CertificateView
from assay.gbcs.envelope import Cra, Message, OtherInformation
from assay.gbcs.identifiers import Eui64
from tests.dcc.bench import DspBench

Answer = Callable[[Message], bytes]


def says(value: Any) -> Answer:
    """The same typed value to whatever is asked."""
    return lambda command: codec.build(command.message_code, Cra.RESPONSE, value)


def outcome(command: Message, held: Eui64, status: str = "success") -> dict[str, Any]:
    """Of CS02b: the credentials in the command have taken the place of those of `held`."""
    asked = codec.decode_message(command).value
    control = asked["control"]
    changes = [
        {"role": cell["target_cell"]["role"], "floor_counter": 0}
        for cell in asked["replacements"][:1]
    ]
    return {
        "authorising_counter": control["authorising_counter"],
        "mode": control["mode"],
        "counter_changes": changes,
        "replacements": [_replaced(one, held, status) for one in asked["replacements"]],
    }


def _replaced(replacement: dict[str, Any], held: Eui64, status: str) -> dict[str, Any]:
    certificate = CertificateView.from_der(bytes.fromhex(replacement["certificate"]["der"]))
    assert certificate.eui is not None
    assert certificate.key_identifier is not None
    return {
        "cell": replacement["target_cell"],
        "status": status,
        "existing_subject_id": held.hyphenated,
        "existing_subject_key_id": "4000000000000000",
        "replacing_subject_id": certificate.eui.hyphenated,
        "replacing_subject_key_id": certificate.key_identifier.hex(),
    }


def replaces(held: Eui64, status: str = "success") -> Answer:
    """The device puts the new credentials in the place of those of `held`."""

    def answer(command: Message) -> bytes:
        value = {"accepted": None, "outcome": outcome(command, held, status)}
        return codec.build(command.message_code, Cra.RESPONSE, value)

    return answer


def send_alert(
    bench: DspBench,
    *,
    device: Eui64,
    recipient: Eui64,
    message_code: int,
    value: Any,
    counter: int = 1,
    is_forged: bool = False,
) -> None:
    """A signed alert with an ASN.1 payload, all the way to the DSP."""
    alert = Message(
        cra=Cra.ALERT,
        counter=counter,
        originator=device,
        recipient=recipient,
        other=OtherInformation(message_code=message_code),
        payload=codec.build(message_code, Cra.ALERT, value),
    )
    signer = bench.premises.hub_id if is_forged else device
    key = bench.keys.device(signer).signing.private_key
    bench.premises.send_up(protection.sign(alert, key))
