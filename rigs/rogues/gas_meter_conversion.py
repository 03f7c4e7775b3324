"""Gas meters that measure wrongly, or turn volume into energy and money by wrong factors."""

from __future__ import annotations

from decimal import Decimal

from rigs.devices.gsme import GasMeter as Meter
from rigs.devices.tariff.attribution import EXACT
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.GAS_METER)
_CRITICAL, _MAJOR = Severity.CRITICAL, Severity.MAJOR


@rogue(
    "gas-meter-counts-slowly",
    "Counts a hundredth too little",
    requirement="SMETS-G-001",
    severity=_CRITICAL,
    deviation="The flow is measured one per cent too low.",
)
def counts_slowly(meter: Meter) -> None:
    sound = meter.register.measure
    meter.register.measure = lambda: sound() * Decimal("0.99")


@rogue(
    "gas-meter-ignores-correction",
    "Ignores the conversion factor",
    requirement="SMETS-G-003",
    severity=_CRITICAL,
    deviation="Costs are those of an uncorrected volume.",
)
def ignores_correction(meter: Meter) -> None:
    tariff = meter.tariff
    tariff.cost_of = lambda share: EXACT.multiply(share.value, meter.settings.calorific_value.value)


@rogue(
    "gas-meter-calorific-value-fixed",
    "Charges by the calorific value of the factory",
    requirement="SMETS-G-003",
    severity=_CRITICAL,
    deviation="A new calorific value is stored and never used.",
)
def calorific_value_fixed(meter: Meter) -> None:
    factory = meter.settings.calorific_value.value
    meter.tariff.cost_of = lambda share: EXACT.multiply(
        share.value, EXACT.multiply(meter.settings.conversion_factor.value, factory)
    )


@rogue(
    "gas-meter-conversion-rounded",
    "Keeps three decimals of the conversion factor",
    requirement="SMETS-G-003",
    severity=_MAJOR,
    deviation="The conversion factor is cut after its third decimal when it is read.",
)
def conversion_rounded(meter: Meter) -> None:
    def cut() -> int:
        raw = meter.settings.conversion_factor.raw
        return raw - raw % 100

    meter.gbz.put_attribute(0x0700, 0x0302, "uint32", cut)
