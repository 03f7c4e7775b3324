"""What the DCC does to its inventory by itself, when a time has come.

A device that was pre-notified and not installed within a year goes (N8 to whom it concerns).
A duty that was not done within seven days of commissioning is put on record: no alert for it
is in schema V5.4 (N32 of an older list), so nobody is sent one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assay.clock import Clock
from assay.dcc.dsp.estate import Estate
from assay.dcc.inventory import By, Device, DeviceStatus, LifecycleEvent
from assay.dcc.inventory.form import model_key, upkeep_due
from assay.dcc.products import ProductsList
from assay.dcc.store import Agenda, BookForm, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductsInForce:
    """Which Central Products List the inventory was last measured by."""

    fingerprint: str
    models: tuple[tuple[str, str], ...]


_LIST = "list"
PRODUCTS_IN_FORCE: BookForm[ProductsInForce] = BookForm(
    name="products_in_force", record=ProductsInForce, key=lambda _: _LIST
)


class Upkeep:
    """One timer for the whole inventory."""

    def __init__(self, clock: Clock, store: Store, estate: Estate) -> None:
        self._clock = clock
        self._store = store
        self._estate = estate
        self._inventory = estate.inventory
        self._agenda = Agenda(clock, store, estate.inventory.book, self._strike)
        self._in_force = store.book(PRODUCTS_IN_FORCE)
        estate.inventory.listeners.append(self._entered)

    def overdue(self) -> tuple[Device, ...]:
        """Devices whose duty was not done in time, for reports."""
        now = self._clock.now()
        return tuple(
            device
            for device in self._inventory.by(By.STATUS, DeviceStatus.COMMISSIONED.value)
            if device.duty is not None and device.duty.is_overdue(now)
        )

    def products_changed(self, products: ProductsList) -> None:
        """Another Central Products List is in force: each device that was on the old one or is
        on the new one is measured by it."""
        before = self._in_force.get(_LIST)
        models = dict.fromkeys((*(before.models if before is not None else ()), *products.models))
        now = self._clock.now()
        self._estate.products = products
        with self._store.transaction():
            self._in_force.put(
                ProductsInForce(fingerprint=products.fingerprint, models=products.models)
            )
            for manufacturer, model in models:
                for device in self._inventory.by(By.MODEL, model_key(manufacturer, model)):
                    self._estate.measure(device.device_id, now)

    def resume(self) -> None:
        """Also measures by the products list, if it is not the one of the last run."""
        self._agenda.resume()
        products, before = self._estate.products, self._in_force.get(_LIST)
        if products is None:
            return
        if before is None or before.fingerprint != products.fingerprint:
            self.products_changed(products)

    def stop(self) -> None:
        self._agenda.stop()

    def _entered(self, device: Device) -> None:
        due = upkeep_due(device)
        if due is not None:
            self._agenda.note(due)

    def _strike(self, device: Device) -> None:
        now = self._clock.now()
        if device.status is DeviceStatus.PENDING:
            self._estate.take_out(device, LifecycleEvent.PENDING_TOO_LONG, now)
            self._estate.note("pre-notified for over a year, removed", device.device_id)
            return
        duty = device.duty
        if duty is not None:
            self._inventory.enter(replace(device, duty=replace(duty, is_noted=True)))
            owed = ", ".join(sorted(duty.owed))
            self._estate.note(f"not done within 7 days of commissioning: {owed}", device.device_id)
