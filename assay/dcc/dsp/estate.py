"""What a response, an alert or a non-device request may change: all that follows the devices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from assay.dcc.audit import Audit, Direction
from assay.dcc.coverage import CoverageMap
from assay.dcc.dsp.alert_codes import CancellationCause
from assay.dcc.dsp.alerts import HUB_DECOMMISSIONED, REMOVED, RESTORED, SUSPENDED, DccAlerts
from assay.dcc.dsp.cancellation import Cancellation
from assay.dcc.dsp.firmware import Distribution
from assay.dcc.dsp.hub_status import HubReports
from assay.dcc.dsp.joining import Joining
from assay.dcc.inventory import Device, DeviceType, Inventory, LifecycleEvent
from assay.dcc.products import ProductsList
from assay.dcc.registration import Registration
from assay.dcc.settings import DccSettings
from assay.dcc.trust import Trust
from assay.gbcs.identifiers import Eui64

_OF_A_DEVICE = (CancellationCause.DECOMMISSIONED, CancellationCause.WITHDRAWN)


@dataclass(slots=True, kw_only=True)
class Estate:
    """`products` None: no Central Products List is held, and nothing is measured by it."""

    inventory: Inventory
    registration: Registration
    joining: Joining
    alerts: DccAlerts
    cancellation: Cancellation
    distribution: Distribution
    hub_reports: HubReports
    trust: Trust
    broker: Eui64
    audit: Audit
    settings: DccSettings
    now: Callable[[], datetime]
    products: ProductsList | None = None
    coverage: CoverageMap | None = None

    def resume(self) -> None:
        """Take up what the books hold, after a restart."""
        self.joining.resume()
        self.distribution.resume()

    def stop(self) -> None:
        self.joining.stop()
        self.distribution.stop()

    def leave(self, event: LifecycleEvent, device: Device, at: datetime) -> bool:
        """A device is decommissioned or withdrawn: what was held for it goes, and all concerned
        hear of it. False where its status forbids that."""
        if not self.inventory.happened(event, device.device_id, at):
            return False
        is_decommissioned = event is LifecycleEvent.DECOMMISSIONED
        cause = _OF_A_DEVICE[0] if is_decommissioned else _OF_A_DEVICE[1]
        self.cancellation.cancel(cause, device.device_id)
        self.distribution.forget(device.device_id)
        if device.is_meter:
            self.alerts.meter_left(device, self._behind_the_same_hub(device))
        elif device.device_type is DeviceType.CHF and is_decommissioned:
            self.alerts.device_changed(HUB_DECOMMISSIONED, device, "CHFDecommissioning")
        return True

    def take_out(self, device: Device, event: LifecycleEvent, at: datetime) -> bool:
        """Out of the inventory altogether; N8. A hub takes its gas proxy function along."""
        if device.device_type.has_status:
            if not self.inventory.happened(event, device.device_id, at):
                return False
        else:
            self.inventory.remove(device.device_id)
        if device.device_type is DeviceType.CHF and device.gas_proxy is not None:
            self.inventory.happened(event, device.gas_proxy, at)
        self.alerts.device_changed(REMOVED, device, "DeviceRemovedFromInventory")
        return True

    def measure(self, device_id: Eui64, at: datetime) -> None:
        """Suspend a device whose product is not on the list any more, or take it back."""
        device = self.inventory.find(device_id)
        if self.products is None or device is None or not device.device_type.has_status:
            return
        if self.products.is_listed(device):
            event, code, change = LifecycleEvent.PRODUCT_RESTORED, RESTORED, "DeviceRestored"
        else:
            event, code, change = LifecycleEvent.PRODUCT_LAPSED, SUSPENDED, "DeviceSuspended"
        if self.inventory.happened(event, device_id, at):
            self.alerts.device_changed(code, device, change)
            self.note(change, device_id)

    def note(self, what: str, device: Eui64) -> None:
        """On record in the audit trail."""
        self.audit.record(Direction.INSIDE, "device lifecycle", device=device, note=what)

    def _behind_the_same_hub(self, device: Device) -> tuple[Device, ...]:
        return self.inventory.behind(device.hub) if device.hub is not None else ()
