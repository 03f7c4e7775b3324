"""National Commands whose request is not at hand, made from the request they must have had.

Most are of scenarios that fail on the device: their request is that of the scenario that
succeeds, under another counter. Where the Command says something else, `CHANGED` says what the
request must have said. What is compared is every octet, MAC included, as for requests at hand.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from assay.adapter.correlation import correlate
from assay.cli.key_folder import KeyFolder
from assay.cli.transformation import transform_request
from assay.duis.catalogue import CATALOGUE
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request, build_request, parse_request
from assay.duis.signature import remove_signature
from assay.gbcs.envelope import Message, parse
from assay.gbcs.identifiers import Eui64
from assay.gbcs.payload import decode
from tests.reference.test_messages import octets_of
from tests.reference.test_transform import FIRST_GBCS, POLYPHASE, Pair, difference

PRE_COMMAND, COMMAND = "_PRECOMMAND_GBCS.HEX", "_COMMAND_GBCS.HEX"
REQUEST = "_REQUEST_DUIS.XML"
MIDNIGHT = time(tzinfo=UTC)
DATED = datetime(2030, 1, 15, 9, tzinfo=UTC)
NEVER = datetime(3000, 12, 31, tzinfo=UTC)

Body = Mapping[str, Any]


def day(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


def period(start: datetime, end: datetime) -> Body:
    return {"ReadLogPeriod": {"StartDateTime": start, "EndDateTime": end}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """`like` is a request at hand, or none; `body` makes of its body the one that is wanted, from
    the Command where only that holds it. `srv`: where the file's name says another."""

    like: str | None = None
    body: Callable[[Body, Message], Body] = lambda body, _: body
    device: Mapping[str, str] = field(default_factory=dict)
    srv: str | None = None


def plus(more: Body) -> Callable[[Body, Message], Body]:
    return lambda body, _: {**body, **more}


def payload_of(message: Message) -> Any:
    _, payload = decode(message)
    return payload.value


def der(certificate: Mapping[str, str]) -> bytes:
    return bytes.fromhex(certificate["der"])


def credentials(body: Body, message: Message) -> Body:
    """The certificates of the Command, signing before key agreement."""
    value = payload_of(message)
    names = ("DigitalSigningCertificate", "KeyAgreementCertificate", "KeyAgreementTopUpCertificate")
    replacements = [der(replacement["certificate"]) for replacement in value["replacements"]]
    path = [der(certificate) for certificate in value["path_certificates"]]
    return {
        **body,
        "ReplacementCertificates": {
            "SupplierOrNetworkOperatorCertificates": dict(zip(names, replacements, strict=False))
        },
        "CertificationPathCertificates": {"Certificate": tuple(path)},
    }


def dated_credentials(body: Body, message: Message) -> Body:
    return {"ExecutionDateTime": day(2030, 1, 15), **credentials(body, message)}


def output_only(body: Body, _: Message) -> Body:
    """Levels of output, where the request at hand sets levels of input."""
    entries = []
    for entry in body["AuxiliaryControllerSchedule"]:
        action = dict(entry["AuxiliaryControllerAction"])
        action.pop("InputFromControlledLoad")
        entries.append({**entry, "AuxiliaryControllerAction": action})
    return {**body, "AuxiliaryControllerSchedule": tuple(entries)}


def without_counters(body: Body, _: Message) -> Body:
    return {**body, "RMSVoltageCountersNotReset": None}


def read_from(start: datetime, samples: int) -> Callable[[Body, Message], Body]:
    """Half-hours from a start on; both ends count."""
    return plus(period(start, start + timedelta(minutes=30) * (samples - 1)))


BY_LOAD_CONTROLLER = {
    "RemotePartyRole": "LoadController",
    "RemotePartyFloorSeqNumber": 0,
    "ApplyTimeBasedCPVChecks": False,
}
NOBODY = Eui64.from_text("03-03-03-03-03-03-03-03")
CHANGED: Mapping[str, Changed] = {
    "GCS03_1.6_IMMEDIATE_ERROR": Changed(  # the flags are inferred
        body=plus(
            {
                "Prepayment": {
                    "SuspendDebtDisabled": False,
                    "SuspendDebtEmergency": False,
                    "DisablementThreshold": 0,
                }
            }
        )
    ),
    "CS06_11.3_FUTURE_DATED_ERROR": Changed(
        body=lambda _, message: {
            "ExecutionDateTime": day(2030, 1, 1),
            "FirmwareHash": bytes.fromhex(payload_of(message)["image_hash"]),
        }
    ),
    "ECS08_2.1_IMMEDIATE_ERROR": Changed(like="ECS08_2.1_IMMEDIATE_SUCCESS", device=FIRST_GBCS),
    "CS01b_2.2_ERROR": Changed(body=plus({"UTRN": "12345678910121314156"})),
    "GCS06_2.5_ERROR": Changed(),
    "GCS16b_4.14_KRP_ERROR": Changed(body=plus(period(day(2014, 12, 29, 23), day(2015, 1, 1)))),
    "GCS60_4.18_ERROR": Changed(device=FIRST_GBCS),
    "ECS20a_4.4.4_ERROR": Changed(body=plus(period(day(2014, 12, 22, 9, 30), day(2015, 1, 1)))),
    "GCS15d_4.4.4_NOT_FOUND": Changed(body=plus(period(day(2014, 12, 31), day(2014, 12, 31, 18)))),
    "GCS15e_4.4.5_ERROR": Changed(body=plus(period(day(2014, 12, 1), NEVER))),
    "GCS15e_4.4.5_NOT_FOUND": Changed(body=plus(period(day(2030, 12, 31), NEVER))),
    "GCS17_4.8.1_ERROR": Changed(body=plus(period(day(2014, 12, 30), day(2015, 1, 1)))),
    "GCS17_4.8.1_NOT_FOUND": Changed(body=read_from(day(2013, 1, 1), 8690)),
    "CS10b_6.13_ERROR": Changed(
        body=plus({"LogToRead": "Security", **period(day(2014, 12, 31), day(2015, 1, 1))})
    ),
    "CS10b_6.13_NOT_FOUND": Changed(
        body=plus({"LogToRead": "Security", **period(day(2020, 1, 26), day(2020, 1, 26, 7))})
    ),
    "ECS46c_6.14.2_FUTURE_DATED_ALL_OPTIONALS_ERROR": Changed(
        like="ECS46c_6.14.2_CANCELLATION_ALL_OPTIONALS_SUCCESS",
        body=plus({"ExecutionDateTime": DATED}),
    ),
    "ECS46d_6.14.3_IMMEDIATE_APC_OUTPUT_ERROR": Changed(
        like="ECS46d_6.14.3_IMMEDIATE_APC_INPUT_SUCCESS", body=output_only
    ),
    "CS02bSupplierBySupplier_6.15.1_FUTURE_DATED_ERROR": Changed(
        like="CS02bSupplierBySupplier_6.15.1_FUTURE_DATED_SUCCESS", body=credentials
    ),
    "CS02gLoadControllerBySupplier_6.15.1_FUTURE_DATED_ERROR": Changed(
        like="CS02gLoadControllerBySupplier_6.15.1_IMMEDIATE_SUCCESS", body=dated_credentials
    ),
    "CS02gLoadControllerByLoadController_NA_IMMEDIATE_SUCCESS": Changed(
        srv="6.15.1", body=lambda _, message: credentials(BY_LOAD_CONTROLLER, message)
    ),
    "CS02gLoadControllerByLoadController_NA_FUTURE_DATED_SUCCESS": Changed(
        srv="6.15.1", body=lambda _, message: dated_credentials(BY_LOAD_CONTROLLER, message)
    ),
    "CS02d_6.15.2_ERROR": Changed(
        body=lambda _, message: {"DeviceCertificate": der(payload_of(message))}
    ),
    "ECS25r2_6.2.10_ERROR": Changed(),
    "GCS21e_6.2.4_ERROR": Changed(device=FIRST_GBCS),
    "ECS25b3_6.22_ERROR": Changed(
        body=plus(
            {
                "ElectricityNetworkOperatorLoggingSettings": {
                    "NetworkOperatorESMECommon": {"x8014": "Enable", "x8015": "Enable"},
                    "NetworkOperatorESMEPolyPhase": {"x8003": "Enable"},
                }
            }
        )
    ),
    "CS02aMAC_6.24.1_ERROR": Changed(body=plus({"RemotePartyRole": ("ACB", "NetworkOperator")})),
    "ECS29f_6.27_ERROR": Changed(device=POLYPHASE),
    "ECS28a_6.4.1_IMMEDIATE_ERROR": Changed(
        body=plus(
            {
                "LoadLimitPeriod": 300,
                "LoadLimitPowerThreshold": 6900,
                "LoadLimitRestorationPeriod": 30,
                "LoadLimitSupplyState": "Disable",
            }
        )
    ),
    "ECS29d_6.5_ERROR": Changed(like="ECS29b_6.5_SUCCESS", body=without_counters),
    "ECS30_6.8_ERROR": Changed(
        body=plus({"ElectricityBillingCalendar": {"BillingTime": MIDNIGHT, "Monthly": 1}})
    ),
    "CS04ACCritical_8.8.1_ERROR": Changed(body=plus({"OtherDeviceID": NOBODY})),
    "CS04B_8.8.2_ERROR": Changed(srv="8.8.1", body=plus({"OtherDeviceID": NOBODY})),
    "CCS05CCS04_8.9_ERROR": Changed(device=FIRST_GBCS),
}
ELSEWHERE = frozenset(("GCS05_2.1_FUTURE_DATED_ERROR",))
"""Needs more than a change at the top: see the tests of transformation for gas."""
OF_THE_DCC = "a Command of the DCC's own accord: no service request leads to it"
EXCEPTIONS: Mapping[str, str] = {
    "CCS03_8.12.1_ERROR": "restores a log that the DCC keeps: tested with the SUCCESS scenario",
    "CS02fMAC_6.24.1_ERROR": "CS02f without the load controller among the roles asked for, which "
    "is all that tells it from CS02a",
    "CS02aSignature_NA_ERROR": OF_THE_DCC,
    "CS02aSignature_NA_SUCCESS": OF_THE_DCC,
    "CS02fSignature_NA_SUCCESS": OF_THE_DCC,
    "CS02bAnyExceptAbnormalRootByRecovery_NA_SUCCESS": OF_THE_DCC,
    "CS02bTransCoSByTransCoS_NA_SUCCESS": OF_THE_DCC,
    "CS02bWPByWP_NA_SUCCESS": OF_THE_DCC,
    "PCS01_NA_SUCCESS": "a Command of a PPMID to a meter, over the HAN",
    "PCS02_NA_SUCCESS": "a Command of a PPMID to a meter, over the HAN",
}


@pytest.fixture(scope="module")
def keys(shared: Path) -> KeyFolder:
    return KeyFolder.open(shared / "rtds" / "keys")


@pytest.fixture(scope="module")
def devices(shared: Path) -> dict[str, Any]:
    return tomllib.loads((shared / "rtds" / "devices.toml").read_text())


@pytest.fixture(scope="module")
def commands(shared: Path) -> dict[str, Path]:
    """By scenario, those without a request: the Pre-Command, or else the Command."""
    found: dict[str, Path] = {}
    for ending in (COMMAND, PRE_COMMAND):
        for place in (shared / "rtds/messages").glob(f"*/*{ending}"):
            name = place.name.removesuffix(ending)
            if not (shared / f"reference/duis/requests/{name}{REQUEST}").exists():
                found[name] = place
    return found


def at_hand(shared: Path, name: str) -> Request:
    place = shared / f"reference/duis/requests/{name}{REQUEST}"
    return parse_request(remove_signature(place.read_bytes()))


def addressed(request: Request, national: Message) -> Request:
    other = national.other
    party, counter = national.originator, national.counter
    if other.supplementary_party is not None and other.supplementary_counter is not None:
        party, counter = other.supplementary_party, other.supplementary_counter
    return replace(request, request_id=RequestId(party, national.recipient, counter))


def requests_of(shared: Path, name: str, national: Message) -> list[Request]:
    """The one that it must have been; those of the same use case, where nothing is changed."""
    changed = CHANGED.get(name)
    use_case, srv, *_ = name.split("_")
    if changed is None:
        places = (shared / "reference/duis/requests").glob(f"{use_case}_{srv}_*{REQUEST}")
        names = [place.name.removesuffix(REQUEST) for place in places]
        return [addressed(at_hand(shared, alike), national) for alike in names]
    srv = changed.srv or srv
    like = {} if changed.like is None else at_hand(shared, changed.like).body
    assert isinstance(like, Mapping)
    request = Request(
        request_id=RequestId(national.originator, national.recipient, national.counter),
        command_variant=CATALOGUE[srv].command_variants[0],
        srv=srv,
        body=changed.body(like, national),
    )
    return [addressed(request, national)]


def found_difference(pair: Pair, ours: Message, keys: KeyFolder) -> str | None:
    """Also where we have the Pre-Command and the reference only what its user signed."""
    signed = parse(pair.octets)
    if ours.signature is None and signed.signature:
        before = replace(signed, signature=None, mac=None)
        return difference(replace(pair, octets=before.to_octets()), ours, keys)
    return difference(pair, ours, keys)


def test_every_command_without_a_request_is_made_from_the_one_it_must_have_had(
    shared: Path, commands: dict[str, Path], keys: KeyFolder, devices: dict[str, Any]
) -> None:
    different = {}
    for name, place in sorted(commands.items()):
        if name in EXCEPTIONS or name in ELSEWHERE:
            continue
        octets = octets_of(place)
        national = parse(octets)
        target = str(national.recipient)
        known = CHANGED[name].device if name in CHANGED else {}
        entry = {"type": devices["devices"][target], **known}
        file = {**devices, "devices": {**devices["devices"], target: entry}}
        found = [
            found_difference(
                Pair(name, place, octets),
                transform_request(build_request(request), keys, file, national.counter),
                keys,
            )
            for request in requests_of(shared, name, national)
        ]
        if None not in found:
            different[name] = found
    assert different == {}


def test_correlate_finds_the_pre_commands_to_mean_those_requests(
    shared: Path, commands: dict[str, Path]
) -> None:
    compared = 0
    for name, place in commands.items():
        if name in EXCEPTIONS or name in ELSEWHERE or not place.name.endswith(PRE_COMMAND):
            continue
        pre_command = parse(octets_of(place))
        found = [
            correlate(request, pre_command) for request in requests_of(shared, name, pre_command)
        ]
        assert () in found, (name, found)
        compared += 1
    assert compared > 20


def test_nothing_is_listed_that_is_not_there(commands: dict[str, Path]) -> None:
    assert {*CHANGED, *EXCEPTIONS, *ELSEWHERE} <= set(commands)
