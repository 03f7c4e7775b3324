"""The DSP put together: who tells whom. Delivery is handed in, so that no socket is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assay.clock import Clock
from assay.dcc.audit import Audit
from assay.dcc.dsp.alerts import DccAlerts
from assay.dcc.dsp.answers import Answers, Letter, XmlSigner
from assay.dcc.dsp.commands import CommandInFlight, Commands
from assay.dcc.dsp.effects import Effects
from assay.dcc.dsp.examination import Books
from assay.dcc.dsp.from_devices import FromDevices
from assay.dcc.dsp.joining import Joining
from assay.dcc.dsp.processor import Dsp
from assay.dcc.dsp.records import Counter, PreCommands, RequestCounters
from assay.dcc.faults import DccFaults
from assay.dcc.inventory import Inventory
from assay.dcc.pki.bench_keys import BenchKeys
from assay.dcc.registration import Registration
from assay.dcc.settings import DccSettings
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


def compose_dsp(parts: Parts) -> Dsp:
    """Attaches nothing: `wan.attach_dsp` is the caller's."""
    books = _books(parts)
    answers = _answers(parts)
    alerts = DccAlerts(
        answers=answers,
        inventory=parts.inventory,
        registration=parts.registration,
        deliver=parts.deliver,
        now=parts.clock.now,
    )
    commands = _commands(parts, alerts)
    return Dsp(
        books=books,
        answers=answers,
        commands=commands,
        from_devices=_from_devices(parts, books, answers, alerts, commands),
        audit=parts.audit,
        faults=parts.faults,
        now=parts.clock.now,
    )


def _books(parts: Parts) -> Books:
    trust = Trust(parts.keys.smki, parts.clock.now)
    agreement = parts.keys.credential(
        parts.broker, RemotePartyRole.ACCESS_CONTROL_BROKER, KeyUsage.KEY_AGREEMENT
    )
    return Books(
        registration=parts.registration,
        inventory=parts.inventory,
        trust=trust,
        broker=BrokerKeys(parts.broker, agreement.private_key, trust),
        settings=parts.settings,
        counters=RequestCounters(),
        pre_commands=PreCommands(parts.settings.remembered_pre_commands),
        broker_counter=Counter(parts.broker_counter),
    )


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
    )


def _commands(parts: Parts, alerts: DccAlerts) -> Commands:
    def fail(code: str, command: CommandInFlight) -> None:
        alerts.command_failed(code, command.request.request_id, command.device)

    return Commands(
        clock=parts.clock, wan=parts.wan, audit=parts.audit, settings=parts.settings, fail=fail
    )


def _from_devices(
    parts: Parts, books: Books, answers: Answers, alerts: DccAlerts, commands: Commands
) -> FromDevices:
    joining = Joining(clock=parts.clock, inventory=parts.inventory, report=alerts.device_log_result)
    effects = Effects(
        inventory=parts.inventory, joining=joining, alerts=alerts, settings=parts.settings
    )
    return FromDevices(
        audit=parts.audit,
        inventory=parts.inventory,
        registration=parts.registration,
        trust=books.trust,
        broker=books.broker,
        commands=commands,
        effects=effects,
        joining=joining,
        alerts=alerts,
        answers=answers,
        deliver=parts.deliver,
        now=parts.clock.now,
    )
