"""The 37 critical variants, and the message codes that the Pre-Command of each may have.

Which of several use cases the DCC takes depends on the Device, which a request names by its
identifier alone: all that the request's content fits are accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from assay.adapter.correlation.asked import Asked
from assay.adapter.correlation.expected import DlmsItems, Expected, GbzComponents
from assay.adapter.correlation.known import Known
from assay.adapter.correlation.use_cases import (
    dlms_account,
    dlms_auxiliary,
    dlms_settings,
    dlms_tariffs,
    gbz_account,
    gbz_settings,
    gbz_tariffs,
    security,
)

Expect = Callable[[Asked, Known, int], Expected]
"""(body, facts from elsewhere, counter of the request) -> what the payload must hold."""
Fits = Callable[[Asked], bool]


class UseCase(NamedTuple):
    """`fits`: whether the request's content can become it. `not_carried`: beginnings of paths
    whose leaves the use case has no place for, though the schema asks for them."""

    name: str
    expect: Expect
    fits: Fits
    not_carried: tuple[str, ...] = ()


def _always(_: Asked) -> bool:
    return True


def _has(*paths: str) -> Fits:
    return lambda asked: any(map(asked.has, paths))


def _is(path: str, *values: str) -> Fits:
    return lambda asked: asked.has(path) and asked.value(path, str) in values


def _dlms(name: str, items: Callable[[Asked], DlmsItems], fits: Fits = _always) -> UseCase:
    return UseCase(name, lambda asked, _, __: items(asked), fits)


def _gbz(
    name: str,
    components: Callable[[Asked, Known], GbzComponents],
    fits: Fits = _always,
    not_carried: tuple[str, ...] = (),
) -> UseCase:
    return UseCase(name, lambda asked, known, _: components(asked, known), fits, not_carried)


def _asn1(name: str, expect: security.Expect, fits: Fits = _always) -> UseCase:
    return UseCase(name, expect, fits)


_ADJUSTMENTS = ("PrepaymentMode/AdjustMeterBalance", "CreditMode/AdjustMeterBalance")
_RESETS = ("PrepaymentMode/ResetMeterBalance", "CreditMode/ResetMeterBalance")
_ELECTRICITY_BILLING, _GAS_BILLING = "ElectricityBillingCalendar", "GasBillingCalendar"
_SET_CLOCK = {
    0x0062: _dlms("ECS70", dlms_settings.ECS70),
    0x007F: _asn1("GCS28", security.set_clock),
}

USE_CASES: Mapping[str, Mapping[int, UseCase]] = {
    "1.1.1": {
        0x0019: _dlms("ECS01a", dlms_tariffs.ECS01A, _has("ElecTariffElements")),
        0x006B: _gbz(
            "GCS01a",
            gbz_tariffs.GCS01A,
            _has("GasTariffElements"),
            not_carried=(
                "PriceElements/GasPriceElements/BlockTariff/NumberOfThresholds",
                "GasTariffElements/ThresholdMatrix/",  # read where the tariff is a block tariff
            ),
        ),
    },
    "1.1.2": {0x00B7: _dlms("ECS01c", dlms_tariffs.ECS01C)},
    "1.2.1": {
        0x00A2: _dlms(
            "ECS01b", dlms_tariffs.ECS01B, _has("PriceElements/ElectricityPriceElements")
        ),
        0x00A3: _gbz("GCS01b", gbz_tariffs.GCS01B, _has("PriceElements/GasPriceElements")),
    },
    "1.2.2": {0x00C7: _dlms("ECS01d", dlms_tariffs.ECS01D)},
    "1.5": {
        0x001C: _dlms("ECS04a", dlms_account.ECS04A, _has(*_ADJUSTMENTS)),
        0x00B3: _dlms("ECS04b", dlms_account.ECS04B, _has(*_RESETS)),
        0x0086: _gbz("GCS40a", gbz_account.GCS40A, _has(_ADJUSTMENTS[0])),
        0x00B4: _gbz("GCS40b", gbz_account.GCS40B, _has(_RESETS[0])),
        0x00C0: _gbz("GCS40c", gbz_account.GCS40C, _has(_ADJUSTMENTS[1])),
        0x00C2: _gbz("GCS40d", gbz_account.GCS40D, _has(_RESETS[1])),
    },
    "1.6": {
        0x001A: _dlms("ECS02", dlms_account.ECS02, _has("Credit")),
        0x001B: _dlms("ECS03", dlms_account.ECS03, _has("Prepayment")),
        0x006C: _gbz("GCS02", gbz_account.GCS02, _has("Credit")),
        0x006D: _gbz("GCS03", gbz_account.GCS03, _has("Prepayment")),
    },
    "1.7": {0x001D: _dlms("ECS05", dlms_account.ECS05)},
    "2.1": {
        0x001F: _dlms("ECS08", dlms_account.ECS08, _has("UpdatePrepayConfigElectricity")),
        0x00DE: _dlms("ECS08a", dlms_account.ECS08A, _has("UpdatePrepayConfigElectricity")),
        0x006F: _gbz("GCS05", gbz_account.GCS05, _has("UpdatePrepayConfigGas")),
    },
    "2.3": {
        0x001E: _dlms("ECS07", dlms_account.ECS07, _has("ElecDebtRecovery1")),
        0x006E: _gbz("GCS04", gbz_account.GCS04, _has("GasDebtRecovery1")),
    },
    "2.5": {
        0x0020: _dlms("ECS09", dlms_account.ECS09),
        0x0070: _gbz("GCS06", gbz_account.GCS06),
    },
    "6.4.1": {0x0043: _dlms("ECS28a", dlms_settings.ECS28A)},
    "6.6": {0x007C: _gbz("GCS23", gbz_settings.GCS23)},
    "6.7": {
        0x007D: _gbz("GCS24", gbz_settings.GCS24, _has("UncontrolledGasFlowRate")),
        0x00FC: _gbz("GCS24a", gbz_settings.GCS24A, _has("UncontrolledGasFlowRateDecimal")),
    },
    "6.8": {
        # the older codes know no period longer than a month
        0x0046: _dlms(
            "ECS30",
            dlms_settings.ECS30,
            _has(*(f"{_ELECTRICITY_BILLING}/{name}" for name in ("Daily", "Weekly", "Monthly"))),
        ),
        0x00D7: _dlms("ECS30a", dlms_settings.ECS30, _has(_ELECTRICITY_BILLING)),
        0x007E: _gbz(
            "GCS25",
            gbz_settings.GCS25,
            _is(f"{_GAS_BILLING}/Periodicity", "Daily", "Weekly", "Monthly"),
        ),
        0x00D8: _gbz("GCS25a", gbz_settings.GCS25, _has(_GAS_BILLING)),
    },
    "6.11": _SET_CLOCK,
    "6.14.1": {0x0053: _dlms("ECS46a", dlms_auxiliary.ECS46A)},
    "6.14.2": {0x0054: _dlms("ECS46c", dlms_auxiliary.ECS46C)},
    "6.14.3": {0x011A: _dlms("ECS46d", dlms_auxiliary.ECS46D)},
    "6.15.1": {
        0x0102: _asn1("CS02b", security.SUPPLIER_BY_SUPPLIER, _is("RemotePartyRole", "Supplier")),
        0x0103: _asn1(
            "CS02b",
            security.NETWORK_OPERATOR_BY_NETWORK_OPERATOR,
            _is("RemotePartyRole", "NetworkOperator"),
        ),
        # which of the two depends on who asks, and a request names its user by identifier alone
        0x0125: _asn1(
            "CS02g",
            security.LOAD_CONTROLLER_BY_LOAD_CONTROLLER,
            _is("RemotePartyRole", "LoadController"),
        ),
        0x0126: _asn1(
            "CS02g",
            security.LOAD_CONTROLLER_BY_SUPPLIER,
            _is("RemotePartyRole", "LoadController"),
        ),
    },
    "6.15.2": {0x000B: _asn1("CS02d", security.device_certificate)},
    "6.17": {0x000A: _asn1("CS02c", security.key_usage)},
    "6.24.2": {0x000C: _asn1("CS02e", security.key_usage)},
    "6.25": {0x0068: _dlms("ECS81", dlms_settings.ECS81)},
    "6.26": {0x00DB: _dlms("ECS48", dlms_settings.ECS48)},
    "7.1": {0x004F: _dlms("ECS42", dlms_settings.ECS42)},
    "7.2": {
        0x0050: _dlms("ECS43", dlms_settings.ECS43),
        0x0081: _gbz("GCS32", gbz_settings.GCS32),
    },
    "7.3": {
        0x0051: _dlms("ECS44", dlms_settings.ECS44),
        0x0085: _gbz("GCS39", gbz_settings.GCS39),
    },
    "7.5": {0x0055: _dlms("ECS47", dlms_auxiliary.ECS47_ACTIVATE)},
    "7.6": {0x0055: _dlms("ECS47", dlms_auxiliary.ECS47_DEACTIVATE)},
    "7.8": {0x0055: _dlms("ECS47", dlms_auxiliary.ECS47_RESET)},
    "7.12": {0x004B: _dlms("ECS38", dlms_settings.ECS38)},
    "7.13": {0x011E: _dlms("ECS47a", dlms_auxiliary.ECS47A)},
    "7.16": {0x011F: _dlms("ECS47e", dlms_auxiliary.ECS47E)},
    "8.1.1": _SET_CLOCK,
    "8.7.1": {
        0x000D: _asn1("CS03A1", security.JOIN_METER),
        0x00AB: _asn1("CS03A2", security.JOIN_TO_METER),
        0x00AF: _asn1("CS03C", security.JOIN_GAS_METER),
    },
    "8.8.1": {0x000F: _asn1("CS04AC", security.unjoin)},
    "11.3": {0x0012: _asn1("CS06", security.activate_firmware)},
}
