"""What every driver of a SCPI instrument does on top: ask, set and check.

A set and the check of its error queue are one message, so that an error belongs to its
command (rigs.md 2.2).
"""

from __future__ import annotations

import logging
import re

from rigs.capabilities import Identity
from rigs.drivers.errors import RemoteInstrumentError
from rigs.drivers.visa_driver import VisaDriver

__all__ = ["ERROR_QUERY", "RemoteInstrumentError", "ScpiDriver"]

ERROR_QUERY = "SYST:ERR?"
MAX_ERRORS = 64  # more entries than any queue of the models we know holds

_ANSWER = re.compile(r'(?:[^;"]|"[^"]*")+')
_ERROR = re.compile(r'([+-]?\d+)\s*(?:,\s*"(.*)")?')

_log = logging.getLogger(__name__)


class ScpiDriver(VisaDriver):
    """An instrument that answers *IDN? and keeps an error queue."""

    def identify(self) -> Identity:
        """What the instrument says now, not what it said when it was opened."""
        return self._read_identity(self._exchange("*IDN?"))

    def command(self, *units: str) -> None:
        """Send headers from the root, with parameters; RemoteInstrumentError if one fails."""
        self._checked(units, answers=0)

    def query(self, *units: str) -> tuple[str, ...]:
        """Ask from the root, in one message; one answer for each query."""
        return self._checked(units, answers=len(units))

    def switch(self, answer: str) -> bool:
        """1 or 0, or ON or OFF, as some makers have it."""
        state = {"1": True, "+1": True, "ON": True, "0": False, "+0": False, "OFF": False}
        if answer.strip().upper() not in state:
            raise self._unreadable("ON or OFF", answer)
        return state[answer.strip().upper()]

    def _introduce(self) -> Identity:
        identity = self._read_identity(self._talk("*IDN?"))
        left_over = self._drain_errors()
        if left_over:
            _log.warning("%s: errors from before this connection: %s", self._address, left_over)
        return identity

    def _checked(self, units: tuple[str, ...], answers: int) -> tuple[str, ...]:
        message = ";:".join((*units, ERROR_QUERY))
        answer = self._exchange(message)
        *parts, error = _ANSWER.findall(answer) or [""]
        if self._error_number(error):
            errors = [error, *self._drain_errors()]
            raise RemoteInstrumentError(
                f"{self._address} answered {message!r} with error {', then '.join(errors)}"
            )
        if len(parts) != answers:
            raise self._unreadable(f"{answers} answer(s) and an error entry", answer)
        return tuple(parts)

    def _error_number(self, entry: str) -> int:
        match = _ERROR.fullmatch(entry.strip())
        if match is None:
            raise self._unreadable('an error entry such as 0,"No error"', entry)
        return int(match[1])

    def _drain_errors(self) -> list[str]:
        """Empty the queue; whatever is in it belongs to what has been sent."""
        entries: list[str] = []
        while len(entries) < MAX_ERRORS:
            entry = self._exchange(ERROR_QUERY)
            if not self._error_number(entry):
                return entries
            entries.append(entry)
        raise RemoteInstrumentError(f"{self._address}: the error queue does not become empty")

    def _read_identity(self, answer: str) -> Identity:
        fields = [field.strip() for field in answer.split(",", 3)]
        if len(fields) != 4:
            raise self._unreadable("maker, model, serial number, firmware", answer)
        maker, model, serial, firmware = fields
        return Identity(maker=maker, model=model, serial=serial, firmware=firmware)
