"""The root replaced, with a link to the old one or, by contingency, without."""

from __future__ import annotations

from typing import Any

import pytest

from assay.gbcs.asn1 import codec
from assay.gbcs.asn1.credentials import cell_form
from assay.gbcs.authority import SIGNED
from assay.gbcs.certificates import CertificateView, build_issuing
from assay.gbcs.envelope import Cra
from assay.gbcs.identifiers import Eui64
from assay.gbcs.messages import command
from assay.gbcs.trust_anchors import CellKey, CellName, Role
from rigs.devices.security import contingency
from tests.rigs.security.kit import (
    DEVICE,
    SUPPLIER,
    Bench,
    Credential,
    Hierarchy,
    cells_of,
    fresh,
    hierarchy,
    new_key,
    statuses,
)

BY_SUPPLIER, BY_RECOVERY, BY_CONTINGENCY = 0x0100, 0x0108, 0x0109
ROOT = CellName(Role.ROOT, CellKey.SIGNATURE)
SIGNATURE = CellName(SUPPLIER, CellKey.SIGNATURE)
NOBODY = Eui64.from_text("70-B3-D5-1F-30-00-17-FF")
SYMMETRIC_KEY = bytes(range(32))


def link(new: Hierarchy) -> CertificateView:
    """The new root's key, certified by the old root."""
    root = new.root.certificate
    return build_issuing(
        root.public_key,
        issuer=hierarchy().root,
        common_name="Root new",
        serial=1 << 126,
        not_before=root.not_before,
        not_after=root.not_after,
    )


def as_credential(new: Hierarchy) -> Credential:
    return Credential(new.root.certificate, new.root.private_key)


@pytest.mark.parametrize("code", [BY_SUPPLIER, BY_RECOVERY])
def test_a_root_that_the_old_one_certified_takes_its_place(code: int) -> None:
    bench, new = Bench(), Hierarchy.build("new")
    answer = bench.send_update(code, {ROOT: as_credential(new)}, path=(link(new),))
    assert answer is not None
    value = codec.decode_message(answer).value
    assert statuses(value) == ["success"]
    entry = value["outcome"]["replacements"][0]
    assert entry["cell"] == {"role": "root", "key_usage": "keyCertSign"}
    assert entry["replacing_subject_id"] == "00-00-00-00-00-00-00-00"
    assert bench.holds(ROOT) == new.root.certificate.key_identifier


@pytest.mark.parametrize("code", [BY_SUPPLIER, BY_RECOVERY])
def test_a_root_without_a_link_to_the_old_one_is_not_believed(code: int) -> None:
    bench, new = Bench(), Hierarchy.build("new")
    before = bench.holds(ROOT)
    answer = bench.send_update(code, {ROOT: as_credential(new)}, path=())
    assert answer is not None
    assert statuses(codec.decode_message(answer).value) == ["noTrustAnchor"]
    assert bench.holds(ROOT) == before


def test_after_a_new_root_the_old_ones_certificates_have_no_path() -> None:
    bench, new = Bench(), Hierarchy.build("new")
    bench.send_update(BY_SUPPLIER, {ROOT: as_credential(new)}, path=(link(new),))
    answer = bench.send_update(0x0102, fresh(SIGNATURE))
    assert answer is not None
    assert statuses(codec.decode_message(answer).value) == ["noTrustAnchor"]


# By contingency.


def prepared() -> tuple[Bench, Any]:
    """A device whose root credential carries a wrapped key, and that key."""
    bench, key = Bench(), new_key()
    wrapped = contingency.wrap(key.public_key(), SYMMETRIC_KEY)
    bench.device.credentials.wrapped_contingency_key = wrapped
    return bench, key


def by_contingency(
    bench: Bench, key: Any, symmetric_key: bytes = SYMMETRIC_KEY, counter: int = 5000
) -> Any:
    new = Hierarchy.build("new")
    given = {
        ROOT: as_credential(new),
        **{name: new.issue(SUPPLIER, name.key) for name in cells_of(SUPPLIER)},
    }
    value = bench.update(
        BY_CONTINGENCY,
        given,
        counter=counter,
        authorised_by=ROOT,
        path=(new.issuing.certificate,),
        plaintext_symmetric_key=symmetric_key.hex(),
        new_floor_counter=1,
    )
    octets = command(
        message_code=BY_CONTINGENCY,
        originator=NOBODY,
        recipient=DEVICE,
        counter=counter,
        payload=codec.build(BY_CONTINGENCY, Cra.COMMAND, value),
    )
    bench.held[CellName(Role.ROOT, CellKey.SIGNATURE)] = Credential(new.root.certificate, key)
    return bench.answer(bench.protect(octets, Role.ROOT, SIGNED)), given


def test_contingency_replaces_the_root_and_what_hangs_on_the_new_one() -> None:
    bench, key = prepared()
    answer, given = by_contingency(bench, key)
    assert answer is not None
    assert answer.recipient == NOBODY
    value = codec.decode_message(answer).value
    assert statuses(value) == ["success"] * 4
    assert value["outcome"]["counter_changes"] == [{"role": "root", "floor_counter": 1}]
    for name, credential in given.items():
        assert bench.holds(name) == credential.certificate.key_identifier
    assert bench.device.credentials.anchors.counters[Role.ROOT] == 1


@pytest.mark.parametrize("symmetric_key", [bytes(32), bytes(16), bytes(5)])
def test_contingency_without_the_right_symmetric_key_is_refused(symmetric_key: bytes) -> None:
    bench, key = prepared()
    before = dict(bench.cells)
    answer, _ = by_contingency(bench, key, symmetric_key)
    assert answer is None
    assert bench.cells == before
    assert bench.logged() == (0x8F3D,)


def test_contingency_signed_with_another_key_is_refused() -> None:
    bench, _ = prepared()
    assert by_contingency(bench, new_key())[0] is None


def test_a_device_without_a_wrapped_key_knows_no_contingency() -> None:
    assert by_contingency(Bench(), new_key())[0] is None


def test_contingency_is_not_obeyed_twice() -> None:
    bench, key = prepared()
    bench.device.credentials.anchors.counters[Role.ROOT] = 5000
    assert by_contingency(bench, key)[0] is None
    assert bench.logged() == (0x8F53,)


def test_the_cell_of_the_root_is_named_by_what_it_signs() -> None:
    assert cell_form(ROOT)["key_usage"] == "keyCertSign"
