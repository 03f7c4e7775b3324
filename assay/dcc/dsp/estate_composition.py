"""The estate put together: joining, cancellation, firmware, hub reports."""

from __future__ import annotations

from dataclasses import dataclass

from assay.clock import Clock
from assay.dcc.audit import Audit
from assay.dcc.coverage import CoverageMap
from assay.dcc.dsp.alerts import DccAlerts
from assay.dcc.dsp.cancellation import Cancellation
from assay.dcc.dsp.change_of_supplier import registration_changed
from assay.dcc.dsp.estate import Estate
from assay.dcc.dsp.firmware import Distribution
from assay.dcc.dsp.hub_status import HUB_REPORTS, HubReports
from assay.dcc.dsp.joining import Joining
from assay.dcc.inventory import Inventory
from assay.dcc.products import ProductsList
from assay.dcc.registration import Registration
from assay.dcc.settings import DccSettings
from assay.dcc.store import Store
from assay.dcc.trust import Trust
from assay.gbcs.identifiers import Eui64
from assay.wan import SmWan


@dataclass(frozen=True, slots=True, kw_only=True)
class EstateParts:
    clock: Clock
    store: Store
    wan: SmWan
    inventory: Inventory
    registration: Registration
    trust: Trust
    broker: Eui64
    audit: Audit
    settings: DccSettings
    products: ProductsList | None = None
    coverage: CoverageMap | None = None


def compose_estate(parts: EstateParts, alerts: DccAlerts) -> Estate:
    """Nothing strikes before `Estate.resume`, but for what is begun from now on."""
    estate = Estate(
        inventory=parts.inventory,
        registration=parts.registration,
        joining=Joining(
            clock=parts.clock,
            inventory=parts.inventory,
            report=alerts.device_log_result,
            store=parts.store,
        ),
        alerts=alerts,
        cancellation=Cancellation(alerts=alerts),
        distribution=Distribution(
            clock=parts.clock,
            store=parts.store,
            wan=parts.wan,
            inventory=parts.inventory,
            alerts=alerts,
            audit=parts.audit,
            settings=parts.settings,
        ),
        hub_reports=HubReports(parts.store.book(HUB_REPORTS)),
        trust=parts.trust,
        broker=parts.broker,
        audit=parts.audit,
        settings=parts.settings,
        now=parts.clock.now,
        products=parts.products,
        coverage=parts.coverage,
    )
    parts.registration.listeners.append(lambda change: registration_changed(estate, change))
    return estate
