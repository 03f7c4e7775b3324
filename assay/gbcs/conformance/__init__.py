"""GBCS conformance of a body of traffic: pure checks, each a row, each with its findings.

Works on whatever was captured: the WAN of a bench, or a folder of messages. A finding
names the message (by use case, CRA and counter), what was expected and what was seen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assay.gbcs.conformance import dates, envelopes, payloads
from assay.gbcs.conformance.traffic import Observed, Traffic

__all__ = ["CHECKS", "ConformanceCheck", "Observed", "Traffic"]


@dataclass(frozen=True, slots=True)
class ConformanceCheck:
    """`clause` is that of the GBCS digest. `needs_times`: without the time of each message
    the check cannot tell, so it is left out and named rather than passed."""

    name: str
    clause: str
    find: Callable[[Traffic], list[str]]
    needs_times: bool = False


_ROWS = (
    ConformanceCheck("round trip", "1", envelopes.round_trip),
    ConformanceCheck("echo", "1.6", envelopes.echo),
    ConformanceCheck("one answer each", "1.6", envelopes.one_answer_each),
    ConformanceCheck("header time", "1.4", envelopes.header_time),
    ConformanceCheck("protection of type", "2", envelopes.protection_of_type),
    ConformanceCheck("authentic", "3.1, 3.3", envelopes.authentic),
    ConformanceCheck("alert counters", "1.6", envelopes.alert_counters, needs_times=True),
    ConformanceCheck("privacy", "2", payloads.privacy),
    ConformanceCheck("invoke id", "4.1", payloads.invoke_ids),
    ConformanceCheck("one result each", "4.3, 5.1", payloads.one_result_each),
    ConformanceCheck("break on error", "4.3, 5.2", payloads.break_on_error),
    ConformanceCheck("alert payloads", "4.4, 5.4, 9.4", payloads.alert_payloads),
    ConformanceCheck("dates of a command", "9.3", dates.dates_agree),
    ConformanceCheck("cancellation values", "9.3", dates.cancellation_values),
)

CHECKS = {row.name: row for row in _ROWS}
