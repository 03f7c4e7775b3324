"""Security credentials on devices: 6.15, 6.17, 6.21, 6.23, 6.24 and 8.5 (CS02a to CS02g).

What a mode of replacement replaces, and who authorises it, is published; that each kind of
device takes it is read from the trust anchor cells that it holds (pki.md 4, inferred), but
for the kinds that national messages show. A role without a row (root, recovery, broker, and
the change of supplier party) is none that a user may replace: no certificate of it has a
place in the request.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assay.dcc.transform.payloads import Asn1, Payload
from assay.dcc.transform.row import Circumstances, Condition, Origin, Row, all_of, says
from assay.dcc.transform.security_credentials import (
    Replacement,
    credentials_asked,
    device_certificate,
    key_usage_asked,
)

_OWN = Replacement(
    mode="supplierBySupplier",
    authorising="supplier",
    replaced="supplier",
    certificates="ReplacementCertificates/SupplierOrNetworkOperatorCertificates",
    floor="RemotePartyFloorSeqNumber",
    top_up_floor="RemotePartyPrepaymentTopUpFloorSeqNumber",
    is_dated_by_device=True,
)
SUPPLIER_BY_SUPPLIER = _OWN
OPERATOR_BY_OPERATOR = replace(
    _OWN,
    mode="networkOperatorByNetworkOperator",
    authorising="networkOperator",
    replaced="networkOperator",
)
CONTROLLER_BY_CONTROLLER = replace(
    _OWN,
    mode="loadControllerByLoadController",
    authorising="loadController",
    replaced="loadController",
)
CONTROLLER_BY_SUPPLIER = replace(
    CONTROLLER_BY_CONTROLLER, mode="loadControllerBySupplier", authorising="supplier"
)
BROKER_BY_BROKER = Replacement(
    mode="accessControlBrokerByACB",
    authorising=None,
    replaced="accessControlBroker",
    certificates="ReplacementCertificates",
    floor="ACBFloorSeqNumber",
)
SUPPLIER_BY_COS = Replacement(
    mode="supplierByTransCoS",
    authorising="transitionalCoS",
    replaced="supplier",
    certificates="SupplierReplacementCertificates",
    floor="SupplierFloorSeqNumber",
    top_up_floor="SupplierPrepaymentTopUpFloorSeqNumber",
    is_dated_by_device=True,
    cancels_without_floors=True,
)


def _handed_over(own: Replacement) -> Replacement:
    """The broker authorises while its own credentials stand in the cell of the role."""
    return replace(own, certificates="ReplacementCertificates", is_dated_by_device=False)


def _originator_is_controller(circumstances: Circumstances) -> bool:
    return circumstances.is_load_controller


def _controller_asked(circumstances: Circumstances) -> bool:
    roles = circumstances.body.get("RemotePartyRole")
    return isinstance(roles, tuple) and "LoadController" in roles


def _no_controller_asked(circumstances: Circumstances) -> bool:
    return not _controller_asked(circumstances)


def _role(name: str) -> Condition:
    return says("RemotePartyRole", name)


def _rows(
    srv: str,
    message_code: int,
    payload: Payload,
    observed: str,
    inferred: str = "",
    *,
    when: Condition | None = None,
    origin: Origin = Origin.PARTY,
    dcc_signs: bool = False,
) -> Iterable[Row]:
    """A row per kind of device: those of national messages, then those that are inferred."""
    known = observed.split()
    return tuple(
        Row(
            srv=srv,
            device_type=device_type,
            message_code=message_code,
            payload=payload,
            when=when,
            origin=origin,
            dcc_signs=dcc_signs,
            is_inferred=device_type not in known,
        )
        for device_type in (*known, *inferred.split())
    )


_READ = Asn1(value=credentials_asked)
_USAGE = Asn1(value=key_usage_asked)

ROWS: tuple[Row, ...] = (
    *_rows(
        "6.15.1",
        0x0102,
        SUPPLIER_BY_SUPPLIER.payload,
        "ESME",
        "GSME GPF HCALCS SAPC",
        when=_role("Supplier"),
    ),
    *_rows(
        "6.15.1",
        0x0103,
        OPERATOR_BY_OPERATOR.payload,
        "ESME",
        "GSME GPF SAPC",
        when=_role("NetworkOperator"),
    ),
    *_rows(
        "6.15.1",
        0x0125,
        CONTROLLER_BY_CONTROLLER.payload,
        "",
        "SAPC ESME",
        when=all_of(_role("LoadController"), _originator_is_controller),
    ),
    *_rows(
        "6.15.1",
        0x0126,
        CONTROLLER_BY_SUPPLIER.payload,
        "ESME",
        "SAPC",
        when=_role("LoadController"),
    ),
    *_rows("6.15.2", 0x000B, Asn1(value=device_certificate), "ESME", "GSME HCALCS SAPC"),
    *_rows("6.17", 0x000A, _USAGE, "ESME", "GSME HCALCS SAPC"),
    *_rows(
        "6.21",
        0x0102,
        _handed_over(SUPPLIER_BY_SUPPLIER).payload,
        "GPF",
        "ESME GSME HCALCS SAPC",
        when=_role("Supplier"),
        origin=Origin.BROKER,
        dcc_signs=True,
    ),
    *_rows(
        "6.21",
        0x0103,
        _handed_over(OPERATOR_BY_OPERATOR).payload,
        "GPF",
        "ESME GSME SAPC",
        when=_role("NetworkOperator"),
        origin=Origin.BROKER,
        dcc_signs=True,
    ),
    *_rows(
        "6.23",
        0x0107,
        SUPPLIER_BY_COS.payload,
        "ESME",
        "GSME GPF HCALCS SAPC",
        origin=Origin.TRANSITIONAL_COS,
        dcc_signs=True,
    ),
    *_rows("6.24.1", 0x011B, _READ, "ESME SAPC", when=_controller_asked, origin=Origin.BROKER),
    *_rows(
        "6.24.1",
        0x0008,
        _READ,
        "ESME CHF GSME",
        "GPF HCALCS PPMID SAPC",
        when=_no_controller_asked,
        origin=Origin.BROKER,
    ),
    *_rows("6.24.2", 0x000C, _USAGE, "ESME", "GSME HCALCS SAPC"),
    *_rows("8.5", 0x0104, BROKER_BY_BROKER.payload, "ESME", "GSME GPF SAPC", origin=Origin.BROKER),
)
