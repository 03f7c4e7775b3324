"""Everything that the DCC emits validates against the DUIS schema and is signed by the DCC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from lxml import etree

from assay.dcc.inventory import DeviceStatus, Property
from assay.duis.signature import verify
from assay.gbcs.certificates import CertificateView, RemotePartyRole
from assay.gbcs.messages import GENERIC_CRITICAL_ALERT, dlms_alert
from tests.dcc.bench import DspBench
from tests.dcc.parties import BROKER, HUB, METER, OPERATOR, START, UNKNOWN_DEVICE, hub, meter

A_SECOND = timedelta(seconds=1)
FIVE_MINUTES = timedelta(minutes=5)


def refusal(bench: DspBench) -> None:
    bench.complete("7.4", target=UNKNOWN_DEVICE)


def non_critical(bench: DspBench) -> None:
    bench.complete("7.4")


def critical(bench: DspBench) -> None:
    bench.complete("7.2")


def local_delivery(bench: DspBench) -> None:
    bench.send(bench.request("7.4", command_variant=2))


def inventory(bench: DspBench) -> None:
    place = Property(uprn=1234, post_code="AB12 3CD", address_identifier="1")
    bench.inventory.enter(meter(place=place, gbcs_version="4.3", smets_chts_version="SMETS2 V5.2"))
    bench.complete("8.2")


def pre_notification(bench: DspBench) -> None:
    bench.complete("12.2")


def silence(bench: DspBench) -> None:
    bench.premises.is_silent = True
    bench.complete("7.4")
    bench.clock.advance(FIVE_MINUTES)


def undeliverable(bench: DspBench) -> None:
    bench.inventory.dissociate(METER)
    bench.complete("7.4")
    bench.clock.advance(FIVE_MINUTES)


def outage(bench: DspBench) -> None:
    bench.wan.report_power_loss(HUB, START)


def device_alert(bench: DspBench) -> None:
    alert = dlms_alert(
        message_code=GENERIC_CRITICAL_ALERT,
        alert_code=0x8F36,
        originator=METER,
        recipient=OPERATOR,
        counter=1,
        at=START,
    )
    bench.premises.send_up(bench.premises.protect(alert, critical=True))


def joined(bench: DspBench) -> None:
    bench.inventory.enter(meter(DeviceStatus.PENDING))
    bench.complete("8.11")
    bench.clock.advance(A_SECOND)
    bench.premises.device_log_changed({METER: bytes(16)}, START, 1)


def not_joined(bench: DspBench) -> None:
    bench.inventory.enter(meter(DeviceStatus.PENDING))
    bench.complete("8.11")
    bench.clock.advance(FIVE_MINUTES)


def commissioned(bench: DspBench) -> None:
    bench.inventory.enter(meter(DeviceStatus.INSTALLED_NOT_COMMISSIONED))
    bench.complete("8.1.1")


DEEDS: tuple[Callable[[DspBench], None], ...] = (
    refusal,
    non_critical,
    critical,
    local_delivery,
    inventory,
    pre_notification,
    silence,
    undeliverable,
    outage,
    device_alert,
    joined,
    not_joined,
    commissioned,
)


def emitted(bench: DspBench, deed: Callable[[DspBench], None]) -> list[bytes]:
    """The synchronous answers and the letters of a deed."""
    bench.inventory.enter(hub())
    deed(bench)
    bench.clock.advance(A_SECOND)
    answers = [entry.octets for entry in bench.audit.entries if entry.kind == "answer"]
    return [*answers, *(letter.document for letter in bench.letters)]


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_what_is_emitted_validates(
    bench: DspBench, duis_schema: etree.XMLSchema, deed: Callable[[DspBench], None]
) -> None:
    documents = emitted(bench, deed)
    assert documents
    for document in documents:
        duis_schema.assertValid(etree.fromstring(document))


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_what_is_emitted_is_signed_under_the_brokers_identity(
    bench: DspBench, deed: Callable[[DspBench], None]
) -> None:
    for document in emitted(bench, deed):
        certificate = verify(document, bench.keys.find_x509).certificate
        issuer = certificate.issuer.rfc4514_string()
        signer = bench.keys.find_certificate(issuer, certificate.serial_number)
        assert isinstance(signer, CertificateView)
        assert signer.eui == BROKER
        assert signer.role == RemotePartyRole.DSP_XML_SIGNING
