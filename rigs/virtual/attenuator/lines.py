"""Virtual attenuators of other makers that talk in lines: JFW and Weinschel."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from rigs.virtual.attenuator.hardware import AttenuatorHardware
from rigs.virtual.attenuator.speaker import LineSpeaker


class VirtualJfw(LineSpeaker):
    """A JFW test system. All of its words are recalled (rigs.md 5)."""

    def __init__(
        self, hardware: AttenuatorHardware, *, model: str = "50PA-1113", serial: str = "JFW-1"
    ) -> None:
        super().__init__()
        self.hardware = hardware
        self._identity = f"{model} {serial} 3.1.0"

    def refusal(self, command: str) -> str:
        return f"Error: {command}"

    def answer(self, command: str) -> str:
        if command.upper() == "IDN":
            return self._identity
        match = re.fullmatch(r"(SA|RA)(\d+)(?: +(\d+(?:\.\d+)?))?", command.upper())
        if match is None or (match[1] == "SA") != (match[3] is not None):
            return self.refusal(command)
        channel = int(match[2])
        if not 1 <= channel <= self.hardware.limits.channels:
            return self.refusal(command)
        if match[3] is not None and not self._set(Decimal(match[3]), channel):
            return self.refusal(command)
        return f"Atten #{channel} = {self.hardware.level(channel).normalize():f}dB"

    def _set(self, decibels: Decimal, channel: int) -> bool:
        limits = self.hardware.limits
        if not limits.minimum <= decibels <= limits.maximum:
            return False
        return self.hardware.set(decibels, channel)


class VirtualWeinschel(LineSpeaker):
    """An 8210A with attenuators at addresses of its bus: channel by address.

    A set has no answer; one that it does not take leaves the level as it was (recalled).
    """

    def __init__(
        self,
        hardware: AttenuatorHardware,
        *,
        channel_of: Mapping[int, int] | None = None,
        serial: str = "8210-1",
    ) -> None:
        super().__init__()
        self.hardware = hardware
        self._channel_of = channel_of or {1: 1}
        self._identity = f"AEROFLEX WEINSCHEL,8210A,{serial},V2.50"

    def refusal(self, command: str) -> str:
        """A set that is refused is silent, as one that is taken; a query gets no number."""
        return "ERROR" if "?" in command else ""

    def answer(self, command: str) -> str:
        words = command.upper()
        if words == "*IDN?":
            return self._identity
        query = re.fullmatch(r"DEVICE\? ATTN (\d+)", words)
        setting = re.fullmatch(r"DEVICE ATTN (\d+) (\d+)", words)
        match = query or setting
        channel = self._channel_of.get(int(match[1])) if match is not None else None
        if channel is None:
            return self.refusal(command)
        if setting is None:
            return str(int(self.hardware.level(channel) * 100))
        decibels = Decimal(int(setting[2])) / 100
        if self.hardware.limits.minimum <= decibels <= self.hardware.limits.maximum:
            self.hardware.set(decibels, channel)
        return ""
