"""What `assay gbcs decode` shows of a Command: the items of the use-case tables, in their order.

The tables name for each use case the objects or ZCL commands, as specified and as observed in
the national messages. Each row of the transformation is tried with bodies that lead to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assay.dcc.pki.bench_keys import TRANSITIONAL_COS
from assay.dcc.transform import (
    NoTransformationError,
    OtherDevice,
    Records,
    Target,
    UnencodableContentError,
    find_row,
    transform,
)
from assay.dcc.transform.chosen_items import ChosenItems
from assay.dcc.transform.gbz import Gbz
from assay.dcc.transform.payloads import Asn1
from assay.dcc.transform.row import Row
from assay.dcc.transform.rows import ROWS
from assay.duis.catalogue import CATALOGUE
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request
from assay.gbcs import json_form
from assay.gbcs.envelope import Message, parse
from tests.dcc.parties import BROKER, METER, PPMID, SUPPLIER
from tests.end_to_end.sensible_requests import CERTIFICATE, sensible

WITH_ITEMS = [
    row for row in ROWS if not isinstance(row.payload, Asn1) and row.srv not in ("8.12.1", "8.12.2")
]
"""Without those that restore a log, which the DCC has to have."""
AS_MANY_AS_ASKED = {
    0x0055: "ECS47: the timer of one controller, or none",
    0x0054: "ECS46c: the kinds of the controllers that are named",
    0x0053: "ECS46a: the controllers that are named",
    0x005A: "ECS57: the demands that are named",
    0x006B: "GCS01a: days and weeks are several commands, thresholds go with blocks",
    0x006F: "GCS05: days are several commands",
    0x00AD: "GCS20: one command for each behaviour",
    0x011E: "ECS47a: the period of one controller",
    0x011F: "ECS47e: the period of one controller",
}
PROTECTED = 30
"""Class of the objects that read others in encrypted form."""

Item = tuple[Any, ...]


@pytest.fixture(scope="module")
def dlms(shared: Path) -> Mapping[int, Any]:
    return _by_code(json.loads((shared / "reference/gbcs_dlms_objects.json").read_text()))


@pytest.fixture(scope="module")
def gbz(shared: Path) -> Mapping[int, Any]:
    tables = json.loads((shared / "reference/gbcs_gbz_components.json").read_text())
    return _by_code(tables["use_cases"])


def _by_code(use_cases: Sequence[Mapping[str, Any]]) -> Mapping[int, Any]:
    return {int(row["code"], 16): row for row in use_cases}


CIRCUMSTANCES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (
        {"esme_variant": variant, "gbcs_version": version},
        {"is_network_operator": operator, "is_load_controller": not operator},
    )
    for variant, version, operator in product(
        (None, "CD", "BD"), (None, "1.1", "4.3"), (False, True)
    )
]
PARTNERS = ("PPMID", "HCALCS", "ESME", "GSME", "GPF", "IHD")


def command_of(row: Row, body: Mapping[str, Any]) -> Message | None:
    """The Command that this row makes; None where the body leads to another, or to none."""
    request = Request(
        request_id=RequestId(SUPPLIER, METER, 5),
        command_variant=CATALOGUE[row.srv].command_variants[0],
        srv=row.srv,
        body={"OtherDeviceID": PPMID} if "OtherDeviceID" in body else body,
    )
    for device, role in CIRCUMSTANCES:
        target = Target(device_type=row.device_type, **device)
        for partner in PARTNERS if "OtherDeviceID" in body else PARTNERS[:1]:
            known = OtherDevice(device_type=partner, certificate=CERTIFICATE)
            try:
                if find_row(request, target, records=Records(other_device=known), **role) is row:
                    return transform(
                        request,
                        target,
                        broker=BROKER,
                        broker_counter=9,
                        transitional_cos=TRANSITIONAL_COS,
                        transitional_cos_counter=11,
                        records=Records(other_device=known),
                        **role,
                    )
            except NoTransformationError:
                continue
            except UnencodableContentError:
                return None
    return None


def drawn_command(row: Row, data: st.DataObject) -> Message:
    made = st.builds(lambda body: command_of(row, body), sensible(row.srv, row.device_type))
    message = data.draw(made.filter(lambda found: found is not None))
    assert message is not None
    return message


def shown(message: Message) -> Mapping[str, Any]:
    """The payload as `assay gbcs decode` writes it, of the message as octets."""
    payload: Mapping[str, Any] = json_form.to_json(parse(message.to_octets()))["payload"]
    return payload


def objects(item: Mapping[str, Any]) -> Iterator[Item]:
    """The object of an item, and before it those that it reads in encrypted form."""
    if item["class"] == PROTECTED:
        (protected, *_) = item["data"]["structure"]
        for part in protected["array"]:
            class_id, obis, attribute, *_ = part["structure"]
            (name,) = obis.values()
            yield class_id["long-unsigned"], name.lower(), attribute["integer"]
    yield item["class"], item["obis"], item["id"]


def specified(use_case: Mapping[str, Any]) -> list[Item]:
    """Objects of the table, one for all of its parts; a protected read after what it reads."""
    rows = use_case.get("specified_gbcs_v4") or ()
    found = [item for item, _ in groupby((row["class"], row["obis"], row["id"]) for row in rows)]
    return sorted(found, key=lambda item: item[0] == PROTECTED)


def with_octets(item: Item) -> Item:
    """The logical name as octets, in whatever way it is written."""
    class_id, name, attribute = item
    medium, _, rest = name.partition("-")
    if not rest:
        return item
    octets = [int(part) for part in (medium, *rest.replace(":", ".").split("."))]
    return class_id, bytes(octets).hex(), attribute


def is_part(ours: Sequence[Item], whole: Sequence[Item]) -> bool:
    """In the same order, perhaps with gaps."""
    rest = iter(whole)
    return all(item in rest for item in ours)


def observed(use_case: Mapping[str, Any], parts: str, keys: Sequence[str]) -> list[list[Item]]:
    return [
        [tuple(part[key] for key in keys) for part in form[parts]]
        for form in use_case["observed"]
        if form["direction"] == "command"
    ]


def row_name(row: Row) -> str:
    return f"{row.srv}-{row.device_type}-{row.message_code:04X}"


quick = settings(
    max_examples=1,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize(
    "row", [row for row in WITH_ITEMS if not isinstance(row.payload, Gbz)], ids=row_name
)
@quick
@given(data=st.data())
def test_a_dlms_command_has_the_items_of_its_table(
    row: Row, dlms: Mapping[int, Any], data: st.DataObject
) -> None:
    items = shown(drawn_command(row, data))["dlms"]["access-request"]["items"]
    use_case = dlms[row.message_code]
    ours = [with_octets(found) for item in items for found in objects(item)]
    table = [with_octets(item) for item in specified(use_case)]
    forms = observed(use_case, "items", ("op", "class", "obis", "id"))
    if row.message_code in AS_MANY_AS_ASKED:
        assert is_part(ours, table) if table else ours[-1] == with_octets(forms[0][-1][1:])
        return
    assert not isinstance(row.payload, ChosenItems) or row.message_code == 0x011A
    assert not table or ours == table
    assert not forms or [(i["op"], i["class"], i["obis"], i["id"]) for i in items] in forms
    assert table or forms


@pytest.mark.parametrize(
    "row", [row for row in WITH_ITEMS if isinstance(row.payload, Gbz)], ids=row_name
)
@quick
@given(data=st.data())
def test_a_gbz_command_has_the_components_of_its_table(
    row: Row, gbz: Mapping[int, Any], data: st.DataObject
) -> None:
    components = shown(drawn_command(row, data))["gbz"]["components"]
    ours = [(c["cluster"], c["command"], c["name"]) for c in components]
    forms = observed(gbz[row.message_code], "components", ("cluster", "command", "name"))
    if row.message_code in AS_MANY_AS_ASKED:
        kinds = [kind for kind, _ in groupby(ours)]
        assert any(is_part(kinds, [kind for kind, _ in groupby(form)]) for form in forms)
        return
    assert ours in forms
