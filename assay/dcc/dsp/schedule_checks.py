"""What 5.1 has to be right about: the service, the device, the owner, the number of schedules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from assay.dcc.dsp.check import Refusal, run_checks
from assay.dcc.dsp.examination import Examination
from assay.dcc.dsp.rights import RIGHT_CHECKS, examination_of
from assay.dcc.dsp.schedules import MAX_SCHEDULES, Schedule, request_of, run_after
from assay.duis.catalogue import CATALOGUE
from assay.duis.identifiers import RequestId
from assay.duis.values import Content, field
from assay.gbcs.identifiers import Eui64

SERVICES: Mapping[str, str] = {
    "DSPRetrieveImportDailyReadLog": "4.6.1",
    "DSPRetrieveExportDailyReadLog": "4.6.2",
    "DSPReadActiveImportProfileData": "4.8.1",
    "DSPReadReactiveImportProfileData": "4.8.2",
    "DSPReadExportProfileData": "4.8.3",
    "DSPReadNetworkData": "4.10",
    "DSPReadMaximumDemandImportRegisters": "4.12.1",
    "DSPReadMaximumDemandExportRegisters": "4.12.2",
    "DSPReadPrepaymentDailyReadLog": "4.14",
    "DSPReadLoadLimitData": "4.15",
    "DSPReadActivePowerImport": "4.16",
    "DSPRetrieveDailyConsumptionLog": "4.17",
    "DSPRecordNetworkDataGAS": "14.1",
    "DSPReadInstantaneousExportRegisters": "4.2",
}
"""By the element that the schedule brings (schema). 4.2 is the schema's; the matrix says no."""


def check_schedule(examination: Examination) -> Refusal | None:
    """Codes are those of the same fault in a request on demand (inferred)."""
    details = examination.body
    problem = _contradiction(details)
    if problem is not None:
        return Refusal("E48", problem)
    owner, device = examination.user.eui, field(details, "DeviceID", Eui64)
    schedule = Schedule(schedule_id=0, owner=owner, details=details, next_run=None)
    request_id = RequestId(owner, device, 0)
    request = request_of(schedule, request_id, examination.at.date())
    refusal, _ = run_checks(RIGHT_CHECKS, examination_of(request, examination.books))
    if refusal is not None:
        return refusal
    if run_after(details, examination.at) is None:
        return Refusal("E48", "ScheduleEndDate: expected a run before it, seen none")
    held = examination.books.schedules.count(owner, device)
    if held >= MAX_SCHEDULES:
        return Refusal("E100", f"schedules of {owner} at {device}: at most {MAX_SCHEDULES}")
    return None


def _contradiction(details: Content) -> str | None:
    srv = field(details, "DSPScheduledServiceReferenceVariant", str)
    reference = field(details, "DSPScheduledServiceReference", str)
    if CATALOGUE[srv].service_reference != reference:
        expected = CATALOGUE[srv].service_reference
        return f"DSPScheduledServiceReference: expected {expected} for {srv}, seen {reference}"
    element = next((name for name in details if name in SERVICES), None)
    if element is None or SERVICES[element] != srv:
        return f"service: expected the element of {srv}, seen {element}"
    period = details[element]
    if isinstance(period, Mapping) and "StartDateOffset" in period:
        start = (field(period, "StartDateOffset", int), field(period, "StartTime", time))
        end = (field(period, "EndDateOffset", int), field(period, "EndTime", time))
        if start > end:
            return f"{element}: expected a start before the end, seen {start} and {end}"
    return None
