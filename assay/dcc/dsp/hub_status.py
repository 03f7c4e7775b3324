"""What installers report of communications hubs (8.14.x): installed, or given back.

The reports are kept for the self-service interface; 8.14.1 also moves the hub along.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from assay.dcc.inventory.form import device_key
from assay.dcc.store import Book, MemoryStore
from assay.dcc.store.contract import BookForm
from assay.duis.identifiers import RequestId
from assay.duis.values import Content
from assay.gbcs.identifiers import Eui64


class HubReportKind(StrEnum):
    INSTALLED = "installed, SM WAN found"
    INSTALLED_NO_WAN = "installed, no SM WAN"
    FAULT_RETURN = "given back as faulty"
    NO_FAULT_RETURN = "given back without fault"


KINDS: Mapping[str, HubReportKind] = {
    "8.14.1": HubReportKind.INSTALLED,
    "8.14.2": HubReportKind.INSTALLED_NO_WAN,
    "8.14.3": HubReportKind.FAULT_RETURN,
    "8.14.4": HubReportKind.NO_FAULT_RETURN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HubReport:
    """`content` is the request's own."""

    hub: Eui64
    request_id: RequestId
    kind: HubReportKind
    at: datetime
    content: Content


HUB_REPORTS: BookForm[HubReport] = BookForm(
    name="hub_report",
    record=HubReport,
    key=lambda report: str(report.request_id),
    columns={"hub": lambda report: device_key(report.hub)},
    parts=(HubReport, HubReportKind),
)


def _in_memory() -> Book[HubReport]:
    return MemoryStore().book(HUB_REPORTS)


@dataclass(slots=True)
class HubReports:
    book: Book[HubReport] = field(default_factory=_in_memory)

    def keep(self, report: HubReport) -> None:
        self.book.put(report)

    def of(self, hub: Eui64) -> tuple[HubReport, ...]:
        """Oldest first."""
        return tuple(self.book.find(hub=device_key(hub)))
