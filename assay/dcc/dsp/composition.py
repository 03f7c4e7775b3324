"""The DSP put together: who tells whom. Delivery is handed in, so that no socket is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from assay.clock import Clock
from assay.dcc.anomaly.alerting import QuarantineAlerts
from assay.dcc.anomaly.detection import Detection
from assay.dcc.audit import Audit
from assay.dcc.coverage import CoverageMap
from assay.dcc.dsp import local_responses
from assay.dcc.dsp.alerts import DccAlerts
from assay.dcc.dsp.answers import Answers, Letter, XmlSigner
from assay.dcc.dsp.dcc_parties import DccParties
from assay.dcc.dsp.effects import Effects
from assay.dcc.dsp.estate import Estate
from assay.dcc.dsp.estate_composition import EstateParts, compose_estate
from assay.dcc.dsp.examination import Books
from assay.dcc.dsp.from_devices import FromDevices
from assay.dcc.dsp.local_responses import LocalResponses
from assay.dcc.dsp.modes import Modes
from assay.dcc.dsp.non_device import HANDLERS
from assay.dcc.dsp.processor import Dsp
from assay.dcc.dsp.records import (
    COUNTERS,
    LAST_REQUESTS,
    RETURNED_PRE_COMMANDS,
    Counter,
    PreCommands,
    RequestCounters,
)
from assay.dcc.dsp.schedule_requests import ScheduleRequests
from assay.dcc.dsp.schedules import SCHEDULES, ScheduleBook
from assay.dcc.dsp.sequences import MEMBERS, SequenceBook
from assay.dcc.dsp.upkeep import Upkeep
from assay.dcc.faults import DccFaults
from assay.dcc.inventory import Inventory
from assay.dcc.pki.bench_keys import BenchKeys
from assay.dcc.products import ProductsList
from assay.dcc.registration import Registration
from assay.dcc.registration_watch import RegistrationWatch
from assay.dcc.settings import DccSettings
from assay.dcc.store import MemoryStore, Store
from assay.dcc.trust import BrokerKeys, Trust
from assay.gbcs.certificates import RemotePartyRole
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyUsage
from assay.wan import SmWan


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the DSP is made of; `keys` hold those of the broker with this EUI-64."""

    clock: Clock
    wan: SmWan
    keys: BenchKeys
    broker: Eui64
    registration: Registration
    inventory: Inventory
    audit: Audit
    faults: DccFaults
    settings: DccSettings
    deliver: Callable[[Letter], None]
    broker_counter: int = 0
    store: Store = field(default_factory=MemoryStore)
    products: ProductsList | None = None
    coverage: CoverageMap | None = None


def compose_dsp(parts: Parts) -> Dsp:
    """Attaches nothing: `wan.attach_dsp` is the caller's, and so is `Dsp.resume`."""
    parts.registration.keep_in(parts.store)
    detection = Detection(
        store=parts.store, audit=parts.audit, now=parts.clock.now, deliver=parts.deliver
    )
    parts = replace(parts, deliver=detection.hand_over)
    trust = Trust(parts.keys.smki, parts.clock.now)
    answers = _answers(parts)
    alerts = DccAlerts(
        answers=answers,
        inventory=parts.inventory,
        registration=parts.registration,
        deliver=parts.deliver,
        now=parts.clock.now,
        settings=parts.settings,
    )
    estate = _estate(parts, trust, alerts)
    books = _books(parts, trust, estate)
    modes = Modes(clock=parts.clock, wan=parts.wan, books=books, audit=parts.audit, alerts=alerts)
    estate.cancellation.held.append(modes)
    from_devices = _from_devices(parts, books, answers, alerts, modes)
    dsp = Dsp(
        books=books,
        answers=answers,
        modes=modes,
        from_devices=from_devices,
        handlers={
            **HANDLERS,
            **ScheduleRequests(modes.schedules).handlers(),
            local_responses.SRV: LocalResponses(from_devices).take,
        },
        upkeep=Upkeep(parts.clock, parts.store, estate),
        detection=detection,
        registration_watch=RegistrationWatch(parts.clock, parts.store, parts.registration),
        audit=parts.audit,
        faults=parts.faults,
        now=parts.clock.now,
    )
    detection.proceed = dsp.release
    detection.listeners.append(QuarantineAlerts(alerts, parts.settings.quarantine_alert_code))
    return dsp


def _estate(parts: Parts, trust: Trust, alerts: DccAlerts) -> Estate:
    return compose_estate(
        EstateParts(
            clock=parts.clock,
            store=parts.store,
            wan=parts.wan,
            inventory=parts.inventory,
            registration=parts.registration,
            trust=trust,
            broker=parts.broker,
            audit=parts.audit,
            settings=parts.settings,
            products=parts.products,
            coverage=parts.coverage,
        ),
        alerts,
    )


def _books(parts: Parts, trust: Trust, estate: Estate) -> Books:
    agreement = parts.keys.credential(
        parts.broker, RemotePartyRole.ACCESS_CONTROL_BROKER, KeyUsage.KEY_AGREEMENT
    )
    return Books(
        registration=parts.registration,
        inventory=parts.inventory,
        trust=trust,
        broker=BrokerKeys(parts.broker, agreement.private_key, trust),
        settings=parts.settings,
        counters=RequestCounters(parts.store.book(LAST_REQUESTS)),
        pre_commands=PreCommands(
            parts.settings.remembered_pre_commands, parts.store.book(RETURNED_PRE_COMMANDS)
        ),
        broker_counter=_counter(parts, "broker", parts.broker_counter),
        store=parts.store,
        schedules=ScheduleBook(parts.store.book(SCHEDULES)),
        sequences=SequenceBook(parts.store.book(MEMBERS)),
        estate=estate,
        dcc_parties=_dcc_parties(parts),
    )


def _dcc_parties(parts: Parts) -> DccParties:
    """The change of supplier party is the bench's where it has one."""
    broker = parts.keys.credential(parts.broker, RemotePartyRole.ACCESS_CONTROL_BROKER)
    keys = {parts.broker: broker.private_key}
    for credential in parts.keys.credentials():
        if credential.role == RemotePartyRole.TRANSITIONAL_COS:
            keys[credential.eui] = credential.private_key
    return DccParties(
        keys=keys,
        cos=next((eui for eui in keys if eui != parts.broker), None),
        cos_counter=_counter(parts, "change of supplier", parts.broker_counter),
    )


def _counter(parts: Parts, name: str, start: int = 0) -> Counter:
    return Counter(start, name, parts.store.book(COUNTERS))


def _answers(parts: Parts) -> Answers:
    """One key signs all, as in the test environment: role 89 of the broker's EUI-64."""
    credential = parts.keys.credential(parts.broker, RemotePartyRole.DSP_XML_SIGNING)
    signer = XmlSigner(
        private_key=credential.private_key,
        certificate=credential.certificate.to_cryptography(),
    )
    return Answers(
        broker=parts.broker,
        transform_signer=signer,
        broker_signer=signer,
        now=parts.clock.now,
        alert_counter=_counter(parts, "alert"),
    )


def _from_devices(
    parts: Parts, books: Books, answers: Answers, alerts: DccAlerts, modes: Modes
) -> FromDevices:
    return FromDevices(
        audit=parts.audit,
        inventory=parts.inventory,
        registration=parts.registration,
        trust=books.trust,
        broker=books.broker,
        modes=modes,
        effects=Effects(estate=books.estate),
        dcc_parties=frozenset(books.dcc_parties.keys),
        alerts=alerts,
        answers=answers,
        deliver=parts.deliver,
        now=parts.clock.now,
    )
