"""Which trust anchor cells each type of device has, and which replacements it therefore takes.

Read from national messages where they show a device's cells (a meter's broker cell is for key
agreement alone, a hub's has both; a root's signs certificates); inferred for the others (pki
digest 4). Before a device is handed over, cells of supplier and network operator hold the
broker's certificates, so that none is ever empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assay.gbcs.authority import BY_CONTINGENCY
from assay.gbcs.trust_anchors import CellKey, CellName, Role
from rigs.devices.device_type import DeviceType

_SIGNATURE = (CellKey.SIGNATURE,)
_AGREEMENT = (CellKey.AGREEMENT,)
_BOTH = (CellKey.SIGNATURE, CellKey.AGREEMENT)
_ALL = (*_BOTH, CellKey.TOP_UP)


def _cells(held: Mapping[Role, tuple[CellKey, ...]]) -> tuple[CellName, ...]:
    return tuple(CellName(role, key) for role, keys in held.items() for key in keys)


_DCC = {Role.ROOT: _SIGNATURE, Role.RECOVERY: _SIGNATURE, Role.TRANSITIONAL_COS: _SIGNATURE}
_AT_METER = {**_DCC, Role.ACCESS_CONTROL_BROKER: _AGREEMENT}
_METER = {**_AT_METER, Role.SUPPLIER: _ALL, Role.NETWORK_OPERATOR: _BOTH}
_CONTROLLED = {Role.LOAD_CONTROLLER: _BOTH}
_HUB = {**_DCC, Role.ACCESS_CONTROL_BROKER: _BOTH, Role.WAN_PROVIDER: _SIGNATURE}
_DISPLAY = {
    Role.ROOT: _SIGNATURE,
    Role.RECOVERY: _SIGNATURE,
    Role.ACCESS_CONTROL_BROKER: _BOTH,
}

CELLS: Mapping[DeviceType, tuple[CellName, ...]] = {
    DeviceType.ESME: _cells({**_METER, **_CONTROLLED}),
    DeviceType.GSME: _cells(_METER),
    DeviceType.GPF: _cells(_METER),
    DeviceType.HCALCS: _cells({**_AT_METER, Role.SUPPLIER: _BOTH}),
    DeviceType.SAPC: _cells({**_AT_METER, Role.SUPPLIER: _BOTH, **_CONTROLLED}),
    DeviceType.CHF: _cells(_HUB),
    DeviceType.PPMID: _cells(_DISPLAY),
    DeviceType.TYPE_2: (),
}
"""A device that lacks the load controller's cells is one of before GBCS 4; it answers for the
cells that it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacementMode:
    """One mode of CS02b or CS02g: whose signature or MAC, and whose cells may be replaced.

    `names_cell`: the command says by which cell it is authorised.
    """

    name: str
    authorising: Role
    targets: frozenset[Role]
    names_cell: bool = True


_EVERYTHING = frozenset(Role)


def _by(name: str, authorising: Role, *targets: Role, names_cell: bool = True) -> ReplacementMode:
    return ReplacementMode(
        name=name,
        authorising=authorising,
        targets=frozenset(targets) if targets else _EVERYTHING,
        names_cell=names_cell,
    )


MODES: Mapping[int, ReplacementMode] = {
    0x0100: _by("rootBySupplier", Role.SUPPLIER, Role.ROOT),
    0x0101: _by("rootByWanProvider", Role.WAN_PROVIDER, Role.ROOT),
    0x0102: _by("supplierBySupplier", Role.SUPPLIER, Role.SUPPLIER),
    0x0103: _by("networkOperatorByNetworkOperator", Role.NETWORK_OPERATOR, Role.NETWORK_OPERATOR),
    0x0104: _by(
        "accessControlBrokerByACB",
        Role.ACCESS_CONTROL_BROKER,
        Role.ACCESS_CONTROL_BROKER,
        names_cell=False,
    ),
    0x0105: _by("wanProviderByWanProvider", Role.WAN_PROVIDER, Role.WAN_PROVIDER),
    0x0106: _by("transCoSByTransCoS", Role.TRANSITIONAL_COS, Role.TRANSITIONAL_COS),
    0x0107: _by("supplierByTransCoS", Role.TRANSITIONAL_COS, Role.SUPPLIER),
    0x0108: _by("anyExceptAbnormalRootByRecovery", Role.RECOVERY),
    BY_CONTINGENCY: _by("anyByContingency", Role.ROOT),
    0x0125: _by("loadControllerByLoadController", Role.LOAD_CONTROLLER, Role.LOAD_CONTROLLER),
    0x0126: _by("loadControllerBySupplier", Role.SUPPLIER, Role.LOAD_CONTROLLER),
}
"""By message code. Whom a mode is named for, it is authorised by."""


def update_codes(device_type: DeviceType) -> tuple[int, ...]:
    """The replacements that a type of device takes: those of cells that it has."""
    roles = {cell.role for cell in CELLS[device_type]}
    return tuple(
        code
        for code, mode in MODES.items()
        if mode.authorising in roles and (mode.targets is _EVERYTHING or mode.targets <= roles)
    )
