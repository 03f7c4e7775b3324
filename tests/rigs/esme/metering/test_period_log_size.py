"""A log with less memory keeps its newest entries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from assay.gbcs.dlms.data import Tag, TypeDescription
from rigs.devices.esme.metering import PeriodLog

START = datetime(2026, 1, 5, tzinfo=UTC)


def test_a_log_that_is_made_smaller_keeps_the_newest() -> None:
    log = PeriodLog((TypeDescription(Tag.DOUBLE_LONG_UNSIGNED),), 5)
    for hour in range(5):
        log.append(START + timedelta(hours=hour), hour)

    log.resize(2)

    assert log.capacity == 2
    assert [entry[1] for entry in log.entries] == [3, 4]
