"""The sub-GHz radio of a dual band hub: configuration, scan, channel and channel log."""

from __future__ import annotations

from collections.abc import Iterator

from assay.gbcs.dlms.access import Op, Result
from assay.gbcs.dlms.data import Data, Tag
from rigs.devices.dlms_objects import FAILED, Call, ItemError, Row
from rigs.devices.hub.sub_ghz import SubGhzBand, SubGhzSettings
from rigs.devices.hub.sub_ghz.scans import Trigger
from rigs.devices.hub.sub_ghz.settings import SubGhzValueError

CODES = {
    0x010A: "DBCH01",
    0x010B: "DBCH02",
    0x010C: "DBCH03",
    0x010D: "DBCH04",
    0x010E: "DBCH05",
}
_SCAN_NOW = 0


def rows(band: SubGhzBand) -> Iterator[Row]:
    def configure(call: Call) -> None:
        try:
            settings = SubGhzSettings.of(call.data)
        except SubGhzValueError:
            raise ItemError(FAILED) from None
        band.configure(settings)

    def scan(call: Call) -> None:
        """Carried out or not, the command succeeds: an alert says what came of it (DBCH08)."""
        if call.number(Tag.UNSIGNED) != _SCAN_NOW:
            raise ItemError(Result.OTHER_REASON)
        band.request_scan(Trigger.REMOTE_COMMAND)

    yield Op.GET, 1, "0-0:94.44.10.0", 2, lambda _: band.settings.to_data()
    yield Op.SET, 1, "0-0:94.44.10.0", 2, configure
    yield Op.SET, 1, "0-0:94.44.10.1", 2, scan
    yield Op.GET, 1, "0-0:94.44.10.2", 2, lambda _: Data(Tag.BIT_STRING, band.channel)
    yield Op.GET_WITH_SELECTION, 7, "0-0:94.44.10.3", 2, band.channel_log.read
