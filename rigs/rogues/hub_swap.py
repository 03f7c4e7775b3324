"""Hubs and gas proxies that fail when they take the place of others."""

from __future__ import annotations

from collections.abc import Iterable

from assay.gbcs.identifiers import Eui64
from rigs.devices.hub import VirtualHub as Hub
from rigs.devices.hub.device_log import DeviceLogFullError, LogEntry
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.HUB)
proxy_rogue = planter(Subject.GAS_PROXY)


@rogue(
    "hub-restores-nothing",
    "Acknowledges a device log and does not take it",
    requirement="SMETS-C-002",
    severity=Severity.MAJOR,
    deviation="A log that is restored is answered with success and stays empty.",
)
def restores_nothing(hub: Hub) -> None:
    def restore(network_id: Eui64, entries: Iterable[LogEntry]) -> None:
        del network_id, entries

    hub.restore = restore  # type: ignore[method-assign]


@rogue(
    "hub-refuses-restored-log",
    "Has no room for the log of another hub",
    requirement="SMETS-C-002",
    severity=Severity.MAJOR,
    deviation="No log can be restored.",
)
def refuses_restored_log(hub: Hub) -> None:
    def restore(network_id: Eui64, entries: Iterable[LogEntry]) -> None:
        raise DeviceLogFullError(f"{network_id}: no room for {len(list(entries))}")

    hub.restore = restore  # type: ignore[method-assign]


@rogue(
    "hub-knows-no-former-key",
    "Lets nobody of a restored log in",
    requirement="SMETS-C-002",
    severity=Severity.MAJOR,
    deviation="The key that a device had at the old hub proves nothing at the new one.",
)
def knows_no_former_key(hub: Hub) -> None:
    hub.joining.is_former_key = lambda _key, _hash: False
