"""A virtual reference standard that speaks binary packets (`rigs.drivers.reference.packets`)."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from rigs.drivers.reference.packets import (
    ACKNOWLEDGED,
    ANSWER,
    ENERGY,
    ERROR,
    ERROR_TEST,
    MICRO,
    MILLI,
    NOT_ACKNOWLEDGED,
    NOT_READY,
    PHASE,
    START,
    Kind,
    Packet,
    size_of,
)
from rigs.virtual.reference.standard import Standard

_NAMES = {each.value: each.name for each in Kind}


class VirtualBinaryStandard:
    end = b""

    def __init__(self, standard: Standard, *, serial: str = "SIMULATED") -> None:
        self._standard = standard
        self._serial = serial
        self._answers: Mapping[int, Callable[[bytes], bytes]] = {
            Kind.IDENTIFY: lambda _: f"Assay,Virtual standard,{serial},1".encode("ascii"),
            Kind.READ_ENERGY: self._energy,
            Kind.ZERO: lambda _: self._done(standard.zero),
            Kind.START: lambda _: self._done(lambda: standard.count(True)),
            Kind.STOP: lambda _: self._done(lambda: standard.count(False)),
            Kind.READ_PHASES: self._phases,
            Kind.BEGIN_ERROR: self._begin_error,
            Kind.READ_ERROR: self._error,
            Kind.END_ERROR: lambda _: self._done(standard.end_error_test),
        }

    def requests(self, unread: bytearray) -> Iterator[bytes]:
        """Acknowledgements of the other side are passed over, and so is noise."""
        while unread:
            if unread[0] != START:
                del unread[0]
                continue
            try:
                size = size_of(bytes(unread))
            except ValueError:
                del unread[0]
                continue
            if size is None or len(unread) < size:
                return
            packet = bytes(unread[:size])
            del unread[:size]
            yield packet

    def name_of(self, request: bytes) -> str:
        return _NAMES.get(request[1], "unknown")

    def answer(self, request: bytes) -> bytes:
        packet = Packet.from_bytes(request)
        answer = None if packet is None else self._answers.get(packet.kind)
        if packet is None or answer is None:
            return bytes((NOT_ACKNOWLEDGED,))
        try:
            data = answer(packet.data)
        except (ValueError, struct.error):
            return bytes((NOT_ACKNOWLEDGED,))
        return bytes((ACKNOWLEDGED,)) + Packet(packet.kind | ANSWER, data).to_bytes()

    def _done(self, action: Callable[[], None]) -> bytes:
        action()
        return b""

    def _energy(self, _data: bytes) -> bytes:
        return ENERGY.pack(
            _parts(self._standard.watt_hours(), MILLI), _parts(self._standard.var_hours(), MILLI)
        )

    def _phases(self, _data: bytes) -> bytes:
        return b"".join(
            PHASE.pack(
                _parts(each.volts, MILLI),
                _parts(each.amps, MILLI),
                _parts(each.power_factor, MICRO),
            )
            for each in self._standard.phases()
        )

    def _begin_error(self, data: bytes) -> bytes:
        pulses, constant = ERROR_TEST.unpack(data)
        self._standard.begin_error_test(pulses, constant)
        return b""

    def _error(self, _data: bytes) -> bytes:
        error = self._standard.error_percent()
        millionths = NOT_READY if error is None else _parts(error, MICRO)
        return ERROR.pack(max(self._standard.pulses_seen(), 0), millionths)


def _parts(value: Decimal, part: Decimal) -> int:
    return int((value / part).to_integral_value())
