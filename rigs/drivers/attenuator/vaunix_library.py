"""The maker's C library for Lab Brick LDA attenuators, as the driver needs it.

A loaded `ctypes.CDLL` and a virtual peer that offers C function pointers of the same names are
the same to the driver: both are called through C. Names and types of `SetAttenuationHR`, the
ramp and `StartRamp` are those of the maker's headers (rigs.md 5); the others are recalled.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping
from ctypes import c_bool, c_char_p, c_int, c_uint
from pathlib import Path
from typing import Any, Protocol

PREFIX = "fnLDA_"
ERROR_BIT = 1 << 31
UNITS_PER_DECIBEL = 20  # 0.05 dB
MAX_DEVICES = 64
MAX_NAME = 32

_ID, _INT, _BOOL, _TEXT = c_uint, c_int, c_bool, c_char_p
_IDS = ctypes.POINTER(c_uint)

SIGNATURES: Mapping[str, tuple[type[Any], ...]] = {
    # every one of them returns an int
    "SetTestMode": (_BOOL,),
    "GetNumDevices": (),
    "GetDevInfo": (_IDS,),
    "GetSerialNumber": (_ID,),
    "GetModelNameA": (_ID, _TEXT),
    "InitDevice": (_ID,),
    "CloseDevice": (_ID,),
    "GetDLLVersion": (),
    "GetNumChannels": (_ID,),
    "SetChannel": (_ID, _INT),
    "GetMinAttenuationHR": (_ID,),
    "GetMaxAttenuationHR": (_ID,),
    "GetMinAttenStepHR": (_ID,),
    "SetAttenuationHR": (_ID, _INT),
    "GetAttenuationHR": (_ID,),
    "SetRampStartHR": (_ID, _INT),
    "SetRampEndHR": (_ID, _INT),
    "SetAttenuationStepHR": (_ID, _INT),
    "SetDwellTime": (_ID, _INT),
    "SetIdleTime": (_ID, _INT),
    "SetRampDirection": (_ID, _BOOL),
    "SetRampMode": (_ID, _BOOL),
    "SetRampBidirectional": (_ID, _BOOL),
    "StartRamp": (_ID, _BOOL),
}


class LdaLibrary(Protocol):
    """Functions of the library by their name without prefix; arguments and results are C's."""

    def __call__(self, function: str, *arguments: Any) -> int: ...


class CLibrary:
    """Calls C functions with the types of the table."""

    def __init__(self, functions: Mapping[str, Callable[..., int]]) -> None:
        self._functions = functions

    @classmethod
    def load(cls, path: Path) -> CLibrary:
        """OSError where it cannot be loaded, AttributeError where a function is missing."""
        library = ctypes.CDLL(str(path))
        functions: dict[str, Callable[..., int]] = {}
        for name, types in SIGNATURES.items():
            function = getattr(library, PREFIX + name)
            function.argtypes = types
            function.restype = c_int
            functions[name] = function
        return cls(functions)

    def __call__(self, function: str, *arguments: Any) -> int:
        return self._functions[function](*arguments)


def is_error(status: int) -> bool:
    """The top bit; C hands it over as a negative number."""
    return bool(status & ERROR_BIT)
