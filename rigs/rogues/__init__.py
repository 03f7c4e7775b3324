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
    gas_meter_battery,
    gas_meter_clock,
    gas_meter_conversion,
    gas_meter_firmware,
    gas_meter_logs,
    gas_meter_network_data,
    gas_meter_payment,
    gas_meter_sleep,
    gas_meter_tariff,
    gas_meter_valve,
    gas_proxy,
    gas_records,
    home_devices,
    home_screens,
    hub,
    hub_device_log,
    hub_firmware,
    hub_formation,
    hub_outages,
    hub_records,
    hub_sleeping_meters,
    hub_stores,
    hub_sub_ghz,
    hub_swap,
    hub_terminals,
    hub_tunnels,
    meter_accuracy,
    meter_auxiliary,
    meter_auxiliary_limit,
    meter_auxiliary_state,
    meter_balance,
    meter_billing,
    meter_blocks,
    meter_boost,
    meter_clock,
    meter_counters,
    meter_credentials,
    meter_daily_logs,
    meter_debts,
    meter_disablement,
    meter_elements,
    meter_emergency_credit,
    meter_firmware,
    meter_firmware_losses,
    meter_half_hours,
    meter_history,
    meter_home,
    meter_identity,
    meter_joining,
    meter_keeping,
    meter_keypad,
    meter_load_limit,
    meter_loads,
    meter_logs,
    meter_maximum_demand,
    meter_messages,
    meter_non_disablement,
    meter_outage,
    meter_own_credentials,
    meter_parties,
    meter_payment_mode,
    meter_phase_sequence,
    meter_phase_voltage,
    meter_radio,
    meter_randomised_offset,
    meter_refusals,
    meter_registers,
    meter_spent_codes,
    meter_supply,
    meter_tamper,
    meter_tariff,
    meter_tariff_settings,
    meter_times,
    meter_top_up,
    meter_top_up_limits,
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
    meter_boost,
    meter_auxiliary_state,
    meter_auxiliary_limit,
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
    meter_phase_voltage,
    meter_phase_sequence,
    meter_voltage_limits,
    meter_tariff,
    meter_tariff_settings,
    meter_blocks,
    meter_randomised_offset,
    meter_times,
    meter_disablement,
    meter_balance,
    meter_emergency_credit,
    meter_debts,
    meter_non_disablement,
    meter_payment_mode,
    meter_top_up,
    meter_top_up_limits,
    meter_spent_codes,
    meter_keypad,
    meter_registers,
    meter_half_hours,
    meter_daily_logs,
    meter_maximum_demand,
    meter_elements,
    meter_history,
    meter_billing,
    meter_clock,
    meter_credentials,
    meter_own_credentials,
    meter_counters,
    meter_firmware,
    meter_firmware_losses,
    hub_firmware,
    meter_home,
    meter_identity,
    meter_joining,
    meter_keeping,
    home_devices,
    home_screens,
    hub,
    gas_meter_conversion,
    gas_meter_tariff,
    gas_meter_sleep,
    gas_meter_valve,
    gas_meter_battery,
    gas_meter_payment,
    gas_meter_logs,
    gas_meter_clock,
    gas_meter_network_data,
    gas_meter_firmware,
    gas_proxy,
    gas_records,
    hub_swap,
    hub_device_log,
    hub_formation,
    hub_outages,
    hub_tunnels,
    hub_stores,
    hub_sub_ghz,
    hub_terminals,
    hub_sleeping_meters,
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
