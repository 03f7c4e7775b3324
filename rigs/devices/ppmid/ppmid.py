"""The prepayment interface device (PPMID).

It shows what meters tell, and hands on what its user wants: a top-up code, emergency credit, the
supply on where it is armed. It never turns a supply off and opens no gas valve (I-003). To an
electricity meter it talks in plain Smart Energy, to a gas meter in GBCS messages, for which the two
must have been joined (CS03C). Firmware that verifies is run without a command, and the outcome told
(CS09).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from assay.clock import Clock
from assay.gbcs.envelope import Cra, parse
from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.identifiers import Eui64
from assay.gbcs.trust_anchors import Role
from rigs.devices.device_type import DeviceType
from rigs.devices.firmware import FirmwareSettings
from rigs.devices.han_attributes import AttributeReport, Status
from rigs.devices.han_requests import (
    REFUSED,
    ActivateEmergencyCredit,
    EnableSupply,
    EnterTopUp,
    ReadAttributes,
    Reply,
    Request,
)
from rigs.devices.ppmid.gas_requests import GasRequests
from rigs.devices.ppmid.results import Asked, Outcome, Result
from rigs.devices.shared_events import EventNotification
from rigs.devices.small_device import SmallDevice
from rigs.premises import SupplyNode

OUTCOMES = EVENTS = 20
"""Lines that the display remembers of either kind; this bench's choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepaymentDisplayConfiguration:
    """`firmware_version` has four octets (CS08)."""

    device_id: Eui64
    firmware_version: bytes = bytes.fromhex("00000001")
    hardware_version: int = 0


class PrepaymentDisplay(SmallDevice):
    """Hooks: `is_accepted` reads an electricity meter's reply, `supply_request` is what it asks
    where the supply is wanted (E-125), `shown_result` what is shown of a result."""

    def __init__(
        self, clock: Clock, configuration: PrepaymentDisplayConfiguration, supply: SupplyNode
    ) -> None:
        settings = FirmwareSettings(
            version=configuration.firmware_version,
            signer=Role.ACCESS_CONTROL_BROKER,
            hardware_version=configuration.hardware_version,
            alert_message_code=None,
            activates_itself=True,
            tells_version=True,
        )
        super().__init__(clock, configuration.device_id, DeviceType.PPMID, settings, supply)
        self.outcomes: deque[Outcome] = deque(maxlen=OUTCOMES)
        self.readings: dict[Eui64, dict[int, AttributeReport]] = {}
        self.events: deque[EventNotification] = deque(maxlen=EVENTS)
        self.gas = GasRequests(self.credentials, self.seal, self.outbox.put, self._show)
        self.supply_request: Callable[[], EnableSupply] = EnableSupply
        self.is_accepted: Callable[[Reply], bool] = _is_accepted
        self.shown_result: Callable[[Asked, Result], Result] = lambda _, result: result
        self.network.on_joined.append(lambda: self.network.offer(self))

    # What its user does.

    def enter_top_up(self, meter: Eui64, digits: str) -> None:
        """Twenty digits for a meter that the display is joined with."""
        if self._is_gas(meter):
            self.gas.top_up(meter, digits)
        else:
            self._ask(meter, Asked.TOP_UP, EnterTopUp(digits=digits))

    def activate_emergency_credit(self, meter: Eui64) -> None:
        if self._is_gas(meter):
            self.gas.activate_emergency_credit(meter)
        else:
            self._ask(meter, Asked.EMERGENCY_CREDIT, ActivateEmergencyCredit())

    def enable_supply(self, meter: Eui64) -> None:
        """Of electricity, where it is armed; there is no such request to a gas meter."""
        if self._is_gas(meter):
            self._show(meter, Asked.ENABLE_SUPPLY, Result.REFUSED)
        else:
            self._ask(meter, Asked.ENABLE_SUPPLY, self.supply_request())

    def refresh(self, meter: Eui64, cluster: int, *attributes: int) -> None:
        """Read what a meter shows; `readings` has it once it has come."""
        request = ReadAttributes(cluster=cluster, attributes=attributes)
        self.network.ask(meter, request, lambda reply: self._read(meter, cluster, reply))

    def shown(self, meter: Eui64, cluster: int, attribute: int) -> object:
        """What was read last; None before."""
        report = self.readings.get(meter, {}).get(cluster << 16 | attribute)
        return report.value if report is not None else None

    # What comes over the network.

    def process(self, octets: bytes) -> None:
        """Commands as any device; responses to what it asked of a gas meter."""
        try:
            message = parse(octets)
        except RemoteGbcsError:
            super().process(octets)
            return
        if message.cra is Cra.RESPONSE:
            self.gas.take(message)
        else:
            super().process(octets)

    def answer(self, sender: Eui64, request: Request) -> Reply | None:
        """An event of a meter that the display is joined with; it takes nothing else."""
        if not self.power.is_ready:
            return None
        is_known = self.security.device_log.find(sender) is not None
        if not is_known or not isinstance(request, EventNotification):
            return REFUSED
        self.events.append(request)
        return Reply(is_granted=True)

    def _is_gas(self, meter: Eui64) -> bool:
        peer = self.security.device_log.find(meter)
        return peer is not None and peer.device_type is DeviceType.GSME

    def _ask(self, meter: Eui64, asked: Asked, request: Request) -> None:
        self._show(meter, asked, Result.WAITING)
        self.network.ask(meter, request, lambda reply: self._answered(meter, asked, reply))

    def _answered(self, meter: Eui64, asked: Asked, reply: Reply | None) -> None:
        if reply is None:
            self._show(meter, asked, Result.NO_ANSWER)
        else:
            accepted = self.is_accepted(reply)
            self._show(meter, asked, Result.ACCEPTED if accepted else Result.REFUSED)

    def _show(self, meter: Eui64, asked: Asked, result: Result) -> None:
        result = self.shown_result(asked, result)
        self.outcomes.append(Outcome(meter=meter, asked=asked, result=result, at=self.now()))

    def _read(self, meter: Eui64, cluster: int, reply: Reply | None) -> None:
        if reply is None or not reply.is_granted or not isinstance(reply.content, tuple):
            return
        known = self.readings.setdefault(meter, {})
        for report in reply.content:
            if report.status is Status.SUCCESS:
                known[cluster << 16 | report.name.attribute] = report


def _is_accepted(reply: Reply) -> bool:
    content = reply.content
    return reply.is_granted and (content is True or getattr(content, "is_accepted", False) is True)
