"""What the DCC makes of a request means that request to Correlate, and no other request.

The two share no code and were written from the same tables: each is the other's witness, over
whatever the schema lets a user ask of each kind of device.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assay.adapter.correlation import correlate
from assay.dcc.transform import (
    OtherDevice,
    Records,
    Target,
    UnencodableContentError,
    transform,
)
from assay.dcc.transform.rows import ROWS
from assay.duis.catalogue import CATALOGUE
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request
from assay.gbcs.envelope import Message
from tests.adapter.alterations import alterations
from tests.adapter.test_correlation_of_national_pairs import known_of
from tests.dcc.conftest import make_keys
from tests.dcc.parties import BROKER, METER, PPMID, SUPPLIER
from tests.end_to_end.sensible_requests import sensible

CRITICAL = sorted({(row.srv, row.device_type) for row in ROWS if CATALOGUE[row.srv].critical})
JOIN = "8.7.1"
ALTERATIONS = 15
PARTNERS = {"ESME": ("PPMID", "HCALCS"), "GSME": ("PPMID",), "HCALCS": ("ESME",)}
"""With which devices each can be joined by a critical request."""
TARGETS = {
    "ESME": [
        Target(device_type="ESME", esme_variant=variant, gbcs_version=version)
        for variant in (None, "A", "BD", "CD")
        for version in (None, "1.1", "4.3")
    ]
}
UNSAYABLE = {
    "6.14.2": "zeros mean an ALCS",
    "6.15.1": "a floor beside RemotePartyPrepaymentTopUpFloorSeqNumber",
}
"""What the schema lets one ask and no Command holds, where sensible requests still ask it."""
DAYS = ("DaysOfWeekApplicability", "SpecialDaysApplicability")
PRICES = ("BlockPrice", "TOUPrice", "ElectricityPriceElement")


quick = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@pytest.fixture(scope="module")
def certificate() -> bytes:
    """For key agreement, of the device to be joined."""
    return make_keys().device(PPMID).agreement.certificate.der


def asked(srv: str, body: Mapping[str, Any]) -> Request:
    request_id = RequestId(SUPPLIER, METER, 5)
    return Request(request_id=request_id, command_variant=4, srv=srv, body=body)


def made(
    request: Request, target: Target, records: Records, *, is_load_controller: bool
) -> Message | None:
    """None for what no Command can hold."""
    try:
        return transform(
            request,
            target,
            broker=BROKER,
            records=records,
            is_load_controller=is_load_controller,
        )
    except UnencodableContentError as error:
        assert UNSAYABLE[request.srv] in str(error)
        return None


def some(data: st.DataObject, altered: list[tuple[str, Request]]) -> list[tuple[str, Request]]:
    """Of many alterations every so manieth."""
    step = 1 + len(altered) // ALTERATIONS
    return altered[data.draw(st.integers(0, step - 1)) :: step]


def meaning(request: Request, device_type: str) -> Any:
    """The body without what makes no difference to the device."""
    assert isinstance(request.body, Mapping)
    body = request.body
    if device_type == "GSME" and request.srv == "1.1.1":
        body = _without_thresholds(body)
    if device_type == "ESME" and request.srv == "1.5":
        (mode,) = body.values()  # it has one balance, whichever mode is named
        return _plain(mode)
    return _plain(body)


def _plain(value: Any) -> Any:
    """Days are a set, none of them are no element; a price of 0 is what is not named has."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    found = {name: _plain(item) for name, item in value.items()}
    for name, item in found.items():
        if name == "DayOfWeekApplicability":
            found[name] = {day["DayOfWeekID"] for day in item}
        elif name in PRICES and isinstance(item, list):
            found[name] = [price for price in item if price["#text"]]
        elif name == "BlockPrices":
            found[name] = [prices for prices in item if prices["BlockPrice"]]
    return {name: item for name, item in found.items() if name not in DAYS or item not in ({}, [])}


def _without_thresholds(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """No gas component has their number; prices by time of use come without thresholds."""
    prices = body["PriceElements"]["GasPriceElements"]
    if "TOUTariff" in prices:
        tariff = {**body["GasTariffElements"], "ThresholdMatrix": None}
        return {**body, "GasTariffElements": tariff}
    block = {**prices["BlockTariff"], "NumberOfThresholds": None}
    return {**body, "PriceElements": {"GasPriceElements": {**prices, "BlockTariff": block}}}


@pytest.mark.parametrize(("srv", "device_type"), CRITICAL)
@quick
@given(data=st.data())
def test_a_pre_command_means_its_request_and_no_other(
    srv: str, device_type: str, certificate: bytes, data: st.DataObject
) -> None:
    body = data.draw(sensible(srv, device_type))
    target = data.draw(st.sampled_from(TARGETS.get(device_type, [Target(device_type=device_type)])))
    records = Records()
    if srv == JOIN:
        body = {"OtherDeviceID": PPMID}
        partner = data.draw(st.sampled_from(PARTNERS[device_type]))
        records = Records(other_device=OtherDevice(device_type=partner, certificate=certificate))
    request = asked(srv, body)
    message = made(request, target, records, is_load_controller=data.draw(st.booleans()))
    if message is None:
        return
    known = known_of(message)
    assert correlate(request, message) == ()
    assert correlate(request, message, known) == ()
    for path, altered in some(data, list(alterations(request))):
        if not correlate(altered, message, known):
            assert meaning(altered, device_type) == meaning(request, device_type), path
