"""The interfaces by which a request may come to the DCC."""

from __future__ import annotations

from enum import StrEnum


class Door(StrEnum):
    GATEWAY = "gateway"
    NON_GATEWAY = "non-gateway"
