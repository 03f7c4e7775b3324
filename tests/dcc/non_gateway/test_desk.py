"""The Non-Gateway Interface: suppliers who are not yet users drop signed requests as files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from assay.dcc.inventory import DeviceStatus
from assay.dcc.non_gateway.desk import NonGatewayDesk
from assay.dcc.pki.bench_keys import (
    TRANSITIONAL_COS,
    BenchKeys,
    dcc_parties,
    import_supplier,
    network_operator,
    set_up,
)
from assay.dcc.registration import MeteringPoint
from assay.dcc.store import Store, open_store
from assay.duis.catalogue import UserRole
from assay.duis.requests import Request
from assay.duis.responses import PreCommand, Response, parse_response
from assay.duis.signature import verify
from assay.gbcs.certificates import RemotePartyRole
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyUsage
from tests.dcc.bench import DspBench
from tests.dcc.dsp.device_answers import replaces
from tests.dcc.parties import (
    HUB,
    KEYED_PARTIES,
    METER,
    MPAN,
    OTHER_SUPPLIER,
    PPMID,
    PROXY,
    START,
    SUPPLIER,
    hub,
    meter,
)

NEWCOMER = Eui64.from_text("90-B3-D5-1F-30-0F-00-00")
"""A supplier of the SMKI that is no DCC User."""
STRANGE_OPERATOR = Eui64.from_text("90-B3-D5-1F-30-0F-00-01")
"""A network operator of the SMKI that is no DCC User."""
SUPPLIER_BY_COS = 0x0107
FLOOR = 1000
XXE = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    b'<sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway">&x;</sr:Request>'
)


@pytest.fixture(scope="module")
def keys() -> BenchKeys:
    newcomers = (
        import_supplier(NEWCOMER, "Newcomer"),
        network_operator(STRANGE_OPERATOR, "Operator without connection"),
    )
    return set_up(
        START,
        parties=[*dcc_parties(), *KEYED_PARTIES, *newcomers],
        devices=[METER, HUB, PROXY, PPMID],
    )


class Drop:
    """The desk of a bench's DCC, and what a party does with its folders."""

    def __init__(self, folder: Path, bench: DspBench) -> None:
        self.folder = folder
        self.bench = bench
        self.desk = NonGatewayDesk(
            folder=folder,
            clock=bench.clock,
            store=bench.dsp.books.store,
            dsp=bench.dsp,
            registration=bench.registration,
            audit=bench.audit,
        )
        self.desk.start()
        self.files = 0

    def put(self, document: bytes, name: str | None = None) -> dict[str, str]:
        """The acknowledgement, by column."""
        self.files += 1
        name = name if name is not None else f"request-{self.files}.xml"
        unfinished = self.folder / "inbox" / f"{name}.part"
        unfinished.write_bytes(document)
        unfinished.rename(self.folder / "inbox" / name)
        self.bench.clock.advance(self.desk.interval)
        return self.acknowledgement(Path(name).stem)

    def acknowledgement(self, stem: str) -> dict[str, str]:
        path = self.folder / "responses" / f"{stem}.acknowledgement.csv"
        with path.open(newline="") as file:
            return next(csv.DictReader(file))

    def response(self, stem: str | None = None) -> Response:
        """Of the last file unless told otherwise; its signature verified."""
        stem = stem if stem is not None else f"request-{self.files}"
        octets = (self.folder / "responses" / f"{stem}.response.xml").read_bytes()
        return parse_response(verify(octets, self.bench.keys.find_x509).content)

    def send(self, request: Request) -> Response:
        assert self.put(self.bench.signed(request))["outcome"] == "accepted"
        return self.response()

    def names(self, place: str) -> list[str]:
        return sorted(path.name for path in (self.folder / place).iterdir())


@pytest.fixture
def drop(tmp_path: Path, bench: DspBench) -> Iterator[Drop]:
    drop = Drop(tmp_path / "drop", bench)
    yield drop
    drop.desk.stop()


def register(bench: DspBench, party: Eui64 = NEWCOMER) -> None:
    """The change of supplier, as the registration data has it."""
    bench.registration.add_point(
        MeteringPoint(
            mpxn=MPAN, role=UserRole.IMPORT_SUPPLIER, party=party, start=START - timedelta(days=1)
        )
    )


def change_of_supplier(bench: DspBench, **header: Any) -> Request:
    def der(usage: KeyUsage) -> bytes:
        return bench.keys.credential(NEWCOMER, RemotePartyRole.SUPPLIER, usage).certificate.der

    body = {
        "SupplierFloorSeqNumber": 0,
        "SupplierReplacementCertificates": {
            "DigitalSigningCertificate": der(KeyUsage.DIGITAL_SIGNATURE),
            "KeyAgreementCertificate": der(KeyUsage.KEY_AGREEMENT),
        },
        "CertificationPathCertificates": {"Certificate": (bench.keys.organisation_issuing.der,)},
        "ApplyTimeBasedCPVChecks": True,
        "ImportMPxN": MPAN,
    }
    return bench.request("6.23", user=NEWCOMER, target=METER, body=body, **header)


def test_a_supplier_without_a_connection_places_its_credentials_after_a_change_of_supplier(
    drop: Drop, bench: DspBench
) -> None:
    register(bench)
    bench.premises.payloads[SUPPLIER_BY_COS] = replaces(SUPPLIER)
    response = drop.send(change_of_supplier(bench))
    assert response.response_code == "I99"
    bench.clock.advance(timedelta(seconds=10))
    (command,) = bench.premises.commands
    assert command.originator == TRANSITIONAL_COS
    assert len(bench.device_responses(NEWCOMER)) == 1


def test_a_critical_request_takes_two_files(drop: Drop, bench: DspBench) -> None:
    register(bench)
    request = bench.request("7.2", user=NEWCOMER)
    returned = drop.send(request)
    assert isinstance(returned.body, PreCommand)
    assert drop.send(bench.signed_pre_command(request, returned)).response_code == "I99"
    bench.clock.advance(timedelta(seconds=10))
    (command,) = bench.premises.commands
    assert command.originator == NEWCOMER


def test_an_answered_file_is_acknowledged_and_put_away(drop: Drop, bench: DspBench) -> None:
    register(bench)
    request = bench.request("7.4", user=NEWCOMER)
    acknowledgement = drop.put(bench.signed(request), "supply.xml")
    assert acknowledgement == {
        "outcome": "accepted",
        "request_id": str(request.request_id),
        "service": "7.4",
        "detail": "answered in supply.response.xml",
    }
    assert drop.names("inbox") == drop.names("taken") == drop.names("refused") == []
    assert drop.names("done") == ["supply.xml"]
    kinds = [entry.kind for entry in bench.audit.entries]
    assert {"request", "answer", "non-gateway file"} <= set(kinds)


def test_the_same_document_again_is_answered_the_same_and_done_no_more(
    drop: Drop, bench: DspBench
) -> None:
    register(bench)
    document = bench.signed(bench.request("7.4", user=NEWCOMER))
    drop.put(document, "first.xml")
    drop.put(document, "second.xml")
    bench.clock.advance(timedelta(seconds=10))
    assert len(bench.premises.commands) == 1
    answers = [drop.folder / "responses" / f"{name}.response.xml" for name in ("first", "second")]
    assert answers[0].read_bytes() == answers[1].read_bytes()


def test_another_document_under_a_used_request_id_is_refused(drop: Drop, bench: DspBench) -> None:
    register(bench)
    first = bench.request("7.4", user=NEWCOMER)
    drop.send(first)
    other = bench.request("7.4", user=NEWCOMER, counter=first.request_id.counter)
    bench.clock.advance(timedelta(seconds=10))
    assert drop.send(other).response_code == "E50"
    assert len(bench.premises.commands) == 1


def test_registration_says_for_which_meter(drop: Drop, bench: DspBench) -> None:
    assert drop.send(bench.request("7.4", user=NEWCOMER)).response_code == "E4"


def test_status_of_the_device_counts_as_at_the_gateway(drop: Drop, bench: DspBench) -> None:
    register(bench)
    bench.inventory.remove(METER)
    bench.inventory.enter(meter(DeviceStatus.WITHDRAWN))
    assert drop.send(bench.request("7.4", user=NEWCOMER)).response_code == "E5"


def test_the_gateway_stays_shut_for_it(drop: Drop, bench: DspBench) -> None:
    register(bench)
    assert bench.send(bench.request("7.4", user=NEWCOMER)).response_code == "E1"
    drop.send(bench.request("7.4", user=NEWCOMER))
    assert bench.send(bench.request("7.4", user=NEWCOMER)).response_code == "E3"
    assert not bench.registration.is_connection(NEWCOMER)


def test_a_user_that_is_not_live_yet_may_come_this_way(drop: Drop, bench: DspBench) -> None:
    user = bench.registration.user(OTHER_SUPPLIER)
    assert user is not None
    bench.registration.add_user(replace(user, is_live=False))
    register(bench, OTHER_SUPPLIER)
    assert drop.send(bench.request("7.4", user=OTHER_SUPPLIER)).response_code == "I99"


class TestRefused:
    """With a reason; nothing reaches a device, and nobody becomes known."""

    @pytest.fixture(autouse=True)
    def nothing_changes(self, drop: Drop, bench: DspBench) -> Iterator[None]:
        register(bench)
        yield
        bench.clock.advance(timedelta(seconds=10))
        assert bench.premises.commands == []
        assert bench.registration.user(NEWCOMER) is None
        assert drop.names("inbox") == drop.names("taken") == drop.names("done") == []
        assert len(drop.names("refused")) == 1
        assert bench.audit.entries[-1].kind == "non-gateway file"

    def test_a_live_user(self, drop: Drop, bench: DspBench) -> None:
        answer = drop.put(bench.signed(bench.request("7.4", user=SUPPLIER)))
        assert (answer["outcome"], answer["detail"].split(":")[0]) == (
            "refused",
            "expected a supplier that is no live user",
        )

    @pytest.mark.parametrize("srv", ["4.1.1", "6.11", "3.1"])
    def test_a_service_of_the_gateway(self, drop: Drop, bench: DspBench, srv: str) -> None:
        answer = drop.put(bench.signed(bench.request(srv, user=NEWCOMER)))
        assert answer["detail"].endswith(f"seen {srv}")

    def test_local_delivery(self, drop: Drop, bench: DspBench) -> None:
        request = bench.request("7.4", user=NEWCOMER, command_variant=3)
        assert "command variant" in drop.put(bench.signed(request))["detail"]

    def test_anothers_signature(self, drop: Drop, bench: DspBench) -> None:
        signer = bench.keys.credential(OTHER_SUPPLIER, RemotePartyRole.XML_SIGNING)
        document = bench.signed(bench.request("7.4", user=NEWCOMER), signer)
        assert "XML signing certificate" in drop.put(document)["detail"]

    def test_a_signature_with_the_key_for_commands(self, drop: Drop, bench: DspBench) -> None:
        signer = bench.keys.credential(NEWCOMER, RemotePartyRole.SUPPLIER)
        document = bench.signed(bench.request("7.4", user=NEWCOMER), signer)
        assert "XML signing certificate" in drop.put(document)["detail"]

    def test_an_altered_document(self, drop: Drop, bench: DspBench) -> None:
        document = bench.signed(bench.request("7.4", user=NEWCOMER))
        altered = document.replace(b":00-DB-12-34-56-78-90-A0:", b":00-DB-12-34-56-78-90-A1:")
        assert altered != document
        assert "valid signature" in drop.put(altered)["detail"]

    def test_a_party_that_is_no_supplier(self, drop: Drop, bench: DspBench) -> None:
        document = bench.signed(bench.request("7.4", user=STRANGE_OPERATOR))
        assert "supplier's certificate" in drop.put(document)["detail"]

    @pytest.mark.parametrize("document", [b"", b"no XML", b"<sr:Request", XXE, b"<a/>"], ids=str)
    def test_what_is_no_request(self, drop: Drop, document: bytes) -> None:
        assert drop.put(document)["outcome"] == "refused"

    def test_a_name_with_other_characters(self, drop: Drop, bench: DspBench) -> None:
        document = bench.signed(bench.request("7.4", user=NEWCOMER))
        assert drop.put(document, "a b.xml")["detail"].startswith("name: expected")

    def test_a_link(self, drop: Drop, bench: DspBench, tmp_path: Path) -> None:
        target = tmp_path / "elsewhere.xml"
        target.write_bytes(bench.signed(bench.request("7.4", user=NEWCOMER)))
        (drop.folder / "inbox" / "link.xml").symlink_to(target)
        bench.clock.advance(drop.desk.interval)
        assert drop.acknowledgement("link")["detail"] == "expected a plain file"

    def test_a_file_above_the_limit(self, drop: Drop) -> None:
        assert "octets" in drop.put(b" " * (16 * 2**20 + 1))["detail"]


def test_a_file_that_is_still_written_is_left_alone(drop: Drop, bench: DspBench) -> None:
    (drop.folder / "inbox" / "request.xml.part").write_bytes(b"<sr:Req")
    bench.clock.advance(drop.desk.interval)
    assert drop.names("inbox") == ["request.xml.part"]


def test_a_file_that_a_crash_left_half_done_is_answered(drop: Drop, bench: DspBench) -> None:
    register(bench)
    document = bench.signed(bench.request("7.4", user=NEWCOMER))
    (drop.folder / "taken" / "cut.xml").write_bytes(document)
    drop.desk.receive(document)  # as far as it got: done, but not answered
    bench.clock.advance(drop.desk.interval + timedelta(seconds=10))
    assert drop.response("cut").response_code == "I99"
    assert len(bench.premises.commands) == 1


def test_after_a_restart_a_supplier_is_known_and_its_documents_too(
    tmp_path: Path, keys: BenchKeys
) -> None:
    def start() -> tuple[DspBench, Drop, Store]:
        store = open_store(f"sqlite:///{tmp_path / 'dcc.db'}")
        bench = DspBench(keys=keys, store=store)
        return bench, Drop(tmp_path / "drop", bench), store

    before, drop, store = start()
    for device in (hub(), meter()):
        before.inventory.enter(device)
    register(before)
    document = before.signed(before.request("7.4", user=NEWCOMER))
    drop.put(document, "before.xml")
    before.dsp.stop()
    store.close()

    after, drop, store = start()
    user = after.registration.user(NEWCOMER)
    assert user is not None
    assert user.is_non_gateway
    drop.put(document, "after.xml")
    assert after.premises.commands == []
    assert drop.response("after").response_code == "I99"
    store.close()
