"""The out-of-band channel: files count when their signature holds and they are the signer's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from assay.dcc.anomaly.desk import OutOfBandDesk
from assay.dcc.anomaly.files import (
    DECISION_COLUMNS,
    LIMIT_COLUMNS,
    THRESHOLD_COLUMNS,
    read_thresholds,
)
from assay.dcc.pki.bench_keys import BenchKeys
from assay.dcc.pki.file_signing import FileSigners, sign_file
from assay.dcc.pki.iki import Iki, IkiService
from assay.dcc.store import open_store
from assay.dcc.strict_csv import write_rows
from assay.gbcs.identifiers import Eui64
from tests.dcc.bench import DspBench
from tests.dcc.parties import BROKER, OPERATOR, SUPPLIER, UNKNOWN_DEVICE, hub, meter

THRESHOLDS = "thresholds-march.csv"
ONE_A_DAY = write_rows(THRESHOLD_COLUMNS, [("request", "7.4", "day", "absolute", "", "0", "1")])


class Signatures:
    """Enrolled once for all tests: RSA keys are slow to make."""

    def __init__(self, folder: Path) -> None:
        self.iki = Iki(folder)

    def credential(
        self, eui: Eui64, service: IkiService = IkiService.FILE_SIGNING
    ) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
        files = self.iki.enrol(service, trading_name="Party", role=0x02, system_name=eui.hyphenated)
        key = load_pem_private_key(files.key.read_bytes(), None)
        assert isinstance(key, rsa.RSAPrivateKey)
        return key, files.load()

    def sign(self, name: str, octets: bytes, eui: Eui64 = SUPPLIER) -> bytes:
        return sign_file(name, octets, *self.credential(eui))


@pytest.fixture(scope="module")
def signatures(tmp_path_factory: pytest.TempPathFactory) -> Signatures:
    return Signatures(tmp_path_factory.mktemp("iki"))


class Channel:
    """The desk of a bench's DCC, in a folder."""

    def __init__(self, folder: Path, bench: DspBench, signatures: Signatures) -> None:
        self.folder = folder
        self.bench = bench
        self.signatures = signatures
        self.desk = OutOfBandDesk(
            folder=folder,
            clock=bench.clock,
            store=bench.dsp.books.store,
            detection=bench.dsp.detection,
            signers=FileSigners(signatures.iki),
            broker=BROKER,
            is_user=lambda eui: bench.registration.user(eui) is not None,
            audit=bench.audit,
        )
        self.desk.start()

    def put(self, name: str, octets: bytes, signature: bytes) -> str:
        """The answer's first row."""
        (self.folder / "inbox" / name).write_bytes(octets)
        (self.folder / "inbox" / f"{name}.sig").write_bytes(signature)
        self.bench.clock.advance(self.desk.interval)
        answer = self.folder / "responses" / f"{name.removesuffix('.csv')}.response.csv"
        return answer.read_text().splitlines()[1]

    def send(self, name: str, octets: bytes, eui: Eui64 = SUPPLIER) -> str:
        return self.put(name, octets, self.signatures.sign(name, octets, eui))

    def notices(self) -> list[str]:
        paths = sorted((self.folder / "notices").iterdir())
        return [path.read_text().splitlines()[1] for path in paths]


@pytest.fixture
def channel(tmp_path: Path, bench: DspBench, signatures: Signatures) -> Iterator[Channel]:
    channel = Channel(tmp_path, bench, signatures)
    yield channel
    channel.desk.stop()


def ask(bench: DspBench, times: int) -> None:
    for _ in range(times):
        assert bench.send(bench.request("7.4")).response_code == "I99"


def test_thresholds_signed_by_their_user_are_in_force(channel: Channel, bench: DspBench) -> None:
    assert channel.send(THRESHOLDS, ONE_A_DAY) == "accepted,,,1 thresholds in force"
    ask(bench, 2)
    assert len(bench.dsp.detection.quarantine) == 1
    assert not list((channel.folder / "inbox").iterdir())


def test_a_new_file_takes_the_place_of_all_that_its_user_set(
    channel: Channel, bench: DspBench
) -> None:
    channel.send(THRESHOLDS, ONE_A_DAY)
    channel.send("thresholds-dcc.csv", ONE_A_DAY, BROKER)
    channel.send("thresholds-april.csv", write_rows(THRESHOLD_COLUMNS, []))
    assert [one.owner for one in bench.dsp.detection.counting.thresholds()] == [None]


def test_a_file_waits_for_its_signature(channel: Channel, bench: DspBench) -> None:
    (channel.folder / "inbox" / THRESHOLDS).write_bytes(ONE_A_DAY)
    bench.clock.advance(channel.desk.interval)
    assert list((channel.folder / "inbox").iterdir())
    assert bench.dsp.detection.counting.thresholds() == ()


def test_notices_tell_of_warning_and_quarantine(channel: Channel, bench: DspBench) -> None:
    channel.send(THRESHOLDS, ONE_A_DAY)
    ask(bench, 2)
    quarantined, warned = channel.notices()
    supplier = SUPPLIER.hyphenated
    assert warned.startswith(f"warning,,{supplier},request,7.4,")
    assert quarantined.startswith(f"quarantine,1,{supplier},request,7.4,{supplier}:")
    assert "ADUserThresholdBreach" in quarantined


def decisions(*rows: tuple[str, str]) -> bytes:
    return write_rows(DECISION_COLUMNS, rows)


def test_a_user_releases_and_deletes_what_is_held(channel: Channel, bench: DspBench) -> None:
    channel.send(THRESHOLDS, ONE_A_DAY)
    ask(bench, 3)
    answer = channel.send("quarantine-1.csv", decisions(("1", "release"), ("2", "delete")))
    assert answer == 'accepted,,,"1 released, 1 deleted"'
    bench.clock.advance(timedelta(seconds=1))
    assert len(bench.premises.commands) == 2
    assert len(bench.dsp.detection.quarantine) == 0


def test_a_crash_before_the_answer_changes_nothing_of_it(channel: Channel, bench: DspBench) -> None:
    """The decisions were carried out; the file is in the inbox still, and a notice is missing."""
    channel.send(THRESHOLDS, ONE_A_DAY)
    ask(bench, 3)
    octets = decisions(("1", "release"))
    channel.desk.receive(
        "quarantine-1.csv", octets, channel.signatures.sign("quarantine-1.csv", octets)
    )
    assert channel.send("quarantine-1.csv", octets) == 'accepted,,,"1 released, 0 deleted"'
    for path in (channel.folder / "notices").iterdir():
        path.unlink()
    channel.desk.stop()
    channel.desk.start()
    (notice,) = channel.notices()
    assert notice.startswith("quarantine,2,")


def test_a_decision_on_anothers_event_changes_nothing(channel: Channel, bench: DspBench) -> None:
    channel.send(THRESHOLDS, ONE_A_DAY)
    ask(bench, 3)
    answer = channel.send("quarantine-1.csv", decisions(("1", "release")), OPERATOR)
    assert answer.startswith("refused,2,event,")
    answer = channel.send("quarantine-2.csv", decisions(("1", "release"), ("3", "release")))
    assert answer.startswith("refused,3,event,")
    assert len(bench.dsp.detection.quarantine) == 2


def test_limits_of_values_are_the_dccs(channel: Channel, bench: DspBench) -> None:
    limits = write_rows(LIMIT_COLUMNS, [("6.11", "TolerancePeriod", "", "30")])
    assert channel.send("limits-a.csv", limits).startswith("refused")
    assert bench.dsp.detection.limits == ()
    assert channel.send("limits-b.csv", limits, BROKER) == "accepted,,,1 limits in force"
    assert [one.srv for one in bench.dsp.detection.limits] == ["6.11"]


def test_a_wrong_line_is_answered_with_line_and_column(channel: Channel) -> None:
    octets = write_rows(THRESHOLD_COLUMNS, [("request", "7.4", "day", "absolute", "", "0", "x")])
    assert channel.send(THRESHOLDS, octets).startswith("refused,2,quarantine,")


class TestSignatures:
    """Refused, and nothing has changed."""

    @pytest.fixture(autouse=True)
    def nothing_changes(self, channel: Channel, bench: DspBench) -> Iterator[None]:
        yield
        assert bench.dsp.detection.counting.thresholds() == ()
        assert not list((channel.folder / "done").iterdir())
        assert bench.audit.entries[-1].kind == "out-of-band file"

    def test_of_an_altered_file(self, channel: Channel) -> None:
        signature = channel.signatures.sign(THRESHOLDS, ONE_A_DAY)
        altered = ONE_A_DAY.replace(b"0,1", b"0,9")
        assert "not that of this file" in channel.put(THRESHOLDS, altered, signature)

    def test_of_a_file_under_another_name(self, channel: Channel) -> None:
        signature = channel.signatures.sign(THRESHOLDS, ONE_A_DAY)
        answer = channel.put("thresholds-other.csv", ONE_A_DAY, signature)
        assert "not that of this file" in answer

    def test_under_a_certificate_for_another_service(self, channel: Channel) -> None:
        credential = channel.signatures.credential(SUPPLIER, IkiService.PORTAL)
        signature = sign_file(THRESHOLDS, ONE_A_DAY, *credential)
        assert "for file signing" in channel.put(THRESHOLDS, ONE_A_DAY, signature)

    def test_under_a_certificate_of_another_authority(
        self, channel: Channel, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        stranger = Signatures(tmp_path_factory.mktemp("other"))
        signature = stranger.sign(THRESHOLDS, ONE_A_DAY)
        assert "of the IKI in force" in channel.put(THRESHOLDS, ONE_A_DAY, signature)

    def test_with_another_key_than_the_certificates(self, channel: Channel) -> None:
        key, _ = channel.signatures.credential(OPERATOR)
        _, certificate = channel.signatures.credential(SUPPLIER)
        signature = sign_file(THRESHOLDS, ONE_A_DAY, key, certificate)
        assert "not that of this file" in channel.put(THRESHOLDS, ONE_A_DAY, signature)

    def test_by_a_party_that_is_no_user(self, channel: Channel) -> None:
        assert "is no user" in channel.send(THRESHOLDS, ONE_A_DAY, UNKNOWN_DEVICE)

    def test_under_a_revoked_certificate(self, channel: Channel) -> None:
        eui = Eui64.from_text("90-B3-D5-1F-30-09-00-09")
        signature = channel.signatures.sign(THRESHOLDS, ONE_A_DAY, eui)
        files = channel.signatures.iki.enrol(
            IkiService.FILE_SIGNING, trading_name="Party", role=0x02, system_name=eui.hyphenated
        )
        channel.signatures.iki.revoke(files)
        assert "of the IKI in force" in channel.put(THRESHOLDS, ONE_A_DAY, signature)

    @pytest.mark.parametrize(
        "signature",
        [b"", b"serial: 1\n", b"serial: x\nsignature: AA==\n", b"\xff" * 10, b"a" * 5000],
        ids=["empty", "half", "no number", "no text", "too long"],
    )
    def test_that_is_none(self, channel: Channel, signature: bytes) -> None:
        assert channel.put(THRESHOLDS, ONE_A_DAY, signature).startswith("refused")

    def test_of_a_file_whose_name_says_nothing(self, channel: Channel) -> None:
        assert channel.send("march.csv", ONE_A_DAY).startswith("refused")


def test_a_restart_loses_neither_counts_nor_what_is_held(tmp_path: Path, keys: BenchKeys) -> None:
    url = f"sqlite:///{tmp_path / 'dcc.db'}"
    before = DspBench(keys=keys, store=open_store(url))
    for device in (hub(), meter()):
        before.inventory.enter(device)
    (threshold,) = read_thresholds(THRESHOLDS, ONE_A_DAY, SUPPLIER)
    before.dsp.detection.counting.set(threshold)
    ask(before, 2)
    before.dsp.stop()
    before.store.close()

    after = DspBench(keys=keys, store=open_store(url))
    after.last_counter = before.last_counter
    assert after.dsp.detection.counting.number(threshold) == 2
    ask(after, 1)
    assert [one.event for one in after.dsp.detection.quarantine.find()] == [1, 2]
    after.dsp.detection.release(1, SUPPLIER)
    after.clock.advance(timedelta(seconds=1))
    assert len(after.premises.commands) == 1
    after.store.close()
