"""The types of device, as GBCS names them in device logs; the SAPC has no number there yet."""

from __future__ import annotations

from enum import StrEnum


class DeviceType(StrEnum):
    """The values are the words of the ASN.1 types, so that they travel as they are."""

    GSME = "GSME"
    ESME = "ESME"
    CHF = "CHF"
    GPF = "GPF"
    HCALCS = "HCALCS"
    PPMID = "PPMID"
    TYPE_2 = "type2"
    SAPC = "SAPC"
