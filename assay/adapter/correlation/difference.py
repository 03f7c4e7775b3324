"""One difference between a request and its Pre-Command, in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """`where` is a place in the Pre-Command, or in the request where nothing carries it."""

    where: str
    asked: str
    seen: str

    def __str__(self) -> str:
        return f"{self.where}: asked {self.asked}, Pre-Command has {self.seen}"
