"""Every virtual AC source by model, so that a bench or a test can ask for one by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from assay.clock import Clock
from rigs.premises import LoadNode, SupplyNode
from rigs.virtual.ac6800 import AC6800_RATINGS, VirtualAc6800
from rigs.virtual.ac_source import VirtualAcSource
from rigs.virtual.ac_source_settings import RATINGS
from rigs.virtual.chroma import CHROMA_RATINGS, VirtualChroma
from rigs.virtual.kikusui import PCR_RATINGS, VirtualKikusui
from rigs.virtual.virtual_source import VirtualSource

__all__ = ["SOURCES", "VirtualSource"]

Build = Callable[[Clock, SupplyNode, LoadNode], VirtualSource]


def _by_model(build: Callable[..., VirtualSource], models: Iterable[str]) -> Mapping[str, Build]:
    return {model: partial(build, model=model) for model in models}


SOURCES: Mapping[str, Build] = {
    **_by_model(VirtualAcSource, RATINGS),
    **_by_model(VirtualChroma, CHROMA_RATINGS),
    **_by_model(VirtualKikusui, PCR_RATINGS),
    **_by_model(VirtualAc6800, AC6800_RATINGS),
}
