"""One request under examination: what it is checked against, and what the checks found out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from assay.dcc.access import WebService
from assay.dcc.dsp.dcc_parties import DccParties
from assay.dcc.dsp.door import Door
from assay.dcc.dsp.estate import Estate
from assay.dcc.dsp.reading import ReceivedRequest
from assay.dcc.dsp.records import Counter, PreCommands, RequestCounters
from assay.dcc.dsp.schedules import ScheduleBook
from assay.dcc.dsp.sequences import SequenceBook
from assay.dcc.inventory import Device, Inventory
from assay.dcc.registration import Registration, User
from assay.dcc.settings import DccSettings
from assay.dcc.store import Store
from assay.dcc.transform import Target
from assay.dcc.trust import BrokerKeys, Trust
from assay.duis.catalogue import CATALOGUE, ServiceRequestVariant, UserRole
from assay.duis.requests import Request, SignedPreCommand
from assay.duis.values import Content
from assay.gbcs.envelope import Message
from assay.gbcs.identifiers import Eui64


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What the DCC knows: everything that a check may look up."""

    registration: Registration
    inventory: Inventory
    trust: Trust
    broker: BrokerKeys
    settings: DccSettings
    counters: RequestCounters
    pre_commands: PreCommands
    broker_counter: Counter
    store: Store
    schedules: ScheduleBook
    sequences: SequenceBook
    estate: Estate
    dcc_parties: DccParties


@dataclass(slots=True, kw_only=True)
class Examination:
    """`caller` is whose TLS connection it came over, None where TLS is off. `is_released`: its
    RequestID was used when it was put into quarantine.

    The rest is filled by the checks, each relying on those before it.
    """

    books: Books
    at: datetime
    service: WebService
    caller: Eui64 | None
    received: ReceivedRequest
    document: bytes = b""
    is_released: bool = False
    door: Door | None = None
    """None for what the DCC holds or makes itself."""
    known_user: User | None = None
    known_device: Device | None = None
    roles: frozenset[UserRole] = field(default_factory=frozenset)
    """Those that the matrix opens the variant to; after the responsibility check, those of them
    in which the user is responsible."""
    original: Request | None = None
    """What was asked: the request itself, or the one behind a Signed Pre-Command."""
    message: Message | None = None
    """The Command before its MAC, or the Pre-Command."""
    prepared: object = None
    """What the check of one service found out for its handler, where that is costly."""

    @property
    def request(self) -> Request:
        if self.received.request is None:
            raise LookupError("the schema check comes first")
        return self.received.request

    @property
    def user(self) -> User:
        if self.known_user is None:
            raise LookupError("the originator check comes first")
        return self.known_user

    @property
    def device(self) -> Device:
        if self.known_device is None:
            raise LookupError("the device check comes first")
        return self.known_device

    @property
    def variant(self) -> ServiceRequestVariant:
        return CATALOGUE[self.received.srv]

    @property
    def is_non_device(self) -> bool:
        return self.variant.non_device

    @property
    def is_signed(self) -> bool:
        return isinstance(self.request.body, SignedPreCommand)

    @property
    def body(self) -> Content:
        """Of a Service Request; empty for a Signed Pre-Command."""
        return {} if isinstance(self.request.body, SignedPreCommand) else self.request.body

    @property
    def target(self) -> Target:
        return Target(
            device_type=self.device.device_type.value, esme_variant=self.device.esme_variant
        )
