"""Drives relay boards that are Modbus coils: the capability `Relays`, read back after each move.

RTU on a serial line, or Modbus TCP. A board with inputs has them as discrete inputs, by which an
interlock is read. Numbers count from 1, addresses on the wire from 0.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlsplit

from pymodbus.client import ModbusSerialClient, ModbusTcpClient
from pymodbus.exceptions import ModbusException

from assay.clock import Clock
from assay.verdicts import BenchFault, BenchLost
from rigs.capabilities import Identity
from rigs.drivers.connection import InstrumentDriver, refuse_loop_thread
from rigs.drivers.errors import RemoteInstrumentError
from rigs.drivers.octet_line import LINE_ERRORS, SerialSettings

TCP_PORT = 502
_PARITIES = {"none": "N", "even": "E", "odd": "O"}

# Function 43/14, basic objects; a board that has none is known by the bench file alone.
_MAKER, _MODEL, _FIRMWARE = 0x00, 0x01, 0x02
_ILLEGAL_FUNCTION = 0x01

_LOST: tuple[type[Exception], ...] = (ModbusException, *LINE_ERRORS)

Client = ModbusSerialClient | ModbusTcpClient


class ModbusRelays(InstrumentDriver):
    """One board, one unit number, and the serial number that the bench file declares."""

    settings = SerialSettings(baud=9600)

    def __init__(
        self,
        address: str,
        clock: Clock,
        *,
        count: int,
        inputs: int = 0,
        unit: int = 1,
        serial: str = "",
        timeout_s: float = 2.0,
        settings: SerialSettings | None = None,
    ) -> None:
        """`address` is a serial device or tcp://host[:port]."""
        super().__init__(address, clock)
        self._count = count
        self._inputs = inputs
        self._unit = unit
        self._declared_serial = serial
        self._timeout_s = timeout_s
        self._settings = self.settings if settings is None else settings
        self._client: Client | None = None
        self._is_answer_late = False

    @property
    def _is_socket(self) -> bool:
        return self._address.startswith("tcp://")

    def open(self) -> Identity:
        return self.identify()

    def identify(self) -> Identity:
        """As the board states it (function 43/14); boards without it give empty texts."""
        answer = self._ask(
            "its identity",
            lambda client: client.read_device_information(device_id=self._unit),
            may_refuse=True,
        )
        known = {} if answer is None else answer.information
        maker, model, firmware = (
            cast(bytes, known.get(each, b"")).decode("ascii", "replace")
            for each in (_MAKER, _MODEL, _FIRMWARE)
        )
        return Identity(maker=maker, model=model, serial=self._declared_serial, firmware=firmware)

    def count(self) -> int:
        return self._count

    def switch(self, number: int, closed: bool) -> None:
        """BenchFault where the coil does not read back as it was set."""
        self._check(number, self._count)
        self._ask(
            f"relay {number} {'closed' if closed else 'open'}",
            lambda client: client.write_coil(number - 1, closed, device_id=self._unit),
        )
        if self.is_closed(number) != closed:
            raise BenchFault(
                f"{self._address}: expected relay {number} "
                f"{'closed' if closed else 'open'}, read back the contrary"
            )

    def is_closed(self, number: int) -> bool:
        self._check(number, self._count)
        return self._bits(
            f"the state of relay {number}",
            lambda client: client.read_coils(number - 1, count=1, device_id=self._unit),
        )

    def read_contact(self, number: int) -> bool:
        """A contact on an input of the board: a door, a key switch."""
        self._check(number, self._inputs)
        return self._bits(
            f"the state of input {number}",
            lambda client: client.read_discrete_inputs(number - 1, count=1, device_id=self._unit),
        )

    def safe(self) -> None:
        self.make_safe(self._open_all)

    def close(self) -> None:
        """Leave the relays as they are."""
        client, self._client = self._client, None
        if client is not None:
            cast(Any, client).close()  # pymodbus leaves it untyped

    def _open_all(self) -> None:
        self._ask(
            "all relays open",
            lambda client: client.write_coils(0, [False] * self._count, device_id=self._unit),
        )

    def _bits(self, expected: str, request: Callable[[Client], Any]) -> bool:
        answer = self._ask(expected, request)
        if answer is None or not answer.bits:
            raise self._unreadable(expected, answer)
        return bool(answer.bits[0])

    def _ask(
        self, expected: str, request: Callable[[Client], Any], *, may_refuse: bool = False
    ) -> Any:
        """The answer; None for one that says that the board has no such function."""
        with self._clock.exchange():
            client = self._connected()
            try:
                answer = request(client)
            except _LOST as error:
                self._is_answer_late = True
                self.close()
                raise BenchLost(
                    f"{self._address}: expected {expected} within {self._timeout_s} s, got {error}"
                ) from error
        if not answer.isError():
            return answer
        code = getattr(answer, "exception_code", None)
        if may_refuse and code == _ILLEGAL_FUNCTION:
            return None
        raise self._unreadable(expected, answer)

    def _connected(self) -> Client:
        if self._client is None:
            refuse_loop_thread()
            self._let_a_late_answer_pass()
            self._client = self._new_client()
        if not self._client.connect():
            self.close()
            raise BenchLost(f"{self._address} cannot be opened")
        return self._client

    def _let_a_late_answer_pass(self) -> None:
        """RTU answers say not to what, so a late one would be taken for the next.

        What has come by the time when the port is opened is dropped by that.
        """
        if self._is_answer_late and not self._is_socket:
            time.sleep(self._timeout_s)
        self._is_answer_late = False

    def _new_client(self) -> Client:
        # No retries: each would add a time-out, and could move a relay twice.
        if self._is_socket:
            where = urlsplit(self._address)
            return ModbusTcpClient(
                where.hostname or "",
                port=where.port or TCP_PORT,
                timeout=self._timeout_s,
                retries=0,
            )
        return ModbusSerialClient(
            self._address,
            baudrate=self._settings.baud,
            bytesize=self._settings.data_bits,
            parity=_PARITIES[self._settings.parity],
            stopbits=self._settings.stop_bits,
            timeout=self._timeout_s,
            retries=0,
        )

    def _check(self, number: int, most: int) -> None:
        if not 1 <= number <= most:
            raise ValueError(f"{self._address} has 1 to {most}, got {number}")

    def _unreadable(self, expected: str, seen: object) -> RemoteInstrumentError:
        self.close()
        return RemoteInstrumentError(f"{self._address}: expected {expected}, got {seen}")
