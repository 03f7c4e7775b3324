"""What every device does about trust and joining, by its type: one object that it plugs in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assay.gbcs.acceptance import Accepted
from assay.gbcs.trust_anchors import CellName
from rigs.devices import credential_details
from rigs.devices.agenda import Agenda
from rigs.devices.credential_details import CredentialDetails
from rigs.devices.device_type import DeviceType
from rigs.devices.gbcs_device import GbcsDevice
from rigs.devices.joining import Joins
from rigs.devices.peers import ROOMS, DeviceLog
from rigs.devices.security.cells import CELLS, update_codes
from rigs.devices.security.contingency import ContingencyKey
from rigs.devices.security.own_keys import OwnKeys
from rigs.devices.security.refusals import UnsupportedCommands, UnusualCommands
from rigs.devices.security.updates import CredentialUpdates

DETAILS_WITH_LOAD_CONTROLLER = 0x011B
_KNOWS_LOAD_CONTROLLER = frozenset((DeviceType.ESME, DeviceType.SAPC))
_RENEWS_KEYS = frozenset((DeviceType.ESME, DeviceType.GSME, DeviceType.HCALCS, DeviceType.SAPC))
"""Inferred but for the ESME: those that have a supplier who could ask for it, and are no part of
the hub."""


class Security:
    """Serves, for a device of this type: CS02a (CS02f), CS02b and CS02g in the modes of its cells,
    CS02c to CS02e, CS03x, CS04x and CS07; counts refusals; tells of commands it does not know.

    `device_log.allows(peer, Right...)` is what the device asks before it obeys a peer.
    """

    def __init__(
        self,
        device: GbcsDevice,
        device_type: DeviceType,
        agenda: Agenda,
        *,
        tells_of_unsupported: bool = True,
    ) -> None:
        self.device_type = device_type
        self._device = device
        self.details = CredentialDetails(device.credentials.anchors)
        self.updates = CredentialUpdates(device, agenda)
        self.own_keys = OwnKeys(device)
        self.contingency = ContingencyKey(device.credentials)
        self.device_log = DeviceLog(ROOMS.get(device_type, ()))
        self.joins = Joins(device, device_type, self.device_log)
        self.unusual = UnusualCommands(device)
        self.unsupported = UnsupportedCommands(device, device.receiver)
        self.unsupported.is_told = tells_of_unsupported
        device.contingency_key = self.contingency.of
        device.serve(self.handlers)

    @property
    def handlers(self) -> Mapping[int, Callable[[Accepted], bytes]]:
        handlers: dict[int, Callable[[Accepted], bytes]] = {
            credential_details.CODE: self.details.answer,
            **dict.fromkeys(update_codes(self.device_type), self.updates.answer),
            **self.joins.handlers,
        }
        if self.device_type in _KNOWS_LOAD_CONTROLLER:
            handlers[DETAILS_WITH_LOAD_CONTROLLER] = self.details.answer
        if self.device_type in _RENEWS_KEYS:
            handlers |= self.own_keys.handlers
        return handlers

    def empty_cells(self) -> tuple[CellName, ...]:
        """Cells of this type that hold nothing: none, once a device has been installed."""
        held = self._device.credentials.anchors.cells
        return tuple(name for name in CELLS[self.device_type] if name not in held)
