"""CS02b to CS02g, CS03, CS04, CS06 and GCS28: commands whose payload is ASN.1."""

from __future__ import annotations

from collections.abc import Callable

from assay.adapter.correlation.asked import Asked
from assay.adapter.correlation.expected import (
    Asn1Value,
    Cases,
    Chosen,
    Derived,
    Listed,
    Node,
    Parts,
    Want,
    parts,
)
from assay.adapter.correlation.known import Known
from assay.adapter.correlation.times import asn1_execution, asn1_text, asn1_time, date_time, later
from assay.gbcs.identifiers import Eui64

Expect = Callable[[Asked, Known, int], Asn1Value]
"""(body, facts from elsewhere, counter of the request)."""
_SIGNATURE, _AGREEMENT = "digitalSignature", "keyAgreement"


def _certificate(value: bytes, where: str) -> Derived:
    """Octet for octet."""
    return Derived("der", Want(value.hex(), where, "the certificate"))


def _cell(role: str, usage: str, *, for_top_up: bool = False) -> Parts:
    members: dict[str, Node] = {"role": Want(role), "key_usage": Want(usage)}
    if for_top_up:
        members["cell_usage"] = Want("prePaymentTopUp")
    return Parts(tuple(members.items()))


_REPLACEMENTS = "ReplacementCertificates/SupplierOrNetworkOperatorCertificates"
_CELLS = (
    ("DigitalSigningCertificate", _SIGNATURE, False),
    ("KeyAgreementCertificate", _AGREEMENT, False),
    ("KeyAgreementTopUpCertificate", _AGREEMENT, True),
)


def _replacements(asked: Asked, role: str) -> Listed:
    found = []
    for element, usage, for_top_up in _CELLS:
        path = f"{_REPLACEMENTS}/{element}"
        if asked.has(path):
            found.append(
                parts(
                    certificate=_certificate(*asked.leaf(path, bytes)),
                    target_cell=_cell(role, usage, for_top_up=for_top_up),
                )
            )
    return Listed(tuple(found), _REPLACEMENTS)


def _floor(asked: Asked, path: str) -> Want | None:
    if not asked.has(path):
        return None
    value, where = asked.leaf(path, int)
    return Want(value, where, value)


def _top_up_floors(floor: Want) -> Listed:
    return Listed((parts(usage=Want("prepaymentTopUp"), counter=floor),))


def _own_floors(asked: Asked, _: str) -> dict[str, Node]:
    """A role that replaces its own credentials."""
    members: dict[str, Node] = {}
    if (floor := _floor(asked, "RemotePartyFloorSeqNumber")) is not None:
        members["new_floor_counter"] = floor
    if (top_up := _floor(asked, "RemotePartyPrepaymentTopUpFloorSeqNumber")) is not None:
        members["new_specialist_floor_counters"] = _top_up_floors(top_up)
    return members


def _floors_of_another(asked: Asked, role: str) -> dict[str, Node]:
    """A role whose credentials another replaces. It has no top-up floor without a floor, and
    with one the place of it is inferred."""
    floor = _floor(asked, "RemotePartyFloorSeqNumber")
    if floor is None:
        return {}
    change: dict[str, Node] = {"role": Want(role), "floor_counter": floor}
    if (top_up := _floor(asked, "RemotePartyPrepaymentTopUpFloorSeqNumber")) is not None:
        change["specialist_floor_counters"] = _top_up_floors(top_up)
    return {"other_counter_changes": Listed((Parts(tuple(change.items())),))}


def _path_checks(asked: Asked) -> dict[str, Node]:
    """The default, to apply them, has no octets."""
    value, where = asked.leaf("ApplyTimeBasedCPVChecks", bool)
    return {} if value else {"time_based_path_checks": Want("disapply", where, value)}


def update_credentials(
    role: str,
    mode: str,
    authorised_by: str,
    floors: Callable[[Asked, str], dict[str, Node]],
) -> Expect:
    def expect(asked: Asked, _: Known, counter: int) -> Asn1Value:
        asked.value("RemotePartyRole", str)
        control: dict[str, Node] = {
            "mode": Want(mode, "RemotePartyRole", role),
            **_path_checks(asked),
            "authorising_cell": _cell(authorised_by, _SIGNATURE),
            "authorising_counter": Want(counter, "RequestID", counter),
            **floors(asked, role),
        }
        path = asked.leaves("CertificationPathCertificates/Certificate")
        members: dict[str, Node] = {
            "control": Parts(tuple(control.items())),
            "replacements": _replacements(asked, role),
            "path_certificates": Listed(
                tuple(_certificate(bytes.fromhex(_hex(leaf.value)), leaf.path) for leaf in path),
                "CertificationPathCertificates",
            ),
            **dict(asn1_execution(asked)),
        }
        return Asn1Value(Parts(tuple(members.items())))

    return expect


def _hex(value: object) -> str:
    if not isinstance(value, bytes):
        raise TypeError(f"a certificate: expected bytes, seen {type(value).__name__}")
    return value.hex()


SUPPLIER_BY_SUPPLIER = update_credentials("supplier", "supplierBySupplier", "supplier", _own_floors)
NETWORK_OPERATOR_BY_NETWORK_OPERATOR = update_credentials(
    "networkOperator", "networkOperatorByNetworkOperator", "networkOperator", _own_floors
)
LOAD_CONTROLLER_BY_LOAD_CONTROLLER = update_credentials(
    "loadController", "loadControllerByLoadController", "loadController", _own_floors
)
LOAD_CONTROLLER_BY_SUPPLIER = update_credentials(
    "loadController", "loadControllerBySupplier", "supplier", _floors_of_another
)

_KEY_USAGES = {"Digital Signature": _SIGNATURE, "Key Agreement": _AGREEMENT}


def key_usage(asked: Asked, _: Known, __: int) -> Asn1Value:
    """CS02c and CS02e."""
    value, where = asked.leaf("CredentialType", str)
    return Asn1Value(parts(key_usage=Want(_KEY_USAGES[value], where, value)))


def device_certificate(asked: Asked, _: Known, __: int) -> Asn1Value:
    """CS02d: a bare certificate."""
    return Asn1Value(_certificate(*asked.leaf("DeviceCertificate", bytes)))


def _other_device(asked: Asked) -> Want:
    device, where = asked.leaf("OtherDeviceID", Eui64)
    return Want(device.hyphenated, where, device.hyphenated)


def join(method: str, other_types: tuple[str, ...]) -> Expect:
    """CS03. The request has the other Device's identifier only: its type comes from the
    inventory, so any that the method joins is accepted."""

    def expect(asked: Asked, known: Known, _: int) -> Asn1Value:
        device = _other_device(asked)
        members: dict[str, Node] = {
            "method_and_role": Want(method),
            "device_id": device,
            "device_type": Chosen(
                "type of the other Device",
                " or ".join(other_types),
                lambda seen: seen in other_types,
                known.other_device_type,
            ),
        }
        if method == METHOD_C:
            members["certificate"] = _key_agreement_certificate(device, known)
        return Asn1Value(Parts(tuple(members.items())))

    return expect


def _key_agreement_certificate(device: Want, known: Known) -> Cases:
    """The DCC takes it from the SMKI repository: whose it is and what for can be checked, and
    every octet where the user knows the certificate."""
    octets = known.other_device_certificate
    return Cases(
        (
            Derived("view", Derived("subject_id", device)),
            Derived("view", Derived("key_usage", Want(_AGREEMENT))),
            Derived(
                "der",
                Chosen(
                    "certificate of the other Device",
                    "its key-agreement certificate",
                    lambda seen: isinstance(seen, str),
                    None if octets is None else octets.hex(),
                ),
            ),
        )
    )


METHOD_C = "methodC"
JOIN_METER = join("methodAInitiator", ("HCALCS", "PPMID"))
"""HCALCS is verified, PPMID inferred: it is the other Device that an ESME pairs with so."""
JOIN_TO_METER = join("methodAResponder", ("ESME",))
JOIN_GAS_METER = join(METHOD_C, ("PPMID",))


def unjoin(asked: Asked, _: Known, __: int) -> Asn1Value:
    """CS04AC."""
    return Asn1Value(_other_device(asked))


def activate_firmware(asked: Asked, _: Known, counter: int) -> Asn1Value:
    """CS06. Its counter repeats the message's."""
    octets, where = asked.leaf("FirmwareHash", bytes)
    members: dict[str, Node] = {
        "image_hash": Want(octets.hex(), where, octets),
        "originator_counter": Want(counter, "RequestID", counter),
        **dict(asn1_execution(asked)),
    }
    return Asn1Value(Parts(tuple(members.items())))


def set_clock(asked: Asked, _: Known, __: int) -> Asn1Value:
    """GCS28: a window that begins at the asked time and lasts for the tolerance."""
    start, where = date_time(asked, "CurrentDateTime")
    tolerance, tolerance_path = asked.leaf("TolerancePeriod", int)
    end = later(start, tolerance, where)
    return Asn1Value(
        parts(
            validity_start=asn1_time(asked, "CurrentDateTime"),
            validity_end=Want(
                asn1_text(end), f"{where} and {tolerance_path}", f"{start} and {tolerance} s"
            ),
        )
    )
