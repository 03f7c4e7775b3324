"""Drivers by name, as the key `driver` of a bench file gives them.

They are found by entry points of the group `assay.drivers`. Ours stand in `OWN` as well, and a
test holds both against each other: the metadata of a checkout is that of the day on which it was
installed, so a driver that is newer would not be found there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol

from assay.declarations.instrument import Instrument
from assay.verdicts import PlanError
from rigs.driver_entry import DriverEntry, Mounting

GROUP = "assay.drivers"

OWN: Mapping[str, str] = {
    "scpi_ac_source": "rigs.drivers.circuit_entries:AC_SOURCE",
    "scpi_dc_source": "rigs.drivers.dc_entries:DC_SOURCE",
    "genesys_dc_source": "rigs.drivers.dc_entries:GENESYS_SOURCE",
    "scpi_load_bank": "rigs.drivers.circuit_entries:LOAD_BANK",
    "virtual_load_bank": "rigs.drivers.circuit_entries:LOAD_BANK",  # its name in older files
    "scpi_energy_reference": "rigs.drivers.circuit_entries:ENERGY_REFERENCE",
    "lcus_relays": "rigs.drivers.relay_entries:LCUS_RELAYS",
    "modbus_rtu_relays": "rigs.drivers.relay_entries:MODBUS_RTU_RELAYS",
    "modbus_tcp_relays": "rigs.drivers.relay_entries:MODBUS_TCP_RELAYS",
    "relay_tamper": "rigs.drivers.relay_entries:RELAY_TAMPER",
    "relay_button": "rigs.drivers.relay_entries:RELAY_BUTTON",
    "espec_chamber": "rigs.drivers.laboratory_entries:ESPEC_CHAMBER",
    "simserv_chamber": "rigs.drivers.laboratory_entries:SIMSERV_CHAMBER",
    "scpi_counter": "rigs.drivers.laboratory_entries:SCPI_COUNTER",
    "timestamping_counter": "rigs.drivers.laboratory_entries:TIMESTAMPER",
    "binary_energy_reference": "rigs.drivers.laboratory_entries:BINARY_STANDARD",
    "serial_console": "rigs.drivers.laboratory_entries:SERIAL_CONSOLE",
    "optical_port": "rigs.drivers.laboratory_entries:OPTICAL_PORT",
    "sntp": "rigs.drivers.laboratory_entries:SNTP_SOURCE",
    "scpi_gas_source": "rigs.drivers.laboratory_entries:GAS_SOURCE",
    "terminal_operator": "rigs.drivers.laboratory_entries:TERMINAL_OPERATOR",
    "scripted_operator": "rigs.drivers.laboratory_entries:SCRIPTED_OPERATOR",
    "mini_circuits_attenuator": "rigs.drivers.attenuator.entries:MINI_CIRCUITS",
    "jfw_attenuator": "rigs.drivers.attenuator.entries:JFW",
    "weinschel_attenuator": "rigs.drivers.attenuator.entries:WEINSCHEL",
    "vaunix_attenuator": "rigs.drivers.attenuator.entries:VAUNIX",
    "sniffer": "rigs.drivers.sniffer.entry:SNIFFER",
    "ember_stick": "rigs.drivers.radio_entries:EMBER_STICK",
}
"""Name -> module:attribute, as in pyproject.toml."""


class EntryPointLike(Protocol):
    """What an entry point is to the registry."""

    @property
    def name(self) -> str: ...

    @property
    def value(self) -> str: ...


class Registry:
    """Loads a driver when it is asked for, so that a broken one of a third party harms no other."""

    def __init__(self, own: Mapping[str, str], found: Iterable[EntryPointLike] = ()) -> None:
        """PlanError where two packages claim one name."""
        self._where = dict(own)
        for point in found:
            if self._where.setdefault(point.name, point.value) != point.value:
                raise PlanError(
                    f"driver {point.name}: {point.value} claims the name, which "
                    f"{self._where[point.name]} has already"
                )

    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self._where))

    def entry(self, name: str) -> DriverEntry:
        """PlanError for a driver that nobody knows, or that is none."""
        where = self._where.get(name)
        if where is None:
            raise PlanError(
                f"unknown driver {name!r}; expected one of {', '.join(self.names()) or 'none'}"
            )
        module, _, attribute = where.partition(":")
        try:
            entry = getattr(import_module(module), attribute)
        except (ImportError, AttributeError) as error:
            raise PlanError(f"driver {name}: {where} cannot be loaded: {error}") from error
        if not isinstance(entry, DriverEntry):
            raise PlanError(f"driver {name}: expected a DriverEntry at {where}, seen {entry!r}")
        return entry

    def entry_for(self, name: str, declared: Instrument) -> DriverEntry:
        """The driver of an instrument; PlanError where it drives another kind."""
        try:
            entry = self.entry(declared.driver)
        except PlanError as error:
            raise PlanError(f"instruments.{name}.driver: {error}") from error
        if entry.kind != declared.kind:
            raise PlanError(
                f"instruments.{name}.driver: {declared.driver} drives a {entry.kind}, "
                f"the instrument is a {declared.kind}"
            )
        return entry

    def make(self, mounting: Mounting) -> object:
        """A driver that can do what its kind promises. Nothing is sent to the instrument yet."""
        entry = self.entry_for(mounting.name, mounting.declared)
        driver = entry.factory(mounting)
        missing = missing_from(driver, entry.capability)
        if missing:
            raise PlanError(
                f"instruments.{mounting.name}.driver: {mounting.declared.driver} should be a "
                f"{entry.capability.__name__} and lacks {', '.join(missing)}"
            )
        return driver


def missing_from(driver: object, capability: type) -> list[str]:
    """The members of a protocol that an object does not have."""
    members = {
        name
        for base in capability.__mro__
        if base is not object and base is not Protocol
        for name in vars(base)
        if not name.startswith("_")
    }
    return sorted(name for name in members if not hasattr(driver, name))


@cache
def known_drivers() -> Registry:
    """Ours, and those of every package that is installed."""
    found: tuple[EntryPoint, ...] = tuple(entry_points(group=GROUP))
    return Registry(OWN, found)
