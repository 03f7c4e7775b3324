"""The live decode: what a sniffer has heard since the last look, on the timeline at once."""

from __future__ import annotations

from collections.abc import Callable

from rigs.capabilities.radio import CapturedFrame, CaptureFile, Sniffer
from rigs.capture import files
from rigs.capture.findings import Finding
from rigs.capture.keys import KeyRing
from rigs.capture.pipeline import Pipeline
from rigs.capture.timeline import Entry


class LiveCapture:
    """A sniffer, a pipeline, and whoever wants the entries.

    `keys` is asked at every look, since most keys are agreed on while the capture runs. Times are
    those of the sniffer's clock plus the pipeline's offset; the offset that is measured over the
    capture is known at its end only, and a replay uses it.
    """

    def __init__(
        self,
        sniffer: Sniffer,
        pipeline: Pipeline,
        keys: Callable[[], KeyRing],
        on_entry: Callable[[Entry], None],
    ) -> None:
        self._sniffer = sniffer
        self._pipeline = pipeline
        self._keys = keys
        self._on_entry = on_entry
        self._fed = 0

    def look(self) -> int:
        """The number of frames that had come; BenchFault and BenchLost of the sniffer pass."""
        self._pipeline.learn(self._keys())
        before = self._fed
        for frame in self._sniffer.frames():
            self._feed(frame)
        return self._fed - before

    def stop(self) -> tuple[CaptureFile, tuple[Finding, ...]]:
        """The stored capture and every finding, of the frames that came at the end as well.

        Raises:
            BenchFault, BenchLost: as the sniffer's own stop.
        """
        self._pipeline.learn(self._keys())
        stored = self._sniffer.stop()
        for frame in files.read(stored.frames).frames[self._fed :]:
            self._feed(frame)
        return stored, self._pipeline.finish()

    def _feed(self, frame: CapturedFrame) -> None:
        self._fed += 1
        self._on_entry(self._pipeline.feed(frame))
