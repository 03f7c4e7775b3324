"""Whether a user may speak for a device that the body of a request names.

The request itself is addressed to the DCC, so the check of its target says nothing of it. Who
is registered for the premises may; before anyone is, who made the device known (inferred).
"""

from __future__ import annotations

from assay.dcc.access import responsible_roles
from assay.dcc.dsp.examination import Examination
from assay.dcc.inventory import Device
from assay.dcc.inventory.queries import numbers_around
from assay.duis.catalogue import UserRole


def is_responsible(examination: Examination, device: Device) -> bool:
    numbers = numbers_around(examination.books.inventory, device)
    if device.notified_by == examination.user.eui and not numbers:
        return True
    return is_registered(examination, numbers)


def is_registered(examination: Examination, numbers: tuple[str, ...]) -> bool:
    """In a role that the matrix opens the variant to, for one of the numbers."""
    roles = responsible_roles(
        examination.user,
        examination.roles,
        numbers,
        examination.books.registration,
        examination.at,
    )
    return bool(roles - {UserRole.OTHER_USER, UserRole.LOAD_CONTROLLER})
