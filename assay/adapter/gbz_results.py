"""The results of a GBZ response: one for each component, 0 for success; and what was read.

"Not found" is an answer and no failure (GBCS digest 5.2). A component that reports attributes has
the status of the first that failed; a top-up its result, a log that was not cleared a one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assay.gbcs.gbz.components import Component, GbzPayload
from assay.gbcs.gbz.tables import statuses

Plain = Mapping[int, Any]
"""Index of an encrypted component -> its decrypted fields."""
_NO_FAILURE = frozenset(("success", "notFound"))
_NOT_CLEARED = 1


def results_of(typed: GbzPayload, plain: Plain) -> tuple[int, ...]:
    return tuple(
        _result(component, plain.get(index, component.payload))
        for index, component in enumerate(typed.components)
    )


def attributes_of(typed: GbzPayload, plain: Plain) -> dict[tuple[int, int], Any]:
    """(cluster, attribute) -> value, of those that were read with success."""
    found: dict[tuple[int, int], Any] = {}
    for index, component in enumerate(typed.components):
        fields = plain.get(index, component.payload)
        if not component.is_profile_wide or not isinstance(fields, dict):
            continue
        for form in fields.get("attributes", ()):
            if "value" in form:
                found[component.cluster, int(form["attribute"], 16)] = form["value"]
    return found


def _result(component: Component, fields: Any) -> int:
    if not isinstance(fields, dict):
        return 0
    if component.is_profile_wide:
        named = [form["status"] for form in fields.get("attributes", ())]
        named += [fields["status"]] if "status" in fields else []
        return next((_code(status) for status in named if status not in _NO_FAILURE), 0)
    if "result_type" in fields:
        return int(fields["result_type"])
    if "cleared" in fields:
        return 0 if fields["cleared"] else _NOT_CLEARED
    return 0


def _code(status: str | int) -> int:
    return status if isinstance(status, int) else statuses()[status]
