"""The margin of a radio link: measured on a band, held against a path loss."""

from __future__ import annotations

from decimal import Decimal

from pytest_bdd import parsers, then, when

from fixtures.bench import Bench
from rigs.capabilities import Band


@when(parsers.re(r"the margin of the meter's radio link is measured on (?P<band>2\.4 GHz|868 MHz)"))
def measure_margin(bench: Bench, band: str) -> None:
    bench.link_margin.measure(Band(band))


@then(
    parsers.re(
        r"95 % of the commands are answered at a path loss of (?P<decibels>[\d.]+) dB,"
        r" beyond all uncertainty"
    )
)
def path_loss_is_borne(bench: Bench, requirement: str, decibels: str) -> None:
    bench.link_margin.require_path_loss(requirement, Decimal(decibels))
