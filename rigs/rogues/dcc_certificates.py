"""A DCC whose certificate services issue, find or believe what they should not.

As in `rigs.rogues.dcc`, none of it is under test: a party that passes SREPT must notice.
"""

from __future__ import annotations

from typing import Protocol

from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.DCC)


class CertificateServices(Protocol):
    """What a rogue tells the services to do wrongly."""

    def issue_for_another_key(self) -> None: ...

    def find_nothing_new(self) -> None: ...

    def issue_for_signing_alone(self) -> None: ...

    def refuse_top_up(self) -> None: ...

    def look_at_nothing_at_once(self) -> None: ...

    def approve_anybody(self) -> None: ...

    def replace_with_the_former(self) -> None: ...

    def replace_for_strangers(self) -> None: ...

    def call_all_bad_requests(self) -> None: ...

    def admit_every_service(self) -> None: ...

    def admit_every_api_key(self) -> None: ...

    def answer_with_the_first_lodged(self) -> None: ...

    def list_nobody(self) -> None: ...

    def sign_lists_wrongly(self) -> None: ...

    def keep_status_of_revoked(self) -> None: ...

    def believe_revoked(self) -> None: ...


class CertifyingDcc(Protocol):
    @property
    def smki(self) -> CertificateServices: ...


@rogue(
    "dcc-certificates-other-key",
    "Issues certificates of a key that nobody asked for",
    requirement="SREPT-S04",
    severity=Severity.CRITICAL,
    deviation="An organisation's certificate has a public key that the DCC has made.",
)
def issues_for_another_key(dcc: CertifyingDcc) -> None:
    dcc.smki.issue_for_another_key()


@rogue(
    "dcc-certificates-not-lodged",
    "Issues certificates that nobody finds",
    requirement="SREPT-S04",
    severity=Severity.MAJOR,
    deviation="What is issued is not lodged in the repository.",
)
def lodges_nothing(dcc: CertifyingDcc) -> None:
    dcc.smki.find_nothing_new()


@rogue(
    "dcc-certificates-signing-alone",
    "Issues nothing but signing certificates",
    requirement="SREPT-S05",
    severity=Severity.CRITICAL,
    deviation="Whatever usage is asked for, the certificate is for digital signature.",
)
def issues_for_signing_alone(dcc: CertifyingDcc) -> None:
    dcc.smki.issue_for_signing_alone()


@rogue(
    "dcc-certificates-no-top-up",
    "Refuses a supplier's second key agreement certificate",
    requirement="SREPT-S06",
    severity=Severity.MAJOR,
    deviation="A request for key agreement for prepayment top-up is rejected.",
)
def refuses_top_up(dcc: CertifyingDcc) -> None:
    dcc.smki.refuse_top_up()


@rogue(
    "dcc-certificates-looks-at-nothing",
    "Accepts what is no request",
    requirement="SREPT-S07",
    severity=Severity.MAJOR,
    deviation="Format and signature of a request are not looked at before it is accepted.",
)
def looks_at_nothing(dcc: CertifyingDcc) -> None:
    dcc.smki.look_at_nothing_at_once()


@rogue(
    "dcc-certificates-approves-anybody",
    "Issues a certificate in another party's name",
    requirement="SREPT-S08",
    severity=Severity.CRITICAL,
    deviation="Whether the EUI-64 is that of the party which asks is not looked at.",
)
def approves_anybody(dcc: CertifyingDcc) -> None:
    dcc.smki.approve_anybody()


@rogue(
    "dcc-certificates-answers-with-former",
    "Answers a device request with the certificate that is there",
    requirement="SREPT-S10",
    severity=Severity.MAJOR,
    deviation="The web service returns the first certificate of device and usage.",
)
def answers_with_the_former(dcc: CertifyingDcc) -> None:
    dcc.smki.replace_with_the_former()


@rogue(
    "dcc-certificates-device-unknown",
    "Issues to a device that it has never heard of",
    requirement="SREPT-S11",
    severity=Severity.CRITICAL,
    deviation="The web service wants no earlier certificate of the device.",
)
def issues_to_strangers(dcc: CertifyingDcc) -> None:
    dcc.smki.replace_for_strangers()


@rogue(
    "dcc-certificates-all-bad-requests",
    "Blames the request for a document that is none",
    requirement="SREPT-S16",
    severity=Severity.MINOR,
    deviation="What is no XML is answered with CSR_ERROR and a code CR.",
)
def calls_all_bad_requests(dcc: CertifyingDcc) -> None:
    dcc.smki.call_all_bad_requests()


@rogue(
    "dcc-certificates-admits-every-service",
    "Lets a certificate of one service into another",
    requirement="SREPT-S03",
    severity=Severity.CRITICAL,
    deviation="What an infrastructure certificate was issued for is not looked at.",
)
def admits_every_service(dcc: CertifyingDcc) -> None:
    dcc.smki.admit_every_service()


@rogue(
    "dcc-certificates-admits-every-api-key",
    "Answers whoever asks the repository",
    requirement="SREPT-S20",
    severity=Severity.MINOR,
    deviation="The API key of a query is not looked at.",
)
def admits_every_api_key(dcc: CertifyingDcc) -> None:
    dcc.smki.admit_every_api_key()


@rogue(
    "dcc-certificates-first-lodged",
    "Answers every retrieval with one certificate",
    requirement="SREPT-S20",
    severity=Severity.MAJOR,
    deviation="By serial number the repository returns the certificate that was lodged first.",
)
def answers_with_first_lodged(dcc: CertifyingDcc) -> None:
    dcc.smki.answer_with_the_first_lodged()


@rogue(
    "dcc-certificates-empty-list",
    "Publishes an empty revocation list",
    requirement="SREPT-S17",
    severity=Severity.CRITICAL,
    deviation="No certificate is on the list, revoked or not.",
)
def lists_nobody(dcc: CertifyingDcc) -> None:
    dcc.smki.list_nobody()


@rogue(
    "dcc-certificates-list-signature",
    "Publishes a revocation list that does not verify",
    requirement="SREPT-S17",
    severity=Severity.MAJOR,
    deviation="The last octet of the list's signature is changed.",
)
def signs_lists_wrongly(dcc: CertifyingDcc) -> None:
    dcc.smki.sign_lists_wrongly()


@rogue(
    "dcc-certificates-status-of-revoked",
    "Shows a revoked certificate as in use",
    requirement="SREPT-S24",
    severity=Severity.MAJOR,
    deviation="A revocation does not reach the repository.",
)
def keeps_status_of_revoked(dcc: CertifyingDcc) -> None:
    dcc.smki.keep_status_of_revoked()


@rogue(
    "dcc-certificates-believes-revoked",
    "Carries out what was signed under a revoked certificate",
    requirement="SREPT-S24",
    severity=Severity.CRITICAL,
    deviation="A certificate on the revocation list counts as valid.",
)
def believes_revoked(dcc: CertifyingDcc) -> None:
    dcc.smki.believe_revoked()
