"""Every variant for every role and every command variant: open exactly where the tables say so.

The requests are for a device of a fitting type in a fitting status at a metering point where
every role is registered: only role or command variant can be wrong with them. Those of the matrix
of roles are documents, signed by the user in question.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assay.dcc.access import COMMAND_VARIANTS, WebService, does_status_allow
from assay.dcc.dsp.access_checks import ACCESS_CHECKS
from assay.dcc.dsp.check import Refusal, run_checks
from assay.dcc.dsp.examination import Examination
from assay.dcc.dsp.party_checks import PARTY_CHECKS
from assay.dcc.dsp.reading import ReceivedRequest, read_request
from assay.dcc.inventory import Device, DeviceStatus, DeviceType
from assay.dcc.pki.bench_keys import BenchKeys
from assay.dcc.registration import MeteringPoint, User
from assay.duis.catalogue import CATALOGUE, UserRole
from assay.duis.requests import Request, SignedPreCommand
from assay.gbcs.certificates import RemotePartyRole
from assay.gbcs.identifiers import Eui64
from fixtures.cells.least_body import least_body
from tests.dcc.bench import DspBench
from tests.dcc.parties import (
    BROKER,
    HUB,
    METER,
    MPAN,
    OTHER_SUPPLIER,
    PARTIES,
    START,
    SUPPLIER,
    hub,
    meter,
)

VARIANTS = tuple(CATALOGUE)
DEVICE_VARIANTS = tuple(srv for srv, row in CATALOGUE.items() if not row.non_device)
OPEN_VARIANTS = tuple(srv for srv in DEVICE_VARIANTS if CATALOGUE[srv].roles)
MATRIX = tuple(role for role in UserRole if role is not UserRole.LOAD_CONTROLLER)
REGISTERED_ROLES = tuple(role for role in MATRIX if role is not UserRole.OTHER_USER)
_SIGNED = SignedPreCommand(gbcs_payload=b"\x00")
_OTHER = Eui64.from_text("00-DB-12-34-56-78-00-01")


def fitting_device(srv: str) -> Device:
    """Of a type that the variant is for, in a status that it allows."""
    names = {row.name for row in CATALOGUE[srv].target_device_types}
    for device_type in DeviceType:
        if device_type.value not in names:
            continue
        device = hub() if device_type is DeviceType.CHF else meter(device_type=device_type)
        for entry in device.history:
            for status in DeviceStatus:
                fitting = replace(device, history=(replace(entry, status=status),))
                if does_status_allow(srv, fitting):
                    return fitting
    raise LookupError(f"no device for {srv}: expected one of {names}")


@pytest.fixture(scope="module")
def premises(keys: BenchKeys) -> DspBench:
    """The electricity meter behind the hub carries the metering point of them all.

    One for all tests: checks change nothing, and each test enters the device that it asks for.
    """
    bench = DspBench(keys=keys)
    for device in (hub(), meter(), meter(device_id=_OTHER)):
        bench.inventory.enter(device)
    return bench


def request(bench: DspBench, srv: str, user: Eui64) -> Request:
    row = CATALOGUE[srv]
    if row.non_device:
        target = BROKER
    else:
        device = fitting_device(srv)
        bench.inventory.enter(device)
        target = device.device_id
    return bench.request(srv, user=user, target=target, body=least_body(srv))


def examined(
    bench: DspBench, received: ReceivedRequest, service: WebService | None = None
) -> Refusal | None:
    """What the checks on sender and right say."""
    assert received.request is not None
    row = COMMAND_VARIANTS.get(received.request.command_variant)
    fitting = row.service if row is not None else WebService.SEND_COMMAND
    examination = Examination(
        books=bench.dsp.books,
        at=bench.clock.now(),
        service=service if service is not None else fitting,
        caller=None,
        received=received,
    )
    refusal, _ = run_checks((*PARTY_CHECKS, *ACCESS_CHECKS), examination)
    return refusal


def read(bench: DspBench, asked: Request) -> ReceivedRequest:
    """As if its document had been read, and its signature had held."""
    party = asked.request_id.originator
    return ReceivedRequest(
        request_id=asked.request_id,
        srv=asked.srv,
        request=asked,
        signer=bench.keys.credential(party, RemotePartyRole.XML_SIGNING).certificate,
    )


def received(bench: DspBench, srv: str, user: Eui64) -> ReceivedRequest:
    """Off the wire, with everything that belongs to a document."""
    document = bench.signed(request(bench, srv, user))
    return read_request(document, bench.dsp.books.trust)


def code(refusal: Refusal | None) -> str | None:
    return refusal.code if refusal is not None else None


@pytest.mark.parametrize("srv", VARIANTS)
def test_the_roles_of_a_variant_pass_all_checks_and_every_other_gets_e2(
    premises: DspBench, srv: str
) -> None:
    seen = {
        role: code(examined(premises, received(premises, srv, PARTIES[role]))) for role in MATRIX
    }
    assert seen == {role: None if role in CATALOGUE[srv].roles else "E2" for role in MATRIX}


def test_only_a_load_controller_limits_a_load_and_it_may_do_nothing_else(
    premises: DspBench,
) -> None:
    controller = PARTIES[UserRole.LOAD_CONTROLLER]
    allowed = {
        srv
        for srv in VARIANTS
        if code(examined(premises, received(premises, srv, controller))) is None
    }
    assert allowed == {"7.16"}


@pytest.mark.parametrize("srv", VARIANTS)
def test_the_command_variants_of_a_variant_pass_and_every_other_gets_e12(
    premises: DspBench, srv: str
) -> None:
    """A Signed Pre-Command under 5, 6 and 7, a Service Request under the others."""
    row = CATALOGUE[srv]
    user = PARTIES[min(row.roles)] if row.roles else SUPPLIER
    asked = request(premises, srv, user)
    seen = set()
    for number in range(1, 10):
        body = _SIGNED if number in (5, 6, 7) else asked.body
        changed = replace(asked, command_variant=number, body=body)
        refusal = examined(premises, read(premises, changed))
        if code(refusal) != "E12":
            seen.add(number)
    assert seen == set(row.command_variants)


@pytest.mark.parametrize("srv", VARIANTS)
def test_a_command_variant_fits_what_is_sent_under_it(premises: DspBench, srv: str) -> None:
    """A Service Request is no Signed Pre-Command, nor the other way round."""
    asked = request(premises, srv, SUPPLIER)
    for number in CATALOGUE[srv].command_variants:
        body = asked.body if number in (5, 6, 7) else _SIGNED
        changed = replace(asked, command_variant=number, body=body)
        refusal = examined(premises, read(premises, changed))
        assert code(refusal) == "E12"


@pytest.mark.parametrize("number", COMMAND_VARIANTS)
def test_a_command_variant_has_one_web_service(premises: DspBench, number: int) -> None:
    srv = next(srv for srv, row in CATALOGUE.items() if number in row.command_variants)
    asked = replace(request(premises, srv, SUPPLIER), command_variant=number)
    if number in (5, 6, 7):
        asked = replace(asked, body=_SIGNED)
    refused = {
        service
        for service in WebService
        if code(examined(premises, read(premises, asked), service)) == "E13"
    }
    assert set(WebService) - refused == {COMMAND_VARIANTS[number].service}


@pytest.mark.parametrize("srv", DEVICE_VARIANTS)
def test_a_registered_role_needs_a_registration_of_its_own(premises: DspBench, srv: str) -> None:
    """The role alone opens nothing: a user who is registered elsewhere gets E4."""
    for role in CATALOGUE[srv].roles & set(REGISTERED_ROLES):
        roles = frozenset({role})
        premises.registration.add_user(User(name="Elsewhere", eui=OTHER_SUPPLIER, roles=roles))
        refusal = examined(premises, read(premises, request(premises, srv, OTHER_SUPPLIER)))
        assert code(refusal) == "E4", role


@pytest.mark.parametrize("srv", OPEN_VARIANTS)
def test_a_variant_is_refused_for_every_type_of_device_that_it_is_not_for(
    premises: DspBench, srv: str
) -> None:
    row = CATALOGUE[srv]
    asked = request(premises, srv, PARTIES[min(row.roles)])
    fitting = {target.name for target in row.target_device_types}
    for device_type in DeviceType:
        target = replace(fitting_device(srv), device_id=METER, device_type=device_type, hub=HUB)
        premises.inventory.enter(target)
        request_id = replace(asked.request_id, target=METER)
        refusal = examined(premises, read(premises, replace(asked, request_id=request_id)))
        assert (code(refusal) == "E11") is (device_type.value not in fitting), device_type


def test_roles_are_those_of_the_published_matrix(shared: Path) -> None:
    rows = json.loads((shared / "reference/srv.json").read_text())["srvs"]
    published = {row["srv"]: set(row["roles"]) for row in rows}
    assert published == {srv: {str(role) for role in row.roles} for srv, row in CATALOGUE.items()}


def test_the_matrix_counts_as_published() -> None:
    counts = {str(role): sum(role in row.roles for row in CATALOGUE.values()) for role in MATRIX}
    assert counts == {"IS": 111, "GS": 83, "ED": 38, "OU": 25, "GT": 21, "RSA": 18, "ES": 16}
    assert {srv for srv, row in CATALOGUE.items() if not row.roles} == {"7.16", "8.5", "8.6"}


class TestDayOfChange:
    """4.6.1: the losing supplier reads its own days, and the day of change with them."""

    MIDNIGHT = START.replace(hour=0)
    A_DAY = timedelta(days=1)

    def ask(self, bench: DspBench, user: Eui64, first: datetime, last: datetime) -> str | None:
        body = {"ReadLogPeriod": {"StartDateTime": first, "EndDateTime": last}}
        asked = bench.request("4.6.1", user=user, body=body)
        return code(examined(bench, read(bench, asked)))

    @pytest.fixture
    def changed(self, bench: DspBench) -> DspBench:
        """At the beginning of the day the supply went to another supplier."""
        bench.registration.add_point(
            MeteringPoint(
                mpxn=MPAN,
                role=UserRole.IMPORT_SUPPLIER,
                party=OTHER_SUPPLIER,
                start=self.MIDNIGHT,
            )
        )
        return bench

    def test_both_may_read_the_day_of_change(self, changed: DspBench) -> None:
        day = (self.MIDNIGHT, self.MIDNIGHT + self.A_DAY)
        assert self.ask(changed, SUPPLIER, *day) is None
        assert self.ask(changed, OTHER_SUPPLIER, *day) is None

    def test_the_losing_one_reads_no_day_after_it(self, changed: DspBench) -> None:
        after = self.MIDNIGHT + self.A_DAY
        assert self.ask(changed, SUPPLIER, self.MIDNIGHT, after + self.A_DAY) == "E4"

    def test_another_read_is_closed_to_the_losing_one(self, changed: DspBench) -> None:
        asked = changed.request("4.10", user=SUPPLIER)
        assert code(examined(changed, read(changed, asked))) == "E4"
