"""Every shared request of the slice becomes the command of the national test data, octet for octet.

Test keys only; a file of a request names its command up to the ending.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import load_pem_x509_certificate

from assay.dcc.transform import Target, transform, with_broker_mac
from assay.dcc.transform.rows import ROWS
from assay.duis.requests import Request, parse_request
from assay.duis.signature import remove_signature
from assay.gbcs.envelope import parse
from assay.gbcs.identifiers import Eui64

BROKER = Eui64.from_text("90-B3-D5-1F-30-00-00-02")
NETWORK_OPERATOR = Eui64.from_text("90-B3-D5-1F-30-02-00-00")
DEVICES = {
    Eui64.from_text("00-DB-12-34-56-78-90-A0"): "ESME",
    Eui64.from_text("00-DB-12-34-56-78-90-A2"): "CHF",
}
VARIANTS = {row.srv for row in ROWS}


def stem(path: Path) -> str:
    return path.name.partition("_REQUEST_DUIS")[0]


def read(path: Path) -> Request:
    return parse_request(remove_signature(path.read_bytes()))


def requests_of_the_slice(shared: Path) -> dict[str, Request]:
    found = {}
    for path in sorted((shared / "reference/duis/requests").glob("*.XML")):
        request = read(path)
        if request.srv in VARIANTS and request.request_id.target in DEVICES:
            found[stem(path)] = request
    return found


def national_command(shared: Path, name: str) -> bytes | None:
    """The Pre-Command where there is one, the Command otherwise."""
    for ending in ("PRECOMMAND_GBCS", "COMMAND_GBCS"):
        for path in (shared / "rtds/messages").glob(f"*/{name}_{ending}.HEX"):
            return bytes.fromhex("".join(path.read_text().split()))
    return None


def secret_with(shared: Path, device: Eui64) -> bytes:
    keys = shared / "rtds/keys"
    scalar = int((keys / f"{BROKER.hex()}-ka.key").read_text().strip(), 16)
    private = ec.derive_private_key(scalar, ec.SECP256R1())
    public = load_pem_x509_certificate((keys / f"{device.hex()}-ka.pem").read_bytes()).public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    return private.exchange(ec.ECDH(), public)


def transformed(shared: Path, name: str, request: Request, national: bytes) -> bytes:
    """With the broker's counter of the national command, and the meter's variant of its name."""
    device = request.request_id.target
    expected = parse(national)
    variant = "C" if name.startswith(("ECS23b", "ECS26k")) else "A"
    message = transform(
        request,
        Target(device_type=DEVICES[device], esme_variant=variant),
        broker=BROKER,
        broker_counter=expected.counter if expected.originator == BROKER else None,
        is_network_operator=request.request_id.originator == NETWORK_OPERATOR,
    )
    if message.is_pre_command:
        return message.to_octets()
    return with_broker_mac(message, secret_with(shared, device)).to_octets()


def test_each_shared_request_with_a_national_command_becomes_it(shared: Path) -> None:
    differing = []
    compared = 0
    for name, request in requests_of_the_slice(shared).items():
        national = national_command(shared, name)
        if national is None:
            continue
        compared += 1
        if transformed(shared, name, request, national) != national:
            differing.append(name)
    assert differing == []
    assert compared >= 25
