"""Requests about hubs and their WAN: 8.14.1 to 8.14.4, 12.1. The checks have passed."""

from __future__ import annotations

from collections.abc import Mapping

from assay.dcc.coverage import Coverage
from assay.dcc.dsp.answer import Answer, Handler, acknowledged
from assay.dcc.dsp.answers import SUCCESS
from assay.dcc.dsp.examination import Examination
from assay.dcc.dsp.hub_status import KINDS, HubReport, HubReportKind
from assay.dcc.dsp.inventory_requests import device_of, with_its_proxy
from assay.dcc.inventory import LifecycleEvent
from assay.duis.responses import DccOnlyResponse
from assay.duis.values import CalendarDate, Content, Value, field, find


def _report(examination: Examination) -> Answer:
    """Of the four only the install with WAN moves the hub along (inferred)."""
    hub = device_of(examination)
    kind = KINDS[examination.received.srv]
    examination.books.estate.hub_reports.keep(
        HubReport(
            hub=hub.device_id,
            request_id=examination.received.request_id,
            kind=kind,
            at=examination.at,
            content=examination.body,
        )
    )
    if kind is HubReportKind.INSTALLED:
        for device in with_its_proxy(examination, hub):
            examination.books.inventory.happened(
                LifecycleEvent.HUB_INSTALLED, device.device_id, examination.at
            )
    return acknowledged(examination)


def _wan_matrix(examination: Examination) -> Answer:
    """12.1: what each region says of the place; an unknown region where none says anything."""
    found = _coverage_at(examination)
    responses: tuple[Content, ...] = tuple(_region(row) for row in found)
    if not responses:
        responses = ({"CSPRegion": "Unknown", "CSPRegionResponseCode": SUCCESS},)
    content: Content = {"Request": examination.body, "DSPWANMatrixResponse": responses}
    return SUCCESS, DccOnlyResponse(srv="12.1", element="DSPWANMatrix", content=content)


def _coverage_at(examination: Examination) -> tuple[Coverage, ...]:
    coverage = examination.books.estate.coverage
    if coverage is None:
        return ()
    uprn = find(examination.body, "UPRN", int)
    if uprn is not None:
        return coverage.at_uprn(uprn)
    return coverage.at_post_code(field(examination.body, "PartialAddress/PostCode", str))


def _region(row: Coverage) -> Content:
    content: dict[str, Value] = {
        "CSPRegion": row.region,
        "CSPRegionResponseCode": SUCCESS,
        "CoverageAvailability": row.available,
        "AnticipatedCoverageDate": _date(row),
        "WANTechnology": row.technology,
        "ConnectivityLikelihood": row.likelihood,
        "AuxiliaryEquipmentRequired": row.auxiliary_equipment,
        "AdditionalInformation": row.note,
    }
    return {name: value for name, value in content.items() if value is not None}


def _date(row: Coverage) -> CalendarDate | None:
    day = row.anticipated
    return CalendarDate(day.year, day.month, day.day) if day is not None else None


HUB_HANDLERS: Mapping[str, Handler] = {**dict.fromkeys(KINDS, _report), "12.1": _wan_matrix}
