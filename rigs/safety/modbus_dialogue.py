"""All coils of a Modbus board open, and read back: frames for a line that knows no Modbus.

Function codes and framing are those of the Modbus application protocol 1.1b3 and its serial line
guide: 0F writes coils, 01 reads them; RTU adds unit and CRC-16, TCP the MBAP header.
"""

from __future__ import annotations

from rigs.safety.dialogue import Exchange

_WRITE_COILS, _READ_COILS = 0x0F, 0x01


def open_all_coils(count: int, unit: int, *, is_tcp: bool) -> tuple[Exchange, Exchange]:
    """For so many coils from the first; the second answer shows that all are open."""
    octets = (count + 7) // 8
    write = bytes([_WRITE_COILS, 0, 0, 0, count, octets]) + bytes(octets)
    read = bytes([_READ_COILS, 0, 0, 0, count])
    around = 7 if is_tcp else 3  # header, or unit and checksum
    written = rf"(?s)\A{'.' * (around - 1) if is_tcp else ''}.\x0F"
    zeros = rf"\x01\x{octets:02X}\x00{{{octets}}}"
    are_open = rf"(?s)\A{'.' * 6 if is_tcp else ''}.{zeros}"
    return (
        Exchange(send=_framed(write, unit, is_tcp), length=around + 5, expects=written),
        Exchange(send=_framed(read, unit, is_tcp), length=around + 2 + octets, expects=are_open),
    )


def _framed(request: bytes, unit: int, is_tcp: bool) -> bytes:
    body = bytes([unit]) + request
    if is_tcp:
        return bytes([0, 1, 0, 0]) + len(body).to_bytes(2, "big") + body
    return body + crc16(body).to_bytes(2, "little")


def crc16(octets: bytes) -> int:
    """CRC-16 with polynomial A001 (reflected 8005), from FFFF."""
    crc = 0xFFFF
    for octet in octets:
        crc ^= octet
        for _ in range(8):
            crc = (crc >> 1) ^ (0xA001 if crc & 1 else 0)
    return crc
