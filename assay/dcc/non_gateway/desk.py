"""The file drop: signed service requests in, an acknowledgement and a DUIS Response to each.

Below `folder`: `inbox` takes documents; `taken` has the one being worked on; `responses` has what
was answered; `done` and `refused` keep what was read; `mailboxes` has a folder for each party,
with the responses and alerts that came later. What is accepted here goes through the checks of
the DSP like any request: this desk only decides who may use this door, and for what.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from assay.clock import Clock, Timer
from assay.dcc.access import COMMAND_VARIANTS
from assay.dcc.audit import Audit, Direction
from assay.dcc.dsp.door import Door
from assay.dcc.dsp.processor import Dsp
from assay.dcc.dsp.reading import ReceivedRequest, RemoteUnanswerableError, read_request
from assay.dcc.non_gateway.mailbox import write_whole
from assay.dcc.registration import Registration, User
from assay.dcc.store import BookForm, Store
from assay.dcc.strict_csv import write_rows
from assay.duis.catalogue import UserRole
from assay.duis.document import MAX_DOCUMENT_SIZE
from assay.duis.errors import RemoteDocumentError
from assay.gbcs.certificates import CertificateView, RemotePartyRole
from assay.gbcs.identifiers import Eui64

COLUMNS = ("outcome", "request_id", "service", "detail")
FOLDERS = ("inbox", "taken", "responses", "done", "refused", "mailboxes")

VARIANTS = frozenset(("6.15.1", "6.21", "6.23", "6.24.1", "7.1", "7.2", "7.3", "7.4"))
"""Credentials placed, taken over and read; supply enabled, disabled, armed and read (inferred
from *emergency/critical credential actions*, duis.md 17)."""

ROLES = frozenset((UserRole.IMPORT_SUPPLIER, UserRole.GAS_SUPPLIER))
"""In which a party may act here; for which device is the registration data's to say."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.xml")


class RemoteDropError(Exception):
    """A file that may not come this way: what was expected, what was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplier:
    """A party that has used this door: it is known again after a restart."""

    eui: Eui64


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredDocument:
    """By the digest of the document: dropped again, it is answered the same and done no more."""

    digest: str
    answer: bytes


SUPPLIERS = BookForm(
    name="non_gateway_supplier",
    record=Supplier,
    key=lambda supplier: supplier.eui.hex(),
    parts=(Supplier,),
)
ANSWERED = BookForm(
    name="non_gateway_document",
    record=AnsweredDocument,
    key=lambda document: document.digest,
    parts=(AnsweredDocument,),
)


@dataclass(slots=True, kw_only=True)
class NonGatewayDesk:
    """Looks into the inbox every `interval`. All calls on the loop's thread."""

    folder: Path
    clock: Clock
    store: Store
    dsp: Dsp
    registration: Registration
    audit: Audit
    interval: timedelta = timedelta(minutes=1)
    _timer: Timer | None = field(default=None, init=False)

    def start(self) -> None:
        """Before the DSP resumes: what it holds may be for a supplier of this door."""
        for name in FOLDERS:
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        for supplier in self.store.book(SUPPLIERS).find():
            if self._is_open_to(supplier.eui):
                self._admit(supplier.eui)
        self._wait()

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def run(self) -> None:
        """What a crash left half done, then the inbox, by name."""
        for path in sorted((self.folder / "taken").glob("*.xml")):
            self._work_on(path)
        for path in sorted((self.folder / "inbox").glob("*.xml")):
            # From here on its sender cannot change it.
            self._work_on(path.replace(self.folder / "taken" / path.name))

    def receive(self, document: bytes) -> tuple[ReceivedRequest, bytes]:
        """What was asked, and the signed DUIS Response.

        Raises:
            RemoteDropError: not for this door; nothing has changed.
        """
        try:
            received = read_request(document, self.dsp.books.trust)
        except (RemoteDocumentError, RemoteUnanswerableError) as error:
            raise RemoteDropError(str(error)) from error
        party = self._check(received)
        if received.request is None:  # `_check` has refused it
            raise RemoteDropError("expected a request")
        service = COMMAND_VARIANTS[received.request.command_variant].service
        digest = hashlib.sha256(document).hexdigest()
        with self.store.transaction():
            answered = self.store.book(ANSWERED).get(digest)
            if answered is not None:
                return received, answered.answer
            self._admit(party)
            self.store.book(SUPPLIERS).put(Supplier(eui=party))
            answer = self.dsp.handle(service, document, door=Door.NON_GATEWAY)
            self.store.book(ANSWERED).put(AnsweredDocument(digest=digest, answer=answer))
        return received, answer

    def _check(self, received: ReceivedRequest) -> Eui64:
        """Whose it is. The DSP checks again; here nobody may become known by another's word."""
        request = received.request
        if request is None:
            raise RemoteDropError(f"expected a valid request: {received.schema_problem}")
        if received.signer is None:
            raise RemoteDropError(f"expected a valid signature: {received.signature_problem}")
        party = received.request_id.originator
        self._check_signer(party, received.signer)
        if not self._is_open_to(party):
            raise RemoteDropError(f"expected a supplier that is no live user: {party} is one")
        if received.srv not in VARIANTS:
            allowed = ", ".join(sorted(VARIANTS))
            raise RemoteDropError(f"expected one of {allowed}, seen {received.srv}")
        row = COMMAND_VARIANTS.get(request.command_variant)
        if row is None or row.to_user:
            raise RemoteDropError(
                f"expected command variant 1, 4 or 5, seen {request.command_variant}"
            )
        return party

    def _check_signer(self, party: Eui64, signer: CertificateView) -> None:
        """A supplier of the SMKI, under its own XML signing certificate."""
        trust = self.dsp.books.trust
        if signer.eui != party or signer.role != RemotePartyRole.XML_SIGNING:
            raise RemoteDropError(
                f"expected the XML signing certificate of {party}, seen {signer.subject}"
            )
        problem = trust.problem_of(signer)
        if problem is not None:
            raise RemoteDropError(problem)
        held = trust.signing_certificates(party, RemotePartyRole.SUPPLIER)
        if all(trust.problem_of(certificate) is not None for certificate in held):
            raise RemoteDropError(f"expected a supplier's certificate of {party}, seen none")

    def _is_open_to(self, party: Eui64) -> bool:
        user = self.registration.user(party)
        return user is None or user.is_non_gateway or not user.is_live

    def _admit(self, party: Eui64) -> None:
        """Known to the DSP from now on, but at the gateway no user."""
        known = self.registration.user(party)
        user = known if known is not None else User(name=str(party), eui=party, roles=ROLES)
        mailbox = (self.folder / "mailboxes" / party.hyphenated).absolute()
        self.registration.add_user(
            replace(user, roles=ROLES, is_non_gateway=True, receive_url=mailbox.as_uri())
        )

    def _wait(self) -> None:
        self._timer = self.clock.call_later(self.interval, self._turn)

    def _turn(self) -> None:
        self._wait()
        self.run()

    def _work_on(self, path: Path) -> None:
        try:
            document = _read(path)
            received, answer = self.receive(document)
        except RemoteDropError as error:
            self._acknowledge(path, "refused", ("refused", "", "", str(error)))
            return
        write_whole(self.folder / "responses" / f"{path.stem}.response.xml", answer)
        detail = f"answered in {path.stem}.response.xml"
        row = ("accepted", str(received.request_id), received.srv, detail)
        self._acknowledge(path, "done", row, received.request_id.originator)

    def _acknowledge(
        self, path: Path, place: str, row: tuple[str, ...], party: Eui64 | None = None
    ) -> None:
        """The answer first: a file that is seen again after a crash is answered again."""
        octets = write_rows(COLUMNS, [row])
        write_whole(self.folder / "responses" / f"{path.stem}.acknowledgement.csv", octets)
        path.replace(self.folder / place / path.name)
        note = f"{path.name}: {row[0]}: {row[-1]}"
        self.audit.record(Direction.INSIDE, "non-gateway file", party=party, note=note)


def _read(path: Path) -> bytes:
    if _NAME.fullmatch(path.name) is None:
        raise RemoteDropError(f"name: expected letters, digits, . _ - and .xml, seen {path.name!r}")
    if path.is_symlink() or not path.is_file():
        raise RemoteDropError("expected a plain file")
    size = path.stat().st_size
    if size > MAX_DOCUMENT_SIZE:
        raise RemoteDropError(f"expected at most {MAX_DOCUMENT_SIZE} octets, seen {size}")
    return path.read_bytes()
