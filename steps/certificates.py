"""SREPT: certificate requests, the repository and revocation, as a party sees them."""

from __future__ import annotations

from pytest_bdd import given, parsers, then, when

from assay.verdicts import require
from fixtures.bench import Bench


@when(
    parsers.re(r"the import supplier submits a certificate signing request for (?P<usage>[a-z -]+)")
)
def submit_request(bench: Bench, usage: str) -> None:
    bench.subscriber.submit(usage)


@when("the import supplier submits a certificate signing request for another party's identity")
def submit_for_another(bench: Bench) -> None:
    bench.subscriber.submit_for_another_party()


@when("the import supplier submits a certificate signing request with a bad signature")
def submit_badly_signed(bench: Bench) -> None:
    bench.subscriber.submit_badly_signed()


@when("the import supplier submits a certificate signing request that is no PKCS#10 structure")
def submit_garbage(bench: Bench) -> None:
    bench.subscriber.submit_garbage()


@then("the request is accepted and approved")
def accepted_and_approved(bench: Bench) -> None:
    answer = bench.subscriber.answer
    require(answer.get("state") == "ACCEPTED", "SREPT-S04", "state ACCEPTED", answer)
    outcome = bench.subscriber.outcome()
    require(outcome.get("state") == "APPROVED", "SREPT-S04", "state APPROVED", outcome)


@then("the certificate agrees with the request")
def certificate_agrees(bench: Bench) -> None:
    difference = bench.subscriber.difference_from_request()
    require(difference is None, "SREPT-S04", "a certificate as requested", difference)


@then("the certificate is in the repository")
def in_repository(bench: Bench) -> None:
    found = bench.subscriber.is_in_repository()
    require(found, "SREPT-S04", "the certificate in the repository", "not found")


@then("the request is refused at once with an error")
def refused_at_once(bench: Bench) -> None:
    answer = bench.subscriber.answer
    require(answer.get("state") == "REJECTED", "SREPT-S07", "state REJECTED", answer)
    require(bool(answer.get("code")), "SREPT-S07", "an error code", answer)


@then("the request is accepted and then rejected with reasons")
def accepted_then_rejected(bench: Bench) -> None:
    answer = bench.subscriber.answer
    require(answer.get("state") == "ACCEPTED", "SREPT-S08", "state ACCEPTED", answer)
    outcome = bench.subscriber.outcome()
    require(outcome.get("state") == "REJECTED", "SREPT-S08", "state REJECTED", outcome)
    require(bool(outcome.get("reason")), "SREPT-S08", "a reason", outcome)


@given("the meter holds a certificate already")
def meter_holds_certificate(bench: Bench) -> None:
    require(
        bench.subscriber.meter_certificate() is not None,
        "SREPT-S10",
        "a certificate of the meter in the repository",
        "none",
    )


@when("the import supplier sends an ad hoc device certificate signing request")
def ad_hoc(bench: Bench) -> None:
    bench.subscriber.ad_hoc_for_meter()


@when("the import supplier sends an ad hoc request for a device without an earlier certificate")
def ad_hoc_for_unknown(bench: Bench) -> None:
    bench.subscriber.ad_hoc_for_unknown_device()


@when("the import supplier sends an ad hoc request that is no XML")
def ad_hoc_no_xml(bench: Bench) -> None:
    bench.subscriber.ad_hoc_octets(b"this is no XML")


@when("a client with a certificate for another service sends an ad hoc request")
def ad_hoc_wrong_service(bench: Bench) -> None:
    bench.subscriber.ad_hoc_with_wrong_certificate()


@then("the answer has status SUCCESS and a certificate under the same identifier")
def ad_hoc_success(bench: Bench) -> None:
    answer = bench.subscriber.ad_hoc_answer
    require(answer.status == "SUCCESS", "SREPT-S10", "SUCCESS", answer.status)
    difference = bench.subscriber.ad_hoc_difference()
    require(difference is None, "SREPT-S10", "a certificate as requested", difference)
    sent = bench.subscriber.request_id
    require(answer.id == sent, "SREPT-S10", f"identifier {sent}", answer.id)


@then(
    parsers.re(r"the answer has status (?P<status>[A-Z_]+) and an error code of kind (?P<kind>\w+)")
)
def ad_hoc_error(bench: Bench, status: str, kind: str) -> None:
    answer = bench.subscriber.ad_hoc_answer
    require(answer.http_status == 200, "SREPT-S16", "HTTP 200", answer.http_status)
    requirement = "SREPT-S16" if kind == "FM" else "SREPT-S11"
    require(answer.status == status, requirement, status, answer.status)
    seen = answer.error_code or "none"
    require(seen.startswith(f"{kind}:"), requirement, f"code {kind}:...", seen)


@then("access is denied")
def access_denied(bench: Bench) -> None:
    status = bench.subscriber.ad_hoc_answer.http_status
    require(status in (401, 403), "SREPT-S03", "access denied", f"HTTP {status}")


@when("the repository is asked for the meter's key agreement certificate")
def ask_repository(bench: Bench) -> None:
    bench.subscriber.ask_for_meter_certificate()


@then("the answer is the certificate that the meter holds")
def repository_answer(bench: Bench) -> None:
    same = bench.subscriber.found_is_the_meters()
    require(same, "SREPT-S20", "the meter's certificate", "another one, or none")


@when("the repository is asked with an invalid API key")
def ask_with_bad_key(bench: Bench) -> None:
    bench.subscriber.ask_with_bad_api_key()


@then("the query is refused")
def query_refused(bench: Bench) -> None:
    status = bench.subscriber.search_status
    require(status == 401, "SREPT-S20", "HTTP 401", f"HTTP {status}")


@given("the import supplier's signing certificate is revoked")
@when("the import supplier's signing certificate is revoked")
def revoke(bench: Bench) -> None:
    bench.subscriber.revoke_signing_certificate()


@then("the revocation list names the certificate")
def list_names_certificate(bench: Bench) -> None:
    named = bench.subscriber.is_on_revocation_list()
    require(named, "SREPT-S17", "the serial on the revocation list", "not on it")


@then("the revocation list is signed by the issuing authority")
def list_is_signed(bench: Bench) -> None:
    signed = bench.subscriber.is_revocation_list_signed()
    require(signed, "SREPT-S17", "a list that verifies under the issuing authority", "it does not")


@then("the repository shows the certificate as revoked")
def shown_as_revoked(bench: Bench) -> None:
    status = bench.subscriber.signing_certificate_status()
    require(status == "R", "SREPT-S24", "status R", status)
