"""The gallery of planted faults: rows that prove that the suite can fail.

A new rogue is one decorated function in one of the modules below; `gallery()` finds it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib import resources
from types import ModuleType
from typing import Any

from rigs.rogues import (
    answers_of_devices,
    dcc,
    dcc_certificates,
    dcc_delivery,
    dcc_rights,
    gas_meter,
    gas_proxy,
    gas_records,
    home_devices,
    home_screens,
    hub,
    hub_network,
    hub_records,
    hub_swap,
    meter_accuracy,
    meter_auxiliary,
    meter_billing,
    meter_clock,
    meter_credentials,
    meter_firmware,
    meter_home,
    meter_identity,
    meter_joining,
    meter_keeping,
    meter_load_limit,
    meter_loads,
    meter_logs,
    meter_messages,
    meter_metering,
    meter_outage,
    meter_parties,
    meter_payment,
    meter_radio,
    meter_refusals,
    meter_supply,
    meter_tamper,
    meter_tariff,
    meter_times,
    meter_top_up,
    meter_user_interface,
    meter_voltage,
    meter_voltage_limits,
    user,
)
from rigs.rogues.dcc import DccOfBench
from rigs.rogues.row import Rogue, Severity, Subject
from rigs.rogues.user import UserUnderTest

__all__ = ["DccOfBench", "Rogue", "Severity", "Subject", "UserUnderTest", "gallery"]

MODULES = (
    meter_refusals,
    meter_accuracy,
    meter_auxiliary,
    meter_load_limit,
    meter_loads,
    meter_logs,
    meter_tamper,
    meter_radio,
    meter_user_interface,
    meter_messages,
    meter_supply,
    meter_outage,
    meter_parties,
    meter_voltage,
    meter_voltage_limits,
    meter_tariff,
    meter_times,
    meter_payment,
    meter_top_up,
    meter_metering,
    meter_billing,
    meter_clock,
    meter_credentials,
    meter_firmware,
    meter_home,
    meter_identity,
    meter_joining,
    meter_keeping,
    home_devices,
    home_screens,
    hub,
    gas_meter,
    gas_proxy,
    gas_records,
    hub_swap,
    hub_network,
    answers_of_devices,
    hub_records,
    user,
    dcc,
    dcc_certificates,
    dcc_delivery,
    dcc_rights,
)


@cache
def gallery() -> dict[str, Rogue[Any]]:
    """Every rogue by id, in the order of the modules, with the scenarios that it fails.

    `scenarios.json` is written by `assay rogues matrix` and read by a person.
    """
    found = {rogue.id: rogue for module in MODULES for rogue in rows_of(module)}
    text = resources.files(__package__).joinpath("scenarios.json").read_text("utf-8")
    declared: dict[str, dict[str, Any]] = json.loads(text)
    return {name: _with_scenarios(rogue, declared.get(name, {})) for name, rogue in found.items()}


def _with_scenarios(rogue: Rogue[Any], declared: dict[str, Any]) -> Rogue[Any]:
    return replace(
        rogue,
        caught_by=tuple(declared.get("caught_by", ())),
        consequences=tuple(declared.get("consequences", ())),
        is_fully_run=bool(declared.get("is_full", False)),
    )


def rows_of(module: ModuleType) -> Iterator[Rogue[Any]]:
    return (value for value in vars(module).values() if isinstance(value, Rogue))
