"""Letters to a folder: what comes later reaches a party that has no Receive Response service."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from assay.dcc.non_gateway.mailbox import folder_of
from assay.dcc.registration import MeteringPoint
from assay.duis.catalogue import UserRole
from assay.duis.responses import DccAlert, parse_response
from assay.duis.signature import verify
from tests.dcc.bench import DspBench
from tests.dcc.parties import MPAN, OTHER_SUPPLIER, START
from tests.dcc.server_bench import ServerBench


def test_the_mailbox_takes_the_dcc_alert_on_a_device_that_does_not_answer(
    plain_server: ServerBench, bench: DspBench, tmp_path: Path
) -> None:
    dcc = plain_server.dcc
    user = dcc.registration.user(OTHER_SUPPLIER)
    assert user is not None
    dcc.registration.add_user(replace(user, is_live=False))
    dcc.registration.add_point(
        MeteringPoint(mpxn=MPAN, role=UserRole.IMPORT_SUPPLIER, party=OTHER_SUPPLIER, start=START)
    )
    desk = dcc.open_non_gateway_desk(tmp_path)
    request = bench.request("7.4", user=OTHER_SUPPLIER)
    (tmp_path / "inbox" / "request.xml").write_bytes(bench.signed(request))
    plain_server.clock.advance(desk.interval + timedelta(minutes=5))
    mailbox = tmp_path / "mailboxes" / OTHER_SUPPLIER.hyphenated
    (letter,) = mailbox.iterdir()
    alert = parse_response(verify(letter.read_bytes(), bench.keys.find_x509).content)
    assert isinstance(alert.body, DccAlert)
    assert dcc.delivery.undelivered_in_all() == 0


def test_only_file_urls_name_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "with blank"
    assert folder_of(folder.as_uri()) == folder
    assert folder_of("http://127.0.0.1/file") is None
