"""Every variant of the slice for every role: allowed exactly where the matrix says so."""

from __future__ import annotations

import pytest

from assay.dcc.access import eligible_roles
from assay.dcc.inventory import DeviceStatus
from assay.dcc.registration import User
from assay.duis.catalogue import CATALOGUE, UserRole
from tests.dcc.bench import DspBench
from tests.dcc.parties import BODIES, PARTIES, meter

CELLS = [(srv, role) for srv in BODIES for role in UserRole]
REFUSED = [(srv, role) for srv, role in CELLS if role not in CATALOGUE[srv].roles]


def first_code(bench: DspBench, srv: str, role: UserRole) -> str:
    """The answer to a request that is right in all but perhaps its role."""
    if srv == "8.1.1":
        bench.inventory.enter(meter(DeviceStatus.INSTALLED_NOT_COMMISSIONED))
    return bench.send(bench.request(srv, user=PARTIES[role])).response_code


@pytest.mark.parametrize(("srv", "role"), CELLS, ids=str)
def test_a_role_gets_what_the_matrix_opens_to_it_and_e2_elsewhere(
    bench: DspBench, srv: str, role: UserRole
) -> None:
    code = first_code(bench, srv, role)
    if role not in CATALOGUE[srv].roles:
        assert code == "E2"
    else:
        assert code in ("I0", "I99")


@pytest.mark.parametrize(("srv", "role"), REFUSED, ids=str)
def test_a_refused_role_reaches_no_device_and_spends_no_counter(
    bench: DspBench, srv: str, role: UserRole
) -> None:
    request = bench.request(srv, user=PARTIES[role])
    bench.send(request)
    assert len(bench.dsp.modes.commands) == 0
    assert bench.dsp.books.counters.last(request.request_id) is None


def test_a_user_in_several_roles_acts_in_the_one_that_may() -> None:
    both = User(
        name="Both",
        eui=PARTIES[UserRole.IMPORT_SUPPLIER],
        roles=frozenset({UserRole.IMPORT_SUPPLIER, UserRole.ELECTRICITY_DISTRIBUTOR}),
    )
    assert eligible_roles(both, "6.5") == {UserRole.ELECTRICITY_DISTRIBUTOR}
    assert eligible_roles(both, "7.2") == {UserRole.IMPORT_SUPPLIER}
