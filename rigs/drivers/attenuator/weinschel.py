"""Drives a Weinschel (Aeroflex) 8210A SmartStep interface: `Attenuator` in lines over RS-232.

`DEVICE ATTN address value` sets hundredths of a decibel, `DEVICE? ATTN address` reads them
(IM-377, rigs.md 5). That a set has no answer of its own, and `*IDN?`, are recalled.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assay.clock import Clock
from rigs.capabilities import AttenuatorRange, Identity
from rigs.drivers.attenuator.driver import AttenuatorDriver
from rigs.drivers.attenuator.links import TellingLink

_HUNDREDTHS = 100


class WeinschelAttenuator(AttenuatorDriver):
    """`addresses` are those of the attenuators on its bus: channel 1 is the first.

    What hangs on the bus is the laboratory's choice, so the bench file states the range. It
    plays no ramp.
    """

    def __init__(
        self,
        link: TellingLink,
        clock: Clock,
        limits: AttenuatorRange,
        *,
        addresses: Sequence[int] = (1,),
        serial: str | None = None,
    ) -> None:
        if len(addresses) != limits.channels:
            raise ValueError(f"{limits.channels} channels, addresses {list(addresses)}")
        super().__init__(link.where, clock, serial=serial)
        self._link = link
        self._limits = limits
        self._addresses = tuple(addresses)

    def identify(self) -> Identity:
        fields = [field.strip() for field in self._link.ask("*IDN?").split(",", 3)]
        if len(fields) != 4:
            raise self._unreadable("maker, model, serial number, firmware", "*IDN?", fields)
        maker, model, serial, firmware = fields
        return Identity(maker=maker, model=model, serial=serial, firmware=firmware)

    def range(self) -> AttenuatorRange:
        return self._limits

    def close(self) -> None:
        self._link.close()

    def _halt(self) -> None:
        """It plays none."""

    def _write(self, decibels: Decimal, channel: int) -> None:
        address = self._addresses[channel - 1]
        self._link.tell(f"DEVICE ATTN {address} {int(decibels * _HUNDREDTHS)}")

    def _read(self, channel: int) -> Decimal:
        query = f"DEVICE? ATTN {self._addresses[channel - 1]}"
        answer = self._link.ask(query)
        if not answer.isdigit():
            raise self._unreadable("hundredths of a decibel", query, answer)
        return Decimal(int(answer)) / _HUNDREDTHS
