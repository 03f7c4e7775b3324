"""The form of an effect: what a successful, authentic response changes in the DCC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from assay.dcc.dsp.estate import Estate
from assay.duis.requests import Request, SignedPreCommand
from assay.duis.values import Content
from assay.gbcs.envelope import Message

Effect = Callable[[Estate, Request, Message, datetime], str | None]
"""(what may change, what was asked, what was answered, now) -> in words what changed."""


def body_of(request: Request) -> Content:
    """Of what was asked; ValueError for what was signed, which says nothing by itself."""
    if isinstance(request.body, SignedPreCommand):
        raise ValueError(f"{request.request_id}: expected what was asked, got what was signed")
    return request.body
