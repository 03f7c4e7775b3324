"""When a gas meter is awake: every half hour, and all the time while it is being installed.

Asleep it hears nothing and says nothing. Awake it pushes, says what it has to say, and fetches
what waits at the hub, one message at a time, until nothing remains (GBCS digest 10, G-001).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from assay.clock import Clock
from rigs.devices.alarm import Alarm

FAST_POLL = timedelta(seconds=30)
FAST_FOR = timedelta(hours=1)
REPLY_TIME = timedelta(seconds=5)
SEEK_TIME = timedelta(seconds=15)
"""These four are this bench's choice: how often it asks and how long it does so while it is being
installed, how long it waits for the hub's answer, and how long it seeks a hub at each wake."""
_MICROSECOND = timedelta(microseconds=1)
_MILLION = 1_000_000


class WakeCycle:
    """`drift_ppm` is that of the clock that wakes it. Hooks: `interval`; `is_fast` says whether
    it stays awake; `on_wake` is called at each wake, `on_sleep` before each sleep.
    """

    def __init__(
        self,
        clock: Clock,
        interval: timedelta,
        *,
        ask: Callable[[], None],
        is_joined: Callable[[], bool],
        drift_ppm: Callable[[], Decimal],
    ) -> None:
        self._clock = clock
        self.interval = interval
        self._ask = ask
        self._is_joined = is_joined
        self._drift_ppm = drift_ppm
        self.is_awake = False
        self.fast_poll = FAST_POLL
        self.is_fast: Callable[[], bool] = lambda: clock.now() < self._fast_until
        self.on_wake: list[Callable[[], None]] = []
        self.on_sleep: list[Callable[[], None]] = []
        self._fast_until = clock.now()
        self._is_running = False
        self._wake_alarm = Alarm(clock, self._wake)
        self._poll = Alarm(clock, self.poll)
        self._patience = Alarm(clock, self._no_answer)

    def start(self, *, fast_for: timedelta = FAST_FOR) -> None:
        """Power is there, or an installer asks: awake now, and for this long."""
        self._is_running = True
        self._fast_until = self._clock.now() + fast_for
        self._wake()

    def stop(self) -> None:
        """No power."""
        self._is_running = False
        self._sleep()
        self._wake_alarm.cancel()

    def poll(self) -> None:
        """Ask the hub for a message, if there is a hub."""
        if not self.is_awake:
            return
        if not self._is_joined():
            self._again_or_sleep()
            return
        self._patience.set(self._clock.now() + REPLY_TIME)
        self._ask()

    def answered(self, *, remaining: int) -> None:
        """The hub has sent a message, or said that there is none."""
        self._patience.cancel()
        if remaining:
            self._poll.set(self._clock.now() + _MICROSECOND)
        else:
            self._again_or_sleep()

    def _wake(self) -> None:
        if not self._is_running:
            return
        self._set_wake_alarm()
        is_new, self.is_awake = not self.is_awake, True
        for callback in self.on_wake:
            callback()
        if not is_new and self._poll.due is not None:
            return
        if self._is_joined():
            self.poll()
        else:
            self._poll.set(self._clock.now() + SEEK_TIME)

    def _again_or_sleep(self) -> None:
        if self.is_fast():
            self._poll.set(self._clock.now() + self.fast_poll)
        else:
            self._sleep()

    def _no_answer(self) -> None:
        self._again_or_sleep()

    def _sleep(self) -> None:
        if not self.is_awake:
            return
        for callback in self.on_sleep:
            callback()
        self.is_awake = False
        self._poll.cancel()
        self._patience.cancel()

    def _set_wake_alarm(self) -> None:
        span = self.interval
        ppm = self._drift_ppm()
        if ppm:
            rate = 1 + ppm / _MILLION
            span = int(Decimal(span // _MICROSECOND) / rate) * _MICROSECOND
        self._wake_alarm.set(self._clock.now() + span)
