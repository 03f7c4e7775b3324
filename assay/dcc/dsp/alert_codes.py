"""Which alert code says what, where only the group of the code is known: inferred tables.

The book of 2015 gives the codes of a group and nobody says which member means what. A group
that must be heard of all the same has its members dealt out here, in the order of their
numbers; nothing may be decided on which of them came.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class CancellationCause(StrEnum):
    """Why the DCC takes back what it would have done later at a device."""

    CHANGE_OF_SUPPLIER = "change of supplier"
    CHANGE_OF_TENANCY = "change of tenancy"
    DECOMMISSIONED = "device decommissioned"
    WITHDRAWN = "device withdrawn or opted out"


SCHEDULE_REMOVED: Mapping[CancellationCause, str] = {
    CancellationCause.CHANGE_OF_SUPPLIER: "N4",
    CancellationCause.CHANGE_OF_TENANCY: "N5",
    CancellationCause.DECOMMISSIONED: "N17",
    CancellationCause.WITHDRAWN: "N37",
}
"""N17 and N37 have a meaning of their own in the table of alerts; N4 and N5 are dealt out, and
N6 is left over."""

DATED_REQUEST_CANCELLED = "N7"


class DistributionFailure(StrEnum):
    """Why an image did not get to a device."""

    NO_HUB = "the device is behind no hub that the WAN knows"
    TRANSFER_FAILED = "the hub could not pass the image on"
    DISCARDED = "the hub discarded the image"
    WRONG_HARDWARE = "the image is for other hardware"
    NOT_VERIFIED = "the device does not accept the image"
    TIMED_OUT = "nothing was heard of the image in time"


FIRMWARE_NOT_DISTRIBUTED: Mapping[DistributionFailure, str] = {
    DistributionFailure.NO_HUB: "N18",
    DistributionFailure.TRANSFER_FAILED: "N19",
    DistributionFailure.DISCARDED: "N20",
    DistributionFailure.WRONG_HARDWARE: "N21",
    DistributionFailure.NOT_VERIFIED: "N22",
    DistributionFailure.TIMED_OUT: "N23",
}

FAILURE_CODES: Mapping[str, str] = {
    "N10": "E30",
    "N11": "E30",
    "N12": "E20",
    "N13": "E21",
    "N14": "E40",
    "N15": "E41",
}
"""What went wrong as a response code. The public summary says of E20 that it accompanies an alert
like N12, and of alerts that their response code is I0; which of both is true of the document is
`DccSettings.alerts_carry_failure_codes` (inferred)."""
SCHEDULED_RUN_FAILED = "E31"
"""In the place of E30 where the Command was one of a schedule (low confidence)."""


def failure_code(alert: str, *, is_scheduled: bool) -> str | None:
    """The response code of a failure; None for an alert that tells of none."""
    code = FAILURE_CODES.get(alert)
    return SCHEDULED_RUN_FAILED if code == FAILURE_CODES["N11"] and is_scheduled else code
