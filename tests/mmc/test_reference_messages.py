"""Every response and alert of the reference set that has an MMC form gives a valid document."""

from __future__ import annotations

import re

import pytest

from assay.gbcs.keys import KeyStore
from assay.mmc import NoMmcForm, parse_mmc
from tests.mmc.conftest import Check

WITHOUT_FORM = {
    "CS02bAnyByContingency_NA_SUCCESS_RESPONSE",
    "CS02bAnyExceptAbnormalRootByRecovery_NA_SUCCESS_RESPONSE",
    "CS02bTransCoSByTransCoS_NA_SUCCESS_RESPONSE",
    "CS02bWPByWP_NA_SUCCESS_RESPONSE",
    "CS02gLoadControllerByLoadController_NA_FUTURE_DATED_SUCCESS_RESPONSE",
    "CS02gLoadControllerByLoadController_NA_IMMEDIATE_SUCCESS_RESPONSE",
    "PCS01_NA_SUCCESS_RESPONSE",
    "PCS02_NA_SUCCESS_RESPONSE",
}
"""The DCC's own credentials, a load controller's, and two that stay on the home network."""
MISNAMED = {"CS04B_8.8.2_ERROR_RESPONSE"}
"""It carries 0x000F, addressed to the supplier: the answer to 8.8.1."""
FAILS_WHEN_DUE = {
    "CS02bSupplierBySupplier_6.15.1_FUTURE_DATED_ERROR_RESPONSE",
    "CS02gLoadControllerBySupplier_6.15.1_FUTURE_DATED_ERROR_RESPONSE",
    "CS06_11.3_FUTURE_DATED_ERROR_RESPONSE",
}
"""Accepted: an alert tells of the failure, when it is due."""
_VARIANT = re.compile(r"_(\d+(?:\.\d+)+)_")


def with_form(answers: dict[str, bytes]) -> dict[str, bytes]:
    return {name: octets for name, octets in answers.items() if name not in WITHOUT_FORM}


def responses(answers: dict[str, bytes]) -> dict[str, bytes]:
    return {name: octets for name, octets in with_form(answers).items() if "_ALERT" not in name}


def variant_in(name: str) -> str | None:
    found = _VARIANT.search(name)
    return found[1] if found is not None else None


def test_with_keys_every_document_is_valid_and_open(
    answers: dict[str, bytes], keys: KeyStore, faults: Check
) -> None:
    wrong = {}
    for name, octets in with_form(answers).items():
        document = parse_mmc(octets, keys)
        found = faults(document)
        if found or document.is_sealed:
            wrong[name] = found
    assert len(with_form(answers)) > 300
    assert wrong == {}


def test_without_keys_every_document_is_valid(answers: dict[str, bytes], faults: Check) -> None:
    wrong = {
        name: found
        for name, octets in with_form(answers).items()
        if (found := faults(parse_mmc(octets)))
    }
    assert wrong == {}


def test_exactly_these_have_no_form(answers: dict[str, bytes], keys: KeyStore) -> None:
    refused = set()
    for name, octets in answers.items():
        try:
            parse_mmc(octets, keys)
        except NoMmcForm:
            refused.add(name)
    assert refused == WITHOUT_FORM & set(answers)


def test_success_is_what_the_scenario_says(answers: dict[str, bytes], keys: KeyStore) -> None:
    """Nothing found is an answer, as is a future date accepted."""
    wrong = {
        name: document.succeeded
        for name, octets in responses(answers).items()
        if (document := parse_mmc(octets, keys)).succeeded
        is not ("ERROR" not in name or name in FAILS_WHEN_DUE)
    }
    assert wrong == {}


def test_the_variant_is_told_from_the_message_or_the_choice_is_said(
    answers: dict[str, bytes], keys: KeyStore
) -> None:
    wrong = {}
    for name, octets in responses(answers).items():
        expected = variant_in(name)
        if expected is None or name in MISNAMED:
            continue
        document = parse_mmc(octets, keys)
        if document.header["ServiceReferenceVariant"] != expected and (
            expected not in document.variants[1:]
        ):
            wrong[name] = document.variants
    assert wrong == {}


def test_a_caller_who_knows_the_request_is_followed(
    answers: dict[str, bytes], keys: KeyStore, faults: Check
) -> None:
    wrong = {}
    for name, octets in responses(answers).items():
        expected = variant_in(name)
        if expected is None or name in MISNAMED:
            continue
        document = parse_mmc(octets, keys, variant=expected)
        if document.header["ServiceReferenceVariant"] != expected or faults(document):
            wrong[name] = faults(document)
    assert wrong == {}


def test_only_the_calendar_of_auxiliary_controllers_has_no_element(
    answers: dict[str, bytes], keys: KeyStore
) -> None:
    bare = {
        variant_in(name)
        for name, octets in responses(answers).items()
        if parse_mmc(octets, keys).element is None
    }
    assert bare == {"6.14.3"}


def test_the_same_message_gives_the_same_octets(answers: dict[str, bytes], keys: KeyStore) -> None:
    for octets in with_form(answers).values():
        assert parse_mmc(octets, keys).to_xml() == parse_mmc(octets, keys).to_xml()


@pytest.mark.parametrize("variant", ["6.11", "8.1.1"])
def test_an_answer_that_fits_two_requests_is_named_by_the_hint(
    variant: str, answers: dict[str, bytes], keys: KeyStore
) -> None:
    elements = {"6.11": "SynchroniseClockRsp", "8.1.1": "CommissionDeviceSynchroniseClockRsp"}
    document = parse_mmc(answers["ECS70_6.11_SUCCESS_RESPONSE"], keys, variant=variant)
    assert document.element == elements[variant]
    assert document.variants == (variant,)


def test_a_hint_that_cannot_be_is_refused(answers: dict[str, bytes]) -> None:
    with pytest.raises(NoMmcForm, match=r"6\.11 or 8\.1\.1, given 7\.2"):
        parse_mmc(answers["ECS70_6.11_SUCCESS_RESPONSE"], variant="7.2")
