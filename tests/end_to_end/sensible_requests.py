"""Critical requests as users write them, made from the schema's content models.

The schema allows much that no Command holds: the same index twice, years that gas devices
cannot say, references to days that nobody defined. What comes out here is nearly always carried.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from hypothesis import strategies as st

from assay.duis.values import CalendarDate
from tests.dcc.transform.electricity_bodies import bodies, numbered

CERTIFICATE = bytes.fromhex("3003020101")
"""A DER element of the right kind; only joins look inside."""
GAS = ("GSME", "GPF")
FUELS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "1.1.1": (
        ("ElecTariffElements", "ElectricityPriceElements"),
        ("GasTariffElements", "GasPriceElements"),
    ),
    "1.2.1": (("ElectricityPriceElements",), ("GasPriceElements",)),
    "2.1": (("UpdatePrepayConfigElectricity",), ("UpdatePrepayConfigGas",)),
    "2.3": (("ElecDebtRecovery1",), ("GasDebtRecovery1",)),
    "6.8": (("ElectricityBillingCalendar",), ("GasBillingCalendar",)),
}
"""Variants with a body for each fuel: what only that of electricity has, what only that of gas."""
DEFINITIONS = (
    "SpecialDay",
    "ALCSHCALCSSpecialDay",
    "AuxiliaryControllerSpecialDayDefinition",
)
REFERENCES = {
    "SpecialDayApplicability": "SpecialDayID",
    "SpecialDaysApplicability": ("@index", "@identifier"),
}
ROLES = {
    "ESME": ("Supplier", "NetworkOperator", "LoadController"),
    "SAPC": ("Supplier", "NetworkOperator", "LoadController"),
    "HCALCS": ("Supplier",),
}
"""Whose credentials a device holds, where it is not those of supplier and network operator."""


def sensible(srv: str, device_type: str) -> st.SearchStrategy[Mapping[str, Any]]:
    """Bodies of this variant for this kind of device."""
    fuel = FUELS.get(srv)
    drawn = bodies(srv)
    if fuel is not None:
        wanted = fuel[device_type in GAS]
        drawn = drawn.filter(lambda body: all(f"'{name}'" in repr(body) for name in wanted))
    made = st.builds(lambda body: _sayable(body, device_type), drawn)
    if srv == "6.15.1":
        roles = st.sampled_from(ROLES.get(device_type, ("Supplier", "NetworkOperator")))
        return st.builds(_credentials, made, roles)
    return made


def _sayable(body: Mapping[str, Any], device_type: str) -> Mapping[str, Any]:
    defined = len(_definitions(body))
    found: Mapping[str, Any] = _changed(_referring(numbered_all(body), defined), "", device_type)
    return found


def numbered_all(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """`numbered` leaves references out; they are put back here."""
    found: Mapping[str, Any] = _with_references(numbered(body), body)
    return found


def _with_references(numbered_value: Any, drawn: Any) -> Any:
    if isinstance(numbered_value, Mapping):
        return {
            name: drawn[name]
            if name in REFERENCES and isinstance(drawn[name], tuple)
            else _with_references(item, drawn[name])
            for name, item in numbered_value.items()
        }
    if isinstance(numbered_value, tuple) and isinstance(drawn, tuple) and drawn:
        return tuple(
            _with_references(item, drawn[at % len(drawn)]) for at, item in enumerate(numbered_value)
        )
    return numbered_value


def _definitions(value: Any) -> tuple[Any, ...]:
    if isinstance(value, tuple):
        return tuple(found for item in value for found in _definitions(item))
    if not isinstance(value, Mapping):
        return ()
    found: tuple[Any, ...] = ()
    for name, item in value.items():
        found += item if name in DEFINITIONS and isinstance(item, tuple) else _definitions(item)
    return found


def _referring(value: Any, defined: int) -> Any:
    """References to the first of the days that are defined, as many as there may be."""
    if isinstance(value, tuple):
        return tuple(_referring(item, defined) for item in value)
    if not isinstance(value, Mapping):
        return value
    changed = {}
    for name, item in value.items():
        if name in REFERENCES and isinstance(item, tuple):
            keys = REFERENCES[name]
            changed[name] = tuple(
                {key: number if key in keys else part for key, part in reference.items()}
                for number, reference in enumerate(item[:defined], 1)
            )
        else:
            changed[name] = _referring(item, defined)
    return {name: item for name, item in changed.items() if name not in REFERENCES or item != ()}


def _changed(value: Any, name: str, device_type: str) -> Any:
    """Times in whole seconds and years that the fields hold, texts in ASCII, certificates."""
    if isinstance(value, Mapping):
        return {inner: _changed(item, inner, device_type) for inner, item in value.items()}
    if isinstance(value, tuple):
        return tuple(_changed(item, name, device_type) for item in value)
    if isinstance(value, datetime):
        return value.replace(year=2001 + value.year % 130, month=1, microsecond=0)
    if isinstance(value, CalendarDate):
        return value
    if isinstance(value, time):
        seconds = 0 if device_type in GAS else value.second
        return value.replace(second=seconds, microsecond=0)
    if name == "SpecifiedYear":
        return 2014 + value % 117
    if name == "DisablementThreshold" and value == -1:
        return 0
    if isinstance(value, str):
        return value.encode("ascii", "replace").decode()
    if isinstance(value, bytes) and name.endswith("Certificate"):
        return CERTIFICATE
    return value


def _credentials(body: Mapping[str, Any], role: str) -> Mapping[str, Any]:
    """With what the cells of this role hold: only a supplier has a key for top-ups."""
    certificates = dict(body["ReplacementCertificates"]["SupplierOrNetworkOperatorCertificates"])
    rest = dict(body)
    if role != "Supplier":
        certificates.pop("KeyAgreementTopUpCertificate", None)
        rest.pop("RemotePartyPrepaymentTopUpFloorSeqNumber", None)
    if not certificates:
        certificates = {"DigitalSigningCertificate": CERTIFICATE}
    return {
        **rest,
        "RemotePartyRole": role,
        "ReplacementCertificates": {"SupplierOrNetworkOperatorCertificates": certificates},
    }
