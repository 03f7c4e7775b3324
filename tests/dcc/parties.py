"""Who takes part in the tests of the DCC: users, devices, and what they are registered for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from assay.dcc.inventory import Device, DeviceStatus, DeviceType, MeteringPoints, StatusEntry
from assay.dcc.pki.bench_keys import (
    ACCESS_CONTROL_BROKER,
    import_supplier,
    load_controller,
    network_operator,
)
from assay.dcc.registration import MeteringPoint, User
from assay.duis.catalogue import UserRole
from assay.gbcs.identifiers import Eui64

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
BROKER = ACCESS_CONTROL_BROKER
METER = Eui64.from_text("00-DB-12-34-56-78-90-A0")
HUB = Eui64.from_text("00-DB-12-34-56-78-90-A2")
PROXY = Eui64.from_text("00-DB-12-34-56-78-90-A3")
PPMID = Eui64.from_text("00-DB-12-34-56-78-90-A4")
UNKNOWN_DEVICE = Eui64.from_text("00-DB-12-34-56-78-FF-FF")
MPAN = "1312345678111"

PARTIES: Mapping[UserRole, Eui64] = {
    UserRole.IMPORT_SUPPLIER: Eui64.from_text("90-B3-D5-1F-30-01-00-00"),
    UserRole.ELECTRICITY_DISTRIBUTOR: Eui64.from_text("90-B3-D5-1F-30-02-00-00"),
    UserRole.EXPORT_SUPPLIER: Eui64.from_text("90-B3-D5-1F-30-03-00-01"),
    UserRole.GAS_SUPPLIER: Eui64.from_text("90-B3-D5-1F-30-03-00-02"),
    UserRole.GAS_TRANSPORTER: Eui64.from_text("90-B3-D5-1F-30-03-00-03"),
    UserRole.REGISTERED_SUPPLIER_AGENT: Eui64.from_text("90-B3-D5-1F-30-03-00-04"),
    UserRole.OTHER_USER: Eui64.from_text("90-B3-D5-1F-30-03-00-00"),
    UserRole.LOAD_CONTROLLER: Eui64.from_text("90-B3-D5-1F-30-01-00-08"),
}
SUPPLIER = PARTIES[UserRole.IMPORT_SUPPLIER]
OPERATOR = PARTIES[UserRole.ELECTRICITY_DISTRIBUTOR]
OTHER_SUPPLIER = Eui64.from_text("90-B3-D5-1F-30-01-01-00")

_MAKERS = {
    UserRole.ELECTRICITY_DISTRIBUTOR: network_operator,
    UserRole.GAS_TRANSPORTER: network_operator,
    UserRole.LOAD_CONTROLLER: load_controller,
}
"""Agents and other users sign no commands; a supplier's keys do for them."""

KEYED_PARTIES = (
    *(_MAKERS.get(role, import_supplier)(eui, f"User {role}") for role, eui in PARTIES.items()),
    import_supplier(OTHER_SUPPLIER, "Other supplier"),
)


def users() -> list[User]:
    """One user for each role, and a second import supplier that is registered nowhere."""
    found = [
        User(name=f"User {role}", eui=eui, roles=frozenset({role})) for role, eui in PARTIES.items()
    ]
    other = User(
        name="Other supplier", eui=OTHER_SUPPLIER, roles=frozenset({UserRole.IMPORT_SUPPLIER})
    )
    return [*found, other]


def metering_points() -> list[MeteringPoint]:
    """Every role of the registration is registered for the meter's metering point."""
    return [
        MeteringPoint(mpxn=MPAN, role=role, party=eui, start=datetime(2020, 1, 1, tzinfo=UTC))
        for role, eui in PARTIES.items()
        if role not in (UserRole.OTHER_USER, UserRole.LOAD_CONTROLLER)
    ]


def meter(status: DeviceStatus = DeviceStatus.COMMISSIONED, **changes: Any) -> Device:
    fields: dict[str, Any] = {
        "device_id": METER,
        "device_type": DeviceType.ESME,
        "manufacturer": "Maker",
        "model": "Meter",
        "esme_variant": "A",
        "history": (StatusEntry(status, START),),
        "points": MeteringPoints(imports=MPAN),
        "hub": HUB,
    }
    return Device(**(fields | changes))


def hub(status: DeviceStatus = DeviceStatus.COMMISSIONED) -> Device:
    return Device(
        device_id=HUB,
        device_type=DeviceType.CHF,
        manufacturer="Maker",
        model="Hub",
        history=(StatusEntry(status, START),),
    )


LOG_PERIOD = {"StartDateTime": datetime(2026, 2, 1, tzinfo=UTC), "EndDateTime": START}
CLOCK = {"CurrentDateTime": START, "TolerancePeriod": 60}
MONITORS = {
    f"{monitor}{setting}": 30
    for monitor in (
        "RMSExtremeOverVoltage",
        "RMSExtremeUnderVoltage",
        "RMSVoltageSag",
        "RMSVoltageSwell",
    )
    for setting in ("Threshold", "MeasurementPeriod")
}
AVERAGES = {
    "AverageRMSOverVoltageThreshold": 253,
    "AverageRMSUnderVoltageThreshold": 216,
    "AverageRMSVoltageMeasurementPeriod": 600,
}

BODIES: Mapping[str, Mapping[str, Any]] = {
    "3.1": {"SupplierMessage": "Hello"},
    "4.1.1": {},
    "4.10": {"ReadLogPeriod": LOG_PERIOD},
    "6.2.1": {},
    "6.5": {"RMSVoltageSettings": MONITORS, "SinglePhaseVoltageSettings": AVERAGES},
    "6.11": CLOCK,
    "6.13": {"ReadLogPeriod": LOG_PERIOD, "LogToRead": "Event"},
    "6.24.1": {"RemotePartyRole": ("Supplier", "NetworkOperator")},
    "7.1": {},
    "7.2": {},
    "7.3": {},
    "7.4": {},
    "8.1.1": CLOCK,
    "8.2": {"DeviceID": METER},
    "8.11": {
        "DeviceID": METER,
        "RequestType": "Add",
        "AddDeviceToCHFWhitelist": {
            "JoinTimePeriod": 90,
            "InstallCode": bytes(range(16)),
            "ImportMPxN": MPAN,
        },
    },
    "11.2": {},
    "12.2": {
        "DeviceID": UNKNOWN_DEVICE,
        "DeviceManufacturer": "Maker",
        "DeviceModel": "Meter",
        "DeviceType": "ESME",
        "ESMEVariant": "A",
    },
}
"""A right body for each variant of the slice."""
TARGETS = {"8.2": BROKER, "12.2": BROKER, "8.11": HUB}
"""Variants that address another than the meter."""
