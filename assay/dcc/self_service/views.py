"""What the pages show: pure functions from the DCC's books to tables of text.

How much of a device a user sees follows from its registration: all of what it is responsible
for, of other devices the identity alone (inferred; the book only says that the inventory can
be searched).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from assay.dcc.audit import Audit, AuditEntry, Direction
from assay.dcc.coverage import Coverage, CoverageMap
from assay.dcc.inventory import Device, Inventory
from assay.dcc.inventory.form import By, address_key
from assay.dcc.inventory.queries import numbers_around
from assay.dcc.registration import Registration
from assay.dcc.self_service.incidents import FieldError
from assay.gbcs.identifiers import Eui64


@dataclass(frozen=True, slots=True)
class Table:
    """A page's table; `empty` is what stands there where no row does."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = "Nothing found."


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """Everything that pages read."""

    registration: Registration
    inventory: Inventory
    audit: Audit
    coverage: CoverageMap
    undelivered: Callable[[Eui64], int]
    now: Callable[[], datetime]


def coverage(books: Books, post_code: str, uprn: str) -> Table:
    """Coverage and the hub variant to install, by UPRN where one is given.

    FieldError where neither is given, or the UPRN is no number.
    """
    if uprn:
        found = books.coverage.at_uprn(_uprn(uprn))
    elif post_code:
        found = books.coverage.at_post_code(post_code)
    else:
        raise FieldError(
            "post code", "it is empty", "Enter a post code such as AB1 2CD, or a UPRN."
        )
    columns = ("Region", "SM WAN", "Technology", "Hub to install", "Likelihood", "Aerial", "Note")
    return Table(
        columns,
        tuple(_coverage_row(row) for row in found),
        "No coverage is known for this place. Check the post code, or enter its first part alone.",
    )


_HUB_VARIANTS = {
    "Cellular": "cellular",
    "Mesh": "mesh",
    "Cellular and mesh": "cellular/mesh",
    "Long range radio": "long range radio (North)",
}
"""The book's three variants of the South and Centre, and the one of the North."""


def _coverage_row(row: Coverage) -> tuple[str, ...]:
    if row.available:
        state = "available"
    else:
        state = f"expected {row.anticipated}" if row.anticipated is not None else "not available"
    return (
        row.region,
        state,
        row.technology,
        _HUB_VARIANTS.get(row.technology, row.technology),
        row.likelihood,
        row.auxiliary_equipment or "none",
        row.note or "",
    )


def _uprn(text: str) -> int:
    if not text.isdecimal() or not 1 <= len(text) <= 12:
        raise FieldError("UPRN", f"{text!r} is none", "Enter its 1 to 12 digits.")
    return int(text)


SEARCHES = ("device", "MPxN", "UPRN", "post code", "address")

MAX_FOUND = 200
"""Devices of one post code that a page shows."""


def find_devices(books: Books, by: str, value: str, post_code: str = "") -> tuple[Device, ...]:
    """The premises that a search names. FieldError for what cannot be searched for."""
    match by:
        case "device":
            device = books.inventory.find(device_identifier(value))
            return (device,) if device is not None else ()
        case "MPxN":
            if not (value.isdecimal() and 6 <= len(value) <= 13):
                problem = f"{value!r} is no MPAN or MPRN"
                raise FieldError("MPxN", problem, "Enter 13 digits of an MPAN, 6 to 10 of an MPRN.")
            return books.inventory.at_number(value)
        case "UPRN":
            return books.inventory.by(By.UPRN, str(_uprn(value)))
        case "post code":
            if not value.strip():
                raise FieldError("post code", "it is empty", "Enter a whole one such as AB1 2CD.")
            return books.inventory.by(By.POST_CODE, value)[:MAX_FOUND]
        case "address":
            key = address_key(post_code or None, value or None)
            if key is None:
                problem = "post code and address identifier belong together"
                raise FieldError("address", problem, "Enter both, such as AB1 2CD and 17.")
            return books.inventory.by(By.ADDRESS, key)
    raise FieldError("search", f"{by!r} is no search", f"Choose one of {', '.join(SEARCHES)}.")


def device_identifier(text: str) -> Eui64:
    """FieldError for what is none."""
    try:
        return Eui64.from_text(text)
    except ValueError:
        problem = f"{text!r} is no device identifier"
        raise FieldError("device", problem, "Enter 16 hex digits, with or without -.") from None


def is_responsible(books: Books, user: Eui64, device: Device) -> bool:
    """Registered in whatever role for a metering point that the device belongs to."""
    at = books.now()
    numbers = numbers_around(books.inventory, device)
    return any(books.registration.roles_at(number, user, at) for number in numbers)


def devices(books: Books, user: Eui64, found: Iterable[Device]) -> Table:
    columns = ("Device", "Type", "Status", "Since", "Model", "Firmware", "MPxN", "Place", "Owed")
    return Table(
        columns,
        tuple(_device_row(books, user, device) for device in found),
        "No device is known there. Check the number, or search by another one.",
    )


def _device_row(books: Books, user: Eui64, device: Device) -> tuple[str, ...]:
    identity = (device.device_id.hyphenated, device.device_type.value)
    if not is_responsible(books, user, device):
        return (*identity, *("not yours",) * 7)
    since = device.status_since
    place = device.place
    uprn = f"UPRN {place.uprn}" if place.uprn is not None else ""
    return (
        *identity,
        device.status.value if device.status is not None else "none",
        _moment(since) if since is not None else "",
        f"{device.manufacturer} {device.model}",
        device.firmware_version or "",
        ", ".join(device.points.numbers),
        " ".join(part for part in (place.post_code, place.address_identifier, uprn) if part),
        _owed(device, books.now()),
    )


def _owed(device: Device, at: datetime) -> str:
    duty = device.duty
    if duty is None:
        return ""
    words = "overdue since" if duty.is_overdue(at) else "due by"
    return f"{', '.join(sorted(duty.owed))}, {words} {_moment(duty.due)}"


def service_status(books: Books, user: Eui64) -> Table:
    waiting = books.undelivered(user)
    registered = books.registration.user(user)
    url = registered.receive_url if registered is not None else None
    return Table(
        ("Service", "Status"),
        (
            ("Gateway", "up"),
            ("Receive Response service of yours", url or "none is registered"),
            ("Messages that wait for it", str(waiting)),
            ("Devices in the inventory", str(len(books.inventory))),
            ("Time of the DCC", _moment(books.now())),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Whole days in UTC, both included."""

    first: date
    last: date

    @classmethod
    def of(cls, first: str, last: str, today: date) -> Period:
        """The last seven days where nothing is given. FieldError for what is no period."""
        period = cls(
            first=_date("from", first) if first else today - timedelta(days=6),
            last=_date("to", last) if last else today,
        )
        if period.last < period.first:
            problem = f"{period.last} is before {period.first}"
            raise FieldError("to", problem, "Enter the same day or a later one.")
        return period

    def holds(self, at: datetime) -> bool:
        return self.start <= at < self.end

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time(), UTC)

    @property
    def end(self) -> datetime:
        return datetime.combine(self.last + timedelta(days=1), time(), UTC)


def _date(field: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        problem = f"{text!r} is no date"
        raise FieldError(field, problem, "Enter it as 2026-11-30.") from None


def _entries(
    books: Books, user: Eui64, direction: Direction, period: Period
) -> Iterator[AuditEntry]:
    return (
        entry
        for entry in books.audit.entries
        if entry.direction is direction and entry.party == user and period.holds(entry.at)
    )


def requests_report(books: Books, user: Eui64, period: Period) -> Table:
    """The user's requests by variant and answer. Only what the audit trail still holds."""
    counts: Counter[tuple[str, str]] = Counter()
    for entry in books.audit.entries:
        if (
            entry.direction is Direction.FROM_USER
            and entry.party == user
            and period.holds(entry.at)
        ):
            counts[entry.note or "unreadable", entry.code or "none"] += 1
    rows = tuple((*key, str(count)) for key, count in sorted(counts.items()))
    return Table(("Request", "Response code", "Number"), rows, "No request in this period.")


def alerts_report(books: Books, user: Eui64, period: Period) -> Table:
    """What was sent to the user by kind and code."""
    counts: Counter[tuple[str, str]] = Counter()
    for entry in _entries(books, user, Direction.TO_USER, period):
        counts[entry.kind, entry.code or "none"] += 1
    rows = tuple((*key, str(count)) for key, count in sorted(counts.items()))
    return Table(("Message", "Code", "Number"), rows, "No message in this period.")


def duties_report(books: Books, user: Eui64, period: Period) -> Table:
    """Devices of the user for which something of the seven-day duty is owed, due in the period."""
    owing = (
        device
        for device in books.inventory.devices
        if device.duty is not None
        and period.holds(device.duty.due)
        and is_responsible(books, user, device)
    )
    rows = tuple(
        (device.device_id.hyphenated, device.device_type.value, _owed(device, books.now()))
        for device in owing
    )
    return Table(("Device", "Type", "Owed"), rows, "Nothing is owed for this period.")


def inventory_report(books: Books, user: Eui64, period: Period) -> Table:
    """The user's devices by type and status, of those whose status began in the period."""
    counts: Counter[tuple[str, str]] = Counter()
    for device in books.inventory.devices:
        since = device.status_since
        if since is not None and period.holds(since) and is_responsible(books, user, device):
            counts[device.device_type.value, device.status.value if device.status else "none"] += 1
    rows = tuple((*key, str(count)) for key, count in sorted(counts.items()))
    return Table(("Type", "Status", "Number"), rows, "No device changed its status in this period.")


Report = Callable[[Books, Eui64, Period], Table]
REPORTS: Mapping[str, tuple[str, Report]] = {
    "requests": ("Requests by variant and answer", requests_report),
    "messages": ("Messages sent to you by kind and code", alerts_report),
    "duties": ("Devices with credentials or certificates owed after commissioning", duties_report),
    "inventory": ("Devices that changed their status", inventory_report),
}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
