"""The verdict of an attempt as Allure is told it.

In a campaign the job has judged and says so in the item's user properties. Features that are
run by plain pytest are judged here, by the same rule: whatever the bench cannot vouch for, a
bare AssertionError of our own code included, is INCONCLUSIVE, never FAIL.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assay.verdicts import NonConformity, NotApplicable, Verdict

PROPERTY = "verdict"


def verdict_of(item: pytest.Item, errors: Sequence[BaseException]) -> Verdict:
    """The job's word, or the worst of what set-up, call and teardown raised."""
    for name, value in item.user_properties:
        if name == PROPERTY:
            return Verdict.from_words(str(value))
    return Verdict.worst(map(_verdict_of_error, errors)) if errors else Verdict.PASS


def _verdict_of_error(error: BaseException) -> Verdict:
    if isinstance(error, NonConformity):
        return Verdict.FAIL
    if isinstance(error, NotApplicable):
        return Verdict.NOT_APPLICABLE
    if isinstance(error, pytest.skip.Exception):
        has_reason = error.msg not in ("", "unconditional skip")
        return Verdict.NOT_APPLICABLE if has_reason else Verdict.INCONCLUSIVE
    return Verdict.INCONCLUSIVE
