"""A virtual relay board on Modbus: coils, discrete inputs and device identification.

Framing and messages are those of pymodbus; the state is that of the contacts. What a unit with
another number is asked stays without an answer, as on a shared line.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from pymodbus.constants import ExcCodes
from pymodbus.exceptions import ModbusException
from pymodbus.framer import FramerBase, FramerRTU, FramerSocket
from pymodbus.pdu import DecodePDU, ExceptionResponse, ModbusPDU
from pymodbus.pdu.bit_message import (
    ReadCoilsRequest,
    ReadCoilsResponse,
    ReadDiscreteInputsRequest,
    ReadDiscreteInputsResponse,
    WriteMultipleCoilsRequest,
    WriteMultipleCoilsResponse,
    WriteSingleCoilRequest,
    WriteSingleCoilResponse,
)
from pymodbus.pdu.mei_message import ReadDeviceInformationRequest, ReadDeviceInformationResponse

from rigs.virtual.relays.contacts import Contacts


class ModbusFraming(Enum):
    RTU = "rtu"
    TCP = "tcp"


_IDENTITY = {0: b"Assay", 1: b"Virtual relays", 2: b"1"}


class VirtualModbusBoard:
    end = b""

    def __init__(
        self,
        contacts: Contacts,
        framing: ModbusFraming,
        *,
        unit: int = 1,
        has_identity: bool = True,
    ) -> None:
        self._contacts = contacts
        self._framing = framing
        self._unit = unit
        self._has_identity = has_identity
        decoder = DecodePDU(True)
        self._framer: FramerBase = (
            FramerRTU(decoder) if framing is ModbusFraming.RTU else FramerSocket(decoder)
        )

    def requests(self, unread: bytearray) -> Iterator[bytes]:
        """One frame is one request: a client of Modbus waits for each answer."""
        while unread:
            used, device, _, body = self._framer.decode(bytes(unread))
            if not used:
                if len(unread) > 256:  # no frame is that long: noise
                    unread.clear()
                return
            frame = bytes(unread[:used])
            del unread[:used]
            if body and device == self._unit:
                yield frame

    def name_of(self, request: bytes) -> str:
        pdu = self._read(request)
        return "an unknown request" if pdu is None else _name(pdu)

    def answer(self, request: bytes) -> bytes:
        pdu = self._read(request)
        if pdu is None:
            return b""
        answer = self._execute(pdu)
        answer.dev_id, answer.transaction_id = pdu.dev_id, pdu.transaction_id
        return bytes(self._framer.buildFrame(answer))

    def _read(self, frame: bytes) -> ModbusPDU | None:
        try:
            return self._framer.handleFrame(frame, 0, 0)[1]
        except ModbusException:
            return None

    def _execute(self, pdu: ModbusPDU) -> ModbusPDU:
        contacts = self._contacts
        match pdu:
            case ReadDiscreteInputsRequest():
                bits = contacts.inputs[pdu.address : pdu.address + pdu.count]
                if len(bits) == pdu.count:
                    return ReadDiscreteInputsResponse(bits=bits)
            case ReadCoilsRequest():
                bits = contacts.closed[pdu.address : pdu.address + pdu.count]
                if len(bits) == pdu.count:
                    return ReadCoilsResponse(bits=bits)
            case WriteSingleCoilRequest():
                if pdu.address < len(contacts.closed):
                    contacts.move(pdu.address + 1, pdu.bits[0])
                    return WriteSingleCoilResponse(address=pdu.address, bits=pdu.bits)
            case WriteMultipleCoilsRequest():
                if pdu.address + pdu.count <= len(contacts.closed):
                    for offset, bit in enumerate(pdu.bits[: pdu.count]):
                        contacts.move(pdu.address + offset + 1, bit)
                    return WriteMultipleCoilsResponse(address=pdu.address, count=pdu.count)
            case ReadDeviceInformationRequest() if self._has_identity:
                return ReadDeviceInformationResponse(read_code=1, information=_IDENTITY)
            case _:
                return ExceptionResponse(pdu.function_code, ExcCodes.ILLEGAL_FUNCTION)
        return ExceptionResponse(pdu.function_code, ExcCodes.ILLEGAL_ADDRESS)


def _name(pdu: ModbusPDU) -> str:
    match pdu:
        case ReadDiscreteInputsRequest():
            return f"read input {pdu.address + 1}"
        case ReadCoilsRequest():
            return f"read relay {pdu.address + 1}"
        case WriteSingleCoilRequest():
            return f"relay {pdu.address + 1} {'on' if pdu.bits[0] else 'off'}"
        case WriteMultipleCoilsRequest():
            return "all relays"
    return "identify"
