"""Drives a sniffer: hears one channel, keeps every frame, leaves a capture with its keys.

A thread of its own takes the frames off the wire, because a serial port or a pipe that nobody
reads loses them. A link that breaks makes the bench fault, not the device; what had been heard by
then is stored all the same.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from assay.clock import Clock
from assay.verdicts import BenchFault, BenchLost
from rigs.capabilities import Identity
from rigs.capabilities.radio import CapturedFrame, CaptureFile, Channel
from rigs.capture import files
from rigs.capture.keys import KeyRing
from rigs.drivers.octet_line import LINE_ERRORS
from rigs.drivers.sniffer.clock_offset import ClockOffset
from rigs.drivers.sniffer.inputs import Input, open_input
from rigs.zigbee.errors import RemoteRadioError

_log = logging.getLogger(__name__)

MAX_DRIFT = timedelta(milliseconds=50)
"""Over a capture; this bench's choice: five times what the alignment of evidence may be off."""
_BROKEN: tuple[type[Exception], ...] = (*LINE_ERRORS, RemoteRadioError)
_SLICE_S = 0.05
_JOIN_S = 10.0
_QUIET_S = 0.1
_LONGEST_DRAIN_S = 5.0


class SnifferDriver:
    """One sniffer at one address (`inputs.ADDRESSES`); captures are stored in `folder`.

    `keys` is asked when the capture is stored, as most of them are agreed on while it runs.
    `shares_clock`: the stamps are those of the bench's own clock (a tool on this host).
    """

    def __init__(
        self,
        address: str,
        clock: Clock,
        *,
        folder: Path,
        keys: Callable[[], KeyRing] = KeyRing,
        name: str = "sniffer",
        serial: str = "",
        timeout_s: float = 2.0,
        shares_clock: bool = False,
    ) -> None:
        self._address = address
        self._clock = clock
        self._folder = folder
        self._keys = keys
        self._name = name
        self._serial = serial
        self._timeout_s = timeout_s
        self._shares_clock = shares_clock
        self._capture: _Capture | None = None
        self._stored = 0

    def store_in(self, folder: Path) -> None:
        """Where captures go from the next stop on: the folder of a scenario."""
        self._folder = folder

    def use_keys(self, keys: Callable[[], KeyRing]) -> None:
        """Who knows the keys of the network that is listened to."""
        self._keys = keys

    def identify(self) -> Identity:
        """No sniffer says who it is; what is known is where it was found.

        Raises:
            BenchLost: nothing is there.
        """
        if self._capture is None:
            self._open(Channel(number=11)).close()
        return Identity(maker="", model=self._address, serial=self._serial, firmware="")

    def start(self, channel: Channel) -> None:
        """BenchLost where nothing is there; BenchFault where it listens already."""
        if self._capture is not None:
            raise BenchFault(f"{self._address}: expected a sniffer at rest, it listens already")
        self._capture = _Capture(self._open(channel), channel, self._clock.now)

    def frames(self) -> Iterator[CapturedFrame]:
        """Those that have come since the last call.

        Raises:
            BenchLost: the link broke; frames that came before have been given.
            BenchFault: it hears another channel.
        """
        capture = self._listening()
        yield from capture.take()
        capture.check(self._address)

    def stop(self) -> CaptureFile:
        """Store what was heard since the start, keys beside it.

        Raises:
            BenchLost: the link broke, the capture ends there (and is stored).
            BenchFault: it heard another channel, or its clock drifted (the capture is stored).
        """
        capture = self._listening()
        self._capture = None
        capture.end()
        stored = self._store(capture)
        capture.check(f"{self._address}, stored as {stored.frames}")
        drift = capture.offset.drift
        if not self._shares_clock and abs(drift) > MAX_DRIFT:
            raise BenchFault(
                f"{self._address}: expected a clock that drifts less than "
                f"{MAX_DRIFT / timedelta(milliseconds=1):.0f} ms over a capture, it drifted "
                f"{drift / timedelta(milliseconds=1):.1f} ms (stored as {stored.frames})"
            )
        return stored

    def safe(self) -> None:
        """Stopped; never raises. What was heard is stored, in case it is wanted."""
        capture, self._capture = self._capture, None
        if capture is None:
            return
        try:
            capture.end()
            self._store(capture)
        except Exception:  # noqa: BLE001 - the safe state must be reached whatever is broken
            _log.exception("%s: capture not stored", self._address)

    def _listening(self) -> _Capture:
        if self._capture is None:
            raise BenchFault(f"{self._address}: expected a sniffer that has been started")
        return self._capture

    def _open(self, channel: Channel) -> Input:
        try:
            return open_input(self._address, channel, self._timeout_s, self._clock.now)
        except LINE_ERRORS as error:
            raise BenchLost(f"{self._address} cannot be opened: {error}") from error

    def _store(self, capture: _Capture) -> CaptureFile:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._stored += 1
        return files.write(
            self._folder / f"{self._name}-{self._stored}.pcapng",
            capture.heard,
            self._keys(),
            clock_offset=timedelta(0) if self._shares_clock else capture.offset.offset,
            sniffer=self._address,
        )


class _Capture:
    """One capture while it runs. The thread appends; everybody else only reads."""

    def __init__(self, source: Input, channel: Channel, now: Callable[[], datetime]) -> None:
        self._source = source
        self._channel = channel
        self._now = now
        self._taken = 0
        self._is_ending = threading.Event()
        self._problem: Exception | None = None
        self._elsewhere: Channel | None = None
        self.heard: list[CapturedFrame] = []
        self.offset = ClockOffset()
        self._thread = threading.Thread(target=self._listen, name="sniffer", daemon=True)
        self._thread.start()

    def take(self) -> list[CapturedFrame]:
        fresh = self.heard[self._taken :]
        self._taken += len(fresh)
        return fresh

    def check(self, where: str) -> None:
        if self._problem is not None:
            raise BenchLost(f"{where}: expected a capture, got {self._problem}") from self._problem
        if self._elsewhere is not None:
            raise BenchFault(
                f"{where}: expected frames of {self._channel}, it hears {self._elsewhere}"
            )

    def end(self) -> None:
        """Let what is on its way arrive, then close."""
        self._is_ending.set()
        self._thread.join(_JOIN_S)
        try:
            self._source.close()
        except LINE_ERRORS as error:
            _log.warning("sniffer not closed in order: %s", error)

    def _listen(self) -> None:
        deadline = None
        try:
            while True:
                is_ending = self._is_ending.is_set()
                came = self._source.receive(_QUIET_S if is_ending else _SLICE_S)
                arrived = self._now()
                for frame in came:
                    self._keep(frame, arrived)
                if is_ending:
                    deadline = deadline or time.monotonic() + _LONGEST_DRAIN_S
                    if not came or time.monotonic() > deadline:
                        return
        except _BROKEN as error:
            self._problem = error

    def _keep(self, frame: CapturedFrame, arrived: datetime) -> None:
        if frame.channel != self._channel:
            self._elsewhere = frame.channel
        self.offset.add(frame.at, arrived)
        self.heard.append(frame)
