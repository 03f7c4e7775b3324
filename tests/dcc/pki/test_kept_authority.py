"""An authority that is kept: a server that comes back is the one that its clients know."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assay.dcc.pki.dccki import Dccki
from assay.dcc.pki.iki import Iki, IkiService
from tests.dcc.pki.parties import SUPPLIER_EUI

NOW = datetime.now(UTC)


def started(folder: Path, *, later: timedelta = timedelta(0), is_kept: bool = True) -> Dccki:
    dccki = Dccki(folder, now=lambda: NOW + later, is_kept=is_kept)
    dccki.user(SUPPLIER_EUI, "Supplier")
    dccki.server()
    return dccki


def serials(dccki: Dccki) -> list[int]:
    files = (dccki.user(SUPPLIER_EUI, "Supplier"), dccki.server())
    return [dccki.root.serial_number, *(one.load().serial_number for one in files)]


def test_the_next_start_takes_up_what_is_there(tmp_path: Path) -> None:
    assert serials(started(tmp_path)) == serials(started(tmp_path, later=timedelta(days=600)))


def test_one_that_is_not_kept_is_new_each_time(tmp_path: Path) -> None:
    first = serials(started(tmp_path, is_kept=False))
    assert not set(first) & set(serials(started(tmp_path, is_kept=False)))


def test_what_ends_within_thirty_days_is_made_anew(tmp_path: Path) -> None:
    first = serials(started(tmp_path))
    assert not set(first) & set(serials(started(tmp_path, later=timedelta(days=710))))


@pytest.mark.parametrize("name", ["dccki-root.key", "dccki-issuing.pem", "dccki-issuing.key"])
@pytest.mark.parametrize("content", [None, b"", b"no PEM"])
def test_a_damaged_authority_is_made_anew_and_what_it_issued_too(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    first = serials(started(tmp_path))
    (tmp_path / name).unlink() if content is None else (tmp_path / name).write_bytes(content)
    assert not set(first) & set(serials(started(tmp_path)))


def test_a_damaged_identity_alone_is_made_anew(tmp_path: Path) -> None:
    first = started(tmp_path)
    before = serials(first)
    first.server().key.write_bytes(b"no PEM")
    after = serials(started(tmp_path))
    assert after[:2] == before[:2]
    assert after[2] != before[2]


def test_keys_are_the_owners_alone(tmp_path: Path) -> None:
    started(tmp_path)
    keys = list(tmp_path.glob("*.key"))
    assert len(keys) == 4
    assert {path.stat().st_mode & 0o777 for path in keys} == {0o600}


def test_an_iki_knows_again_whom_it_enrolled(tmp_path: Path) -> None:
    def enrolled() -> tuple[Iki, int]:
        iki = Iki(tmp_path, is_kept=True)
        files = iki.enrol(IkiService.PORTAL, trading_name="Supplier", role=2, system_name="desk")
        return iki, files.load().serial_number

    (_, first), (iki, second) = enrolled(), enrolled()
    assert first == second
    certificate = iki.certificate(second)
    assert certificate is not None
    assert iki.holder_of(certificate) is not None
