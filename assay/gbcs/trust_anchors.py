"""Trust anchor cells of a device, and the counters it keeps per party (GBCS digest 6, 9.2).

A cell is named by remote party role, key usage and cell usage; all cells are always
populated. Counters are per role, plus one for prepayment top-ups.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from assay.gbcs.certificates import RemotePartyRole
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import PublicKey

Role = RemotePartyRole
"""Cells and certificates name the same roles."""

ROLE_NAMES: dict[str, Role] = {
    "Supplier": Role.SUPPLIER,
    "Network Operator": Role.NETWORK_OPERATOR,
    "Access Control Broker": Role.ACCESS_CONTROL_BROKER,
    "Load Controller": Role.LOAD_CONTROLLER,
}
"""How the use-case table writes permitted roles."""


class CellKey(StrEnum):
    """Key usage and cell usage of a cell in one word."""

    SIGNATURE = "digital signature"
    AGREEMENT = "key agreement"
    TOP_UP = "key agreement for prepayment top-up"


@dataclass(frozen=True, slots=True)
class CellName:
    role: Role
    key: CellKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a cell holds: whose key, the key, and its certificate's key identifier (8 octets)."""

    eui: Eui64
    public_key: PublicKey
    subject_key_identifier: bytes


@dataclass(slots=True)
class TrustAnchors:
    """The cells and the counters of one device."""

    cells: dict[CellName, Cell] = field(default_factory=dict)
    counters: dict[Role, int] = field(default_factory=dict)
    prepayment_counter: int = 0

    def place(self, name: CellName, cell: Cell) -> None:
        self.cells[name] = cell
        self.counters.setdefault(name.role, 0)

    def roles_of(self, eui: Eui64) -> list[Role]:
        """The roles under which a party's credentials are held, in order of code."""
        return sorted({name.role for name, cell in self.cells.items() if cell.eui == eui})

    def cell(self, role: Role, key: CellKey) -> Cell | None:
        return self.cells.get(CellName(role, key))

    def holds(self, role: Role) -> list[tuple[CellKey, Cell]]:
        """The cells of a role, in order of key."""
        order = list(CellKey)
        found = [(n.key, cell) for n, cell in self.cells.items() if n.role is role]
        return sorted(found, key=lambda pair: order.index(pair[0]))
