"""The use cases of GBCS as rows, and the DLMS items that their commands carry.

The rows are facts from the national tables in our own structure; `grade` says per field
whether national vectors prove it ("verified") or a published table states it ("published").
None in a field means that no source used here tells.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from assay.gbcs.dlms.access import Obis, Op


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCase:
    """One message code. `critical` is None or "mixed" where variants differ (CS02a)."""

    code: int
    name: str
    title: str
    category: str
    message_type: str | None
    devices: tuple[str, ...]
    critical: bool | str | None
    payload: str | tuple[str, ...] | None
    encrypted: tuple[str, ...]
    replay_protected: bool | None
    future_datable: bool | None
    roles: tuple[str, ...] | None
    response_date_time: bool | None
    service_references: tuple[str, ...]

    @property
    def is_critical(self) -> bool:
        return self.critical is True


@dataclass(frozen=True, slots=True, kw_only=True)
class DlmsItem:
    """One item of a command: what is done to which attribute or method, and its GBCS name."""

    op: Op
    class_id: int
    obis: Obis
    attribute: int
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertCode:
    """An alert or event code; None where no source used here tells.

    `logs` are "event", "security" and "powerEvent"; `wan` is whether it goes to a remote party.
    """

    code: int
    meaning: str | None
    critical: bool | None
    recipient: str | None
    message_codes: tuple[int, ...]
    logs: tuple[str, ...] | None
    always_on: bool | None
    wan: bool | None
    grade: str


def _table(name: str) -> Any:
    return json.loads(resources.files(__package__).joinpath("tables", name).read_text("utf-8"))


@cache
def use_cases() -> dict[int, UseCase]:
    rows = _table("use_cases.json")["use_cases"]
    return {int(row["code"], 16): _use_case(row) for row in rows}


@cache
def field_grades() -> dict[str, str]:
    grades: dict[str, str] = _table("use_cases.json")["grades"]
    return grades


def _use_case(row: dict[str, Any]) -> UseCase:
    payload = row["payload"]
    return UseCase(
        code=int(row["code"], 16),
        name=row["name"],
        title=row["title"],
        category=row["category"],
        message_type=row["message_type"],
        devices=tuple(row["devices"]),
        critical=row["critical"],
        payload=tuple(payload) if isinstance(payload, list) else payload,
        encrypted=tuple(row["encrypted"] or ()),
        replay_protected=row["replay_protected"],
        future_datable=row["future_datable"],
        roles=tuple(row["roles"]) if row["roles"] is not None else None,
        response_date_time=row["response_date_time"],
        service_references=tuple(row["service_references"]),
    )


def use_case(code: int) -> UseCase | None:
    return use_cases().get(code)


@cache
def _dlms_commands() -> dict[int, tuple[tuple[DlmsItem, ...], ...]]:
    return {
        int(code, 16): tuple(tuple(_dlms_item(item) for item in items) for items in row["commands"])
        for code, row in _table("dlms_items.json").items()
    }


_OPS = {
    "get": Op.GET,
    "set": Op.SET,
    "action": Op.ACTION,
    "get-with-selection": Op.GET_WITH_SELECTION,
}


def _dlms_item(row: list[Any]) -> DlmsItem:
    op, class_id, obis, attribute, name = row[:5]
    return DlmsItem(
        op=_OPS[op],
        class_id=class_id,
        obis=Obis.from_text(obis),
        attribute=attribute,
        name=name,
    )


def dlms_command(code: int) -> tuple[DlmsItem, ...]:
    """The items of a DLMS command in order; KeyError for a code without a DLMS command.

    Where GBCS allows several forms (optional parts) this is the first form.
    """
    return _dlms_commands()[code][0]


def dlms_forms(code: int) -> tuple[tuple[DlmsItem, ...], ...]:
    """Every form of a DLMS command; KeyError for a code without a DLMS command."""
    return _dlms_commands()[code]


@cache
def _item_names() -> dict[tuple[int, int, bytes, int], str]:
    names: dict[tuple[int, int, bytes, int], str] = {}
    for code, forms in _dlms_commands().items():
        for items in forms:
            for item in items:
                if item.name is not None:
                    key = (code, item.class_id, bytes(item.obis), item.attribute)
                    names.setdefault(key, item.name)
    return names


def item_name(code: int, class_id: int, obis: bytes, attribute: int) -> str | None:
    return _item_names().get((code, class_id, obis, attribute))


@cache
def alert_codes() -> dict[int, AlertCode]:
    return {
        int(row["code"], 16): AlertCode(
            code=int(row["code"], 16),
            meaning=row["meaning"],
            critical=row["critical"],
            recipient=row["recipient"],
            message_codes=tuple(int(code, 16) for code in row["message_codes"]),
            logs=tuple(row["logs"]) if row["logs"] is not None else None,
            always_on=row["always_on"],
            wan=row["wan"],
            grade=row["grade"],
        )
        for row in _table("alerts.json")
    }
