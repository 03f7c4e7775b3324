"""The stand-alone auxiliary proportional controller (SAPC).

It has an identity of its own and does for one proportional load what an electricity meter does
for its auxiliary controllers, with the same objects: a calendar that switches with a randomised
offset, levels that a supplier sets, limits that a load controller sets. The national tables name
it for few use cases; that it answers the others of controllers besides is inferred.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assay.clock import Clock
from assay.gbcs.dlms.access import Op
from assay.gbcs.dlms.data import octet_string
from assay.gbcs.identifiers import Eui64
from rigs.devices.command_log import CommandLog
from rigs.devices.dated import DatedActivations
from rigs.devices.device_type import DeviceType
from rigs.devices.dlms_objects import ObjectTable, Row
from rigs.devices.esme.auxiliary import AuxiliaryControl, Kind, Port, ProportionalOutput
from rigs.devices.esme.objects import auxiliary
from rigs.devices.esme.randomised_offset import RandomisedOffset, number_of
from rigs.devices.firmware import FirmwareSettings
from rigs.devices.small_device import SmallDevice
from rigs.premises import SupplyNode
from rigs.premises_auxiliary import ProportionalNode

NAMED: Mapping[int, str] = {0x0059: "ECS52", 0x011A: "ECS46d"}
"""Use cases for which a national table or message names it; those of its credentials besides."""
INFERRED: Mapping[int, str] = {
    0x0053: "ECS46a",
    0x00C1: "ECS15c",
    0x00FD: "ECS35g",
    0x011C: "ECS61d",
    0x011D: "ECS61e",
    0x011E: "ECS47a",
    0x011F: "ECS47e",
}
NUMBER = 5
"""The controller number of a meter's proportional output; that a SAPC has the same is this
bench's choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandAloneControllerConfiguration:
    """`firmware_version` has four octets (ECS52). `number`: which of the five controllers its load
    is; `randomised_offset_number` is fixed at manufacture, by the identifier if it is not given.
    """

    device_id: Eui64
    firmware_version: bytes = bytes.fromhex("00000001")
    hardware_version: int = 0
    number: int = NUMBER
    randomised_offset_number: int | None = None


class StandAloneController(SmallDevice):
    """`auxiliary` is its control, `node` the load."""

    def __init__(
        self,
        clock: Clock,
        configuration: StandAloneControllerConfiguration,
        supply: SupplyNode,
        node: ProportionalNode,
    ) -> None:
        settings = FirmwareSettings(
            version=configuration.firmware_version, hardware_version=configuration.hardware_version
        )
        super().__init__(clock, configuration.device_id, DeviceType.SAPC, settings, supply)
        self.node = node
        self.randomised_offset = RandomisedOffset(
            configuration.randomised_offset_number or number_of(configuration.device_id)
        )
        self.dated = DatedActivations(self.agenda, self.now, self.report)
        self.auxiliary = AuxiliaryControl(
            clock,
            self.agenda,
            self.randomised_offset,
            {configuration.number: Port(Kind.APC, ProportionalOutput(node))},
            now=self.now,
            report=self.report,
        )
        self.command_log = CommandLog(self.event_log.write, self.dated.is_waiting)
        self.on_carried_out.append(self.command_log.record)
        self.network.on_joined.append(self.auxiliary.refresh)
        self.power.on_restored.append(lambda _since, _at: self.auxiliary.refresh())
        self.objects = ObjectTable(self._rows())
        self.serve(dict.fromkeys((*NAMED, *INFERRED), self.run_dlms))

    def _rows(self) -> Iterator[Row]:
        yield Op.GET, 1, "0-0:0.2.1.255", 2, lambda _: octet_string(self.firmware.version)
        yield from auxiliary.rows(self)
