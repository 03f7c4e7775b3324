"""Registration and access rules, alone."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from assay.clock import SimulatedClock
from assay.dcc.access import (
    COMMAND_VARIANTS,
    NO_LOCAL_DELIVERY,
    does_status_allow,
    is_known_party,
    is_local_delivery_allowed,
    responsible_parties,
    responsible_roles,
)
from assay.dcc.inventory import DeviceStatus, DeviceType
from assay.dcc.registration import MeteringPoint, Registration, RegistrationChange, User
from assay.dcc.registration_watch import RegistrationWatch
from assay.dcc.store import MemoryStore
from assay.duis.catalogue import CATALOGUE, UserRole
from assay.gbcs.identifiers import Eui64
from tests.dcc.parties import (
    MPAN,
    OPERATOR,
    OTHER_SUPPLIER,
    PARTIES,
    START,
    SUPPLIER,
    hub,
    meter,
    metering_points,
    users,
)

IMPORT = UserRole.IMPORT_SUPPLIER
A_DAY = timedelta(days=1)


def change_of_supplier() -> Registration:
    """From one supplier to the other at START."""
    return Registration(
        users(),
        [
            MeteringPoint(mpxn=MPAN, role=IMPORT, party=SUPPLIER, start=START - A_DAY, end=START),
            MeteringPoint(mpxn=MPAN, role=IMPORT, party=OTHER_SUPPLIER, start=START),
        ],
    )


def test_a_registration_holds_from_its_start_to_before_its_end() -> None:
    registration = change_of_supplier()
    at = {
        START - 2 * A_DAY: None,
        START - A_DAY: SUPPLIER,
        START - timedelta(microseconds=1): SUPPLIER,
        START: OTHER_SUPPLIER,
    }
    assert {when: registration.responsible(MPAN, IMPORT, when) for when in at} == at


def test_of_two_in_force_the_later_one_counts() -> None:
    registration = Registration()
    for party, start in ((OTHER_SUPPLIER, START), (SUPPLIER, START - A_DAY)):
        registration.add_point(MeteringPoint(mpxn=MPAN, role=IMPORT, party=party, start=start))
    assert registration.responsible(MPAN, IMPORT, START) == OTHER_SUPPLIER


def test_a_role_is_held_at_a_metering_point_by_its_party_alone() -> None:
    registration = Registration(users(), metering_points())
    assert registration.roles_at(MPAN, SUPPLIER, START) == {IMPORT}
    assert registration.roles_at(MPAN, OTHER_SUPPLIER, START) == frozenset()
    assert registration.roles_at("unknown", SUPPLIER, START) == frozenset()


def test_responsible_roles_are_those_registered_and_eligible() -> None:
    registration = Registration(users(), metering_points())
    user = registration.user(SUPPLIER)
    assert user is not None

    def roles(*eligible: UserRole) -> frozenset[UserRole]:
        return responsible_roles(user, eligible, [MPAN], registration, START)

    assert roles(IMPORT) == {IMPORT}
    assert roles(UserRole.ELECTRICITY_DISTRIBUTOR) == frozenset()
    assert responsible_roles(user, [IMPORT], [], registration, START) == frozenset()


def test_another_user_needs_no_registration() -> None:
    registration = Registration(users())
    user = registration.user(PARTIES[UserRole.OTHER_USER])
    assert user is not None
    found = responsible_roles(user, [UserRole.OTHER_USER], [], registration, START)
    assert found == {UserRole.OTHER_USER}


def test_each_responsible_party_is_told_once() -> None:
    registration = Registration(users(), metering_points())
    registration.add_point(
        MeteringPoint(mpxn="2", role=IMPORT, party=SUPPLIER, start=START - A_DAY)
    )
    roles = (IMPORT, UserRole.ELECTRICITY_DISTRIBUTOR)
    assert responsible_parties([MPAN, "2"], roles, registration, START) == (SUPPLIER, OPERATOR)


def test_a_user_may_come_over_anothers_connection() -> None:
    shared = User(
        name="Agent", eui=OTHER_SUPPLIER, roles=frozenset({IMPORT}), tls_identity=SUPPLIER
    )
    registration = Registration([shared])
    assert registration.is_connection(SUPPLIER)
    assert not registration.is_connection(OTHER_SUPPLIER)


def test_a_party_that_is_no_user_has_no_receive_url() -> None:
    with pytest.raises(KeyError):
        Registration().set_receive_url(SUPPLIER, "http://127.0.0.1/duis")


@pytest.mark.parametrize("srv", sorted(CATALOGUE))
def test_every_command_variant_of_the_catalogue_has_a_row(srv: str) -> None:
    assert set(CATALOGUE[srv].command_variants) <= set(COMMAND_VARIANTS)


@pytest.mark.parametrize("status", DeviceStatus)
def test_a_meter_is_read_and_switched_when_it_is_commissioned(status: DeviceStatus) -> None:
    allowed = {srv for srv in ("4.1.1", "7.2", "6.11") if does_status_allow(srv, meter(status))}
    is_commissioned = status is DeviceStatus.COMMISSIONED
    assert allowed == ({"4.1.1", "7.2", "6.11"} if is_commissioned else set())


@pytest.mark.parametrize("status", DeviceStatus)
def test_a_meter_is_commissioned_when_it_has_joined(status: DeviceStatus) -> None:
    has_joined = status is DeviceStatus.INSTALLED_NOT_COMMISSIONED
    assert does_status_allow("8.1.1", meter(status)) is has_joined


@pytest.mark.parametrize("status", DeviceStatus)
def test_a_hub_that_is_gone_takes_no_device(status: DeviceStatus) -> None:
    gone = status in (
        DeviceStatus.DECOMMISSIONED,
        DeviceStatus.WITHDRAWN,
        DeviceStatus.WHITELISTED,  # no status of a hub
    )
    assert does_status_allow("8.11", hub(status)) is not gone


def test_local_delivery_has_exceptions_by_variant_and_by_status() -> None:
    assert is_local_delivery_allowed("7.4", DeviceStatus.PENDING)
    assert not is_local_delivery_allowed("7.4", DeviceStatus.DECOMMISSIONED)
    assert not any(
        is_local_delivery_allowed(srv, DeviceStatus.COMMISSIONED) for srv in NO_LOCAL_DELIVERY
    )


def test_a_device_knows_the_parties_whose_credentials_it_holds() -> None:
    assert is_known_party(DeviceType.ESME, [IMPORT])
    assert not is_known_party(DeviceType.ESME, [UserRole.GAS_SUPPLIER])
    assert not is_known_party(DeviceType.CHF, [IMPORT])


class TestChanges:
    """What listeners hear, and when."""

    @staticmethod
    def watched(
        points: list[MeteringPoint],
    ) -> tuple[SimulatedClock, Registration, RegistrationWatch, list[RegistrationChange]]:
        clock, store = SimulatedClock(START), MemoryStore()
        registration = Registration(users(), points, store=store)
        heard: list[RegistrationChange] = []
        registration.listeners.append(heard.append)
        watch = RegistrationWatch(clock, store, registration)
        watch.start()
        return clock, registration, watch, heard

    @staticmethod
    def point(party: Eui64, start: datetime, end: datetime | None = None) -> MeteringPoint:
        return MeteringPoint(mpxn=MPAN, role=IMPORT, party=party, start=start, end=end)

    def test_what_a_bench_starts_with_is_no_change(self) -> None:
        clock, _, _, heard = self.watched(metering_points())
        clock.advance(A_DAY)
        assert heard == []

    def test_a_change_in_force_is_told_at_once(self) -> None:
        _, _, watch, heard = self.watched([self.point(SUPPLIER, START - A_DAY)])
        watch.apply(added=[self.point(OTHER_SUPPLIER, START)])
        (change,) = heard
        assert (change.losing, change.gaining, change.at) == (SUPPLIER, OTHER_SUPPLIER, START)
        assert change.is_change_of_supplier

    def test_a_change_announced_ahead_is_told_on_its_day_and_once(self) -> None:
        old = self.point(SUPPLIER, START - A_DAY)
        clock, _, watch, heard = self.watched([old])
        ending = self.point(SUPPLIER, START - A_DAY, START + A_DAY)
        watch.apply(removed=[old], added=[ending, self.point(OTHER_SUPPLIER, START + A_DAY)])
        clock.advance(A_DAY - timedelta(seconds=1))
        assert heard == []
        clock.advance(timedelta(seconds=2))
        assert [(one.losing, one.gaining) for one in heard] == [(SUPPLIER, OTHER_SUPPLIER)]
        clock.advance(10 * A_DAY)
        assert len(heard) == 1

    def test_a_change_that_was_taken_back_is_not_told(self) -> None:
        old, new = self.point(SUPPLIER, START - A_DAY), self.point(OTHER_SUPPLIER, START + A_DAY)
        clock, _, watch, heard = self.watched([old])
        watch.apply(added=[new])
        watch.apply(removed=[new])
        clock.advance(2 * A_DAY)
        assert heard == []

    def test_the_end_of_a_registration_leaves_nobody(self) -> None:
        clock, _, _, heard = self.watched([self.point(SUPPLIER, START - A_DAY, START + A_DAY)])
        clock.advance(2 * A_DAY)
        assert [(one.losing, one.gaining) for one in heard] == [(SUPPLIER, None)]
        assert not heard[0].is_change_of_supplier

    def test_a_change_that_fell_due_while_the_dcc_was_down_is_told_at_its_start(self) -> None:
        clock, store = SimulatedClock(START), MemoryStore()
        points = [self.point(SUPPLIER, START - A_DAY)]
        watch = RegistrationWatch(clock, store, Registration(users(), points, store=store))
        watch.start()
        watch.apply(added=[self.point(OTHER_SUPPLIER, START + A_DAY)])
        watch.stop()
        clock.advance(2 * A_DAY)
        registration = Registration(users(), points, store=store)
        heard: list[RegistrationChange] = []
        registration.listeners.append(heard.append)
        RegistrationWatch(clock, store, registration).start()
        clock.advance(timedelta(seconds=1))
        assert [(one.gaining, one.at) for one in heard] == [(OTHER_SUPPLIER, START + A_DAY)]
