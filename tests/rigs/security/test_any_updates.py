"""Whatever parties replace, no cell is ever empty, and cells, keys and parties go together."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from assay.gbcs.asn1 import codec
from assay.gbcs.certificates import CertificateKind, subject_key_identifier
from assay.gbcs.identifiers import Eui64
from assay.gbcs.trust_anchors import CellKey, CellName, Role
from rigs.devices.security import CELLS, MODES
from tests.rigs.security.kit import (
    NETWORK,
    OTHER_SUPPLIER,
    SUPPLIER,
    Bench,
    Credential,
    Hierarchy,
    cells_of,
    hierarchy,
)

CODES = (0x0102, 0x0103, 0x0104, 0x0106, 0x0107, 0x0108, 0x0125, 0x0126)
PARTIES = (None, OTHER_SUPPLIER)
REPLACEABLE = [name for name in CELLS[Bench().device_type] if name.role is not Role.ROOT]


@cache
def candidates(name: CellName, eui: Eui64 | None, sound: bool) -> tuple[Credential, Credential]:
    """Certificates for a cell, made once: drawing is about which, not about making."""
    issuer = hierarchy() if sound else _unknown()
    return issuer.issue(name.role, name.key, eui), issuer.issue(name.role, name.key, eui)


@cache
def _unknown() -> Hierarchy:
    return Hierarchy.build("unknown")


class AnyUpdates(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.bench = Bench()

    @rule(
        code=st.sampled_from(CODES),
        names=st.sets(st.sampled_from(REPLACEABLE), min_size=1, max_size=4),
        whole_role=st.booleans(),
        eui=st.sampled_from(PARTIES),
        number=st.integers(0, 1),
        sound=st.integers(0, 4),
        delay=st.sampled_from([None, timedelta(hours=1)]),
        floor=st.sampled_from([None, 0]),
    )
    def update(
        self,
        code: int,
        names: set[CellName],
        whole_role: bool,
        eui: Eui64 | None,
        number: int,
        sound: int,
        delay: timedelta | None,
        floor: int | None,
    ) -> None:
        bench, mode = self.bench, MODES[code]
        if whole_role:
            role = min(mode.targets) if len(mode.targets) == 1 else SUPPLIER
            names = set(cells_of(role))
        new = {name: candidates(name, eui, sound > 0)[number] for name in sorted(names, key=str)}
        at = bench.clock.now() + delay if delay is not None else None
        control: dict[str, Any] = {} if floor is None else {"new_floor_counter": floor}
        before = bench.state()
        answer = bench.send_update(code, new, at=at, **control)
        if answer is None or at is not None:
            assert bench.state()[0] == before[0]
            return
        outcome = codec.decode_message(answer).value["outcome"]
        if any(one["status"] != "success" for one in outcome["replacements"]):
            assert bench.state()[0] == before[0]
            return
        for name, credential in new.items():
            assert bench.holds(name) == credential.certificate.key_identifier
        # The parties learn of their new keys; who lost its place keeps commanding with the old.
        bench.held |= new

    @rule(hours=st.integers(1, 3))
    def wait(self, hours: int) -> None:
        self.bench.pass_time(timedelta(hours=hours))

    @invariant()
    def every_cell_is_populated(self) -> None:
        assert self.bench.security.empty_cells() == ()

    @invariant()
    def a_role_is_of_one_party(self) -> None:
        for role in Role:
            held = {self.bench.cells[name].eui for name in cells_of(role)}
            assert len(held) <= 1

    @invariant()
    def keys_and_identifiers_go_together(self) -> None:
        for cell in self.bench.cells.values():
            assert cell.subject_key_identifier == subject_key_identifier(cell.public_key)

    @invariant()
    def every_party_of_a_cell_shares_a_secret(self) -> None:
        credentials = self.bench.device.credentials
        for role in (SUPPLIER, NETWORK, Role.ACCESS_CONTROL_BROKER, Role.LOAD_CONTROLLER):
            party = credentials.party(role)
            assert party is not None
            assert credentials.secret_with(party) is not None

    @invariant()
    def the_root_stays(self) -> None:
        root = hierarchy().root.certificate
        assert root.kind is CertificateKind.ROOT
        assert self.bench.holds(CellName(Role.ROOT, CellKey.SIGNATURE)) == root.key_identifier


AnyUpdates.TestCase.settings = settings(max_examples=15, stateful_step_count=12, deadline=None)
TestAnyUpdates = AnyUpdates.TestCase
