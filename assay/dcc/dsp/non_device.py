"""Requests that the DCC answers itself: a table of variant and deed, after all checks."""

from __future__ import annotations

from collections.abc import Mapping

from assay.dcc.dsp.answer import Answer, Handler
from assay.dcc.dsp.firmware_requests import FIRMWARE_HANDLERS
from assay.dcc.dsp.hub_requests import HUB_HANDLERS
from assay.dcc.dsp.inventory_requests import INVENTORY_HANDLERS

__all__ = ["HANDLERS", "Answer"]

HANDLERS: Mapping[str, Handler] = {
    **INVENTORY_HANDLERS,
    **HUB_HANDLERS,
    **FIRMWARE_HANDLERS,
}
