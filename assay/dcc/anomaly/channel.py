"""The user's side of the out-of-band channel: signing files, dropping them, reading notices."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from assay.dcc.anomaly.desk import NOTICE_COLUMNS
from assay.dcc.anomaly.files import DECISION_COLUMNS, Decision, Kind, read_decisions
from assay.dcc.pki.file_signing import SUFFIX, sign_file
from assay.dcc.strict_csv import Cells, read_rows, write_rows


class SigningKeyError(ValueError):
    """A key or certificate file that no file can be signed with."""


@dataclass(frozen=True, slots=True)
class FileSigner:
    key: rsa.RSAPrivateKey
    certificate: x509.Certificate

    @classmethod
    def load(cls, key: Path, certificate: Path) -> FileSigner:
        """PEM files; SigningKeyError for anything but an RSA key and its certificate."""
        try:
            private_key = load_pem_private_key(key.read_bytes(), None)
            loaded = x509.load_pem_x509_certificate(certificate.read_bytes())
        except (ValueError, TypeError) as error:
            raise SigningKeyError(f"{key}, {certificate}: {error}") from error
        if not isinstance(private_key, rsa.RSAPrivateKey):
            raise SigningKeyError(f"{key}: expected an RSA key, seen another")
        if private_key.public_key() != loaded.public_key():
            raise SigningKeyError(f"{certificate}: expected the certificate of {key}")
        return cls(private_key, loaded)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldNotice:
    """A notice of quarantine as it was written, cells by column."""

    event: int
    cells: Sequence[str]


def submit(folder: Path, name: str, octets: bytes, signer: FileSigner) -> None:
    """Into the desk's inbox, the signature first: the file is read when both are there."""
    inbox = folder / "inbox"
    signature = sign_file(name, octets, signer.key, signer.certificate)
    for file_name, content in ((f"{name}{SUFFIX}", signature), (name, octets)):
        unfinished = inbox / f"{file_name}.part"
        unfinished.write_bytes(content)
        unfinished.replace(inbox / file_name)


def submit_decisions(
    folder: Path, events: Iterable[int], decision: Decision, signer: FileSigner, at: datetime
) -> str:
    """The name of the file."""
    rows = [(str(event), decision.value) for event in events]
    name = f"{Kind.QUARANTINE}-{decision}-{at.strftime('%Y%m%dT%H%M%S%f')}.csv"
    submit(folder, name, write_rows(DECISION_COLUMNS, rows), signer)
    return name


def undecided(folder: Path) -> list[HeldNotice]:
    """Notices of what is held, but for the events that an accepted file has decided."""
    decided = {
        one.event
        for path in (folder / "done").glob(f"{Kind.QUARANTINE}-*.csv")
        for one in read_decisions(path.name, path.read_bytes())
    }
    found = [
        notice
        for path in (folder / "notices").glob(f"{Kind.QUARANTINE}-*.csv")
        for notice in read_rows(path.name, path.read_bytes(), NOTICE_COLUMNS, _notice)
    ]
    open_ones = (notice for notice in found if notice.event not in decided)
    return sorted(open_ones, key=lambda notice: notice.event)


def response_to(folder: Path, name: str) -> list[list[str]] | None:
    """The rows that the desk answered with, header and end left out; None before it did."""
    path = folder / "responses" / f"{name.removesuffix('.csv')}.response.csv"
    if not path.exists():
        return None
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))[1:-1]


def _notice(cells: Cells) -> HeldNotice:
    event = cells.read("event", int, "a number")
    return HeldNotice(event=event, cells=tuple(cells[name] for name in NOTICE_COLUMNS))
