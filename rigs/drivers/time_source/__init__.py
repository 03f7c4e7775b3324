"""UTC from outside: the capability `TimeSource`."""

from rigs.drivers.time_source.sntp import SntpSource

__all__ = ["SntpSource"]
