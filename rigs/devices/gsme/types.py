"""The ZCL type of every attribute of gas, as the national answers have it."""

from __future__ import annotations

from collections.abc import Mapping

from rigs.devices.gsme.use_cases import BASIC, METERING, PREPAYMENT, PRICE

_IDS_OF_TYPE: Mapping[int, Mapping[str, tuple[int, ...]]] = {
    BASIC: {"uint8": (0x0003,), "character-string": (0x0004, 0x0005)},
    PRICE: {
        "uint48": (0x0100, 0x0101, 0x0102),
        "uint24": (0x0202, 0x0203),
        "uint32": (
            0x0301, 0x0302, 0x0304, 0x0400, 0x0401, 0x0402, 0x0403, 0x0410, 0x0420, 0x0430, 0x0440,
        ),
        "bitmap8": (0x0303, 0x0306, 0x0617),
        "enum8": (0x0305, 0x0615),
        "uint16": (0x0616,),
    },
    METERING: {
        "uint48": (
            0x0000, 0x0100, 0x0102, 0x0104, 0x0106, 0x0700, 0x0701, 0x0702, 0x0703,
        ),
        "enum8": (0x0014, 0x0300, 0x0607, 0x0608, 0x0B11),
        "uint16": (0x0205, 0x0B10, 0x0B12, 0x0B13, 0x0B15),
        "uint24": (0x0301, 0x0302),
        "octet-string": (0x0206, 0x0307),
        "uint32": (0x0A00,),
        "uint8": (0x0B14,),
    },
    PREPAYMENT: {
        "bitmap16": (0x0000,),
        "int32": (0x0001, 0x0002, 0x0005, 0x0006, 0x0040),
        "uint32": (
            0x0010, 0x0011, 0x0021, 0x0022, 0x0031, 0x0211, 0x0217, 0x0221, 0x0227, 0x0231,
        ),
        "enum8": (0x0216, 0x0226),
        "uint16": (0x0239,),
    },
}  # fmt: skip
ATTRIBUTE_TYPES: Mapping[tuple[int, int], str] = {
    (cluster, attribute): kind
    for cluster, kinds in _IDS_OF_TYPE.items()
    for kind, attributes in kinds.items()
    for attribute in attributes
}
