"""Drives an energy reference standard by binary packets, whose layout is unverified (`packets`)."""

from __future__ import annotations

import struct

from rigs.capabilities import EnergyRun, Identity, PhaseReadings, Reading
from rigs.drivers.errors import RemoteInstrumentError
from rigs.drivers.octet_driver import OctetDriver, exactly
from rigs.drivers.octet_line import SerialSettings
from rigs.drivers.reference.error_test import await_pulses, check_error_test, error_reading
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
    Kind,
    Packet,
    size_of,
)

TRIES = 3  # of a request that the standard got with a wrong sum


class BinaryEnergyStandard(OctetDriver):
    settings = SerialSettings(baud=57_600)

    def reset_energy(self) -> None:
        """Count from zero, whether or not it was stopped before."""
        self.zero()
        self.start()

    def measure_energy(self) -> Reading:
        return self._energy()[0]

    def zero(self) -> None:
        self._ask(Kind.ZERO)

    def start(self) -> None:
        self._ask(Kind.START)

    def stop(self) -> EnergyRun:
        self._ask(Kind.STOP)
        active, reactive = self._energy()
        return EnergyRun(active=active, reactive=reactive, phases=self._phases())

    def error_percent(self, pulses: int, constant: int) -> Reading:
        check_error_test(pulses, constant)
        self._ask(Kind.BEGIN_ERROR, ERROR_TEST.pack(pulses, constant))
        try:
            await_pulses(self._clock, pulses, lambda: self._error()[0], self._address)
            _, millionths = self._error()
        finally:
            self._ask(Kind.END_ERROR)
        if millionths == NOT_READY:
            raise self._unreadable("an error in per cent", "not ready")
        return error_reading(millionths * MICRO, self._clock, self.opened())

    def safe(self) -> None:
        """It has no output."""

    def _energy(self) -> tuple[Reading, Reading]:
        active, reactive = self._unpack(ENERGY, self._ask(Kind.READ_ENERGY))
        return (
            self.reading("active energy", "Wh", active * MILLI),
            self.reading("reactive energy", "varh", reactive * MILLI),
        )

    def _phases(self) -> tuple[PhaseReadings, ...]:
        data = self._ask(Kind.READ_PHASES)
        if not data or len(data) % PHASE.size:
            raise self._unreadable("readings of whole phases", data)
        return tuple(
            PhaseReadings(
                volts=self.reading("voltage", "V", volts * MILLI),
                amps=self.reading("current", "A", amps * MILLI),
                power_factor=self.reading("power factor", "1", factor * MICRO),
            )
            for volts, amps, factor in PHASE.iter_unpack(data)
        )

    def _error(self) -> tuple[int, int]:
        pulses, millionths = self._unpack(ERROR, self._ask(Kind.READ_ERROR))
        return pulses, millionths

    def _unpack(self, layout: struct.Struct, data: bytes) -> tuple[int, ...]:
        if len(data) != layout.size:
            raise self._unreadable(f"{layout.size} octets", data)
        return layout.unpack(data)

    def _introduce(self) -> Identity:
        data = self._talk_packet(Kind.IDENTIFY, b"")
        fields = data.decode("ascii", "replace").split(",")
        if len(fields) != 4:
            raise self._unreadable("maker, model, serial number, firmware", data)
        maker, model, serial, firmware = fields
        return Identity(maker=maker, model=model, serial=serial, firmware=firmware)

    def _ask(self, kind: Kind, data: bytes = b"") -> bytes:
        with self._clock.exchange():
            self._connected()
            return self._talk_packet(kind, data)

    def _talk_packet(self, kind: Kind, data: bytes) -> bytes:
        """The data of the answer; RemoteInstrumentError for one that is not sound."""
        expected = f"an acknowledgement of {kind.name}"
        request = Packet(kind, data).to_bytes()
        for _ in range(TRIES):
            (said,) = self._talk(request, exactly(1), expected)
            if said != NOT_ACKNOWLEDGED:
                break
        if said == NOT_ACKNOWLEDGED:
            raise RemoteInstrumentError(
                f"{self._address}: expected {expected}, refused {TRIES} times"
            )
        if said != ACKNOWLEDGED:
            raise self._unreadable(expected, f"{said:02X}")
        return self._answer_to(kind)

    def _answer_to(self, kind: Kind) -> bytes:
        expected = f"an answer to {kind.name}"
        octets = self._take(_whole_packet, expected, self._timeout_s)
        packet = Packet.from_bytes(octets)
        if packet is None or packet.kind != kind | ANSWER:
            raise self._unreadable(f"{expected} with a sound sum", octets.hex(" "))
        self._write(bytes((ACKNOWLEDGED,)), "")
        return packet.data


def _whole_packet(octets: bytes) -> int | None:
    """Of noise, everything: it will be found to be no packet."""
    try:
        size = size_of(octets)
    except ValueError:
        return len(octets)
    return size if size is not None and len(octets) >= size else None
