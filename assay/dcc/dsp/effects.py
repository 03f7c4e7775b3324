"""What a successful, authentic response changes in the DCC: a table by variant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assay.dcc.dsp.alert_codes import CancellationCause
from assay.dcc.dsp.credential_effects import CREDENTIAL_EFFECTS
from assay.dcc.dsp.effect import Effect
from assay.dcc.dsp.estate import Estate
from assay.dcc.dsp.firmware_effects import FIRMWARE_EFFECTS
from assay.dcc.dsp.installation_effects import INSTALLATION_EFFECTS
from assay.dcc.dsp.outcome import is_success
from assay.dcc.inventory.queries import numbers_around
from assay.duis.catalogue import UserRole
from assay.duis.requests import Request
from assay.gbcs.envelope import Message
from assay.gbcs.identifiers import Eui64

_UNREGISTERED = (UserRole.OTHER_USER, UserRole.LOAD_CONTROLLER)
_REGISTERED = tuple(role for role in UserRole if role not in _UNREGISTERED)


def tenancy_changed(estate: Estate, request: Request, _: Message, at: datetime) -> str:
    """3.2: what users who are not registered there had planned goes.

    Their right rested on the consent of the household that has left (inferred); suppliers and
    network operators stay who they are.
    """
    target = request.request_id.target
    device = estate.inventory[target]
    numbers = numbers_around(estate.inventory, device)
    registered = {
        estate.registration.responsible(mpxn, role, at) for mpxn in numbers for role in _REGISTERED
    }

    def is_affected(user: Eui64) -> bool:
        return user not in registered

    count = estate.cancellation.cancel(CancellationCause.CHANGE_OF_TENANCY, target, is_affected)
    return f"{target}: change of tenancy, {count} schedules and dated requests cancelled"


EFFECTS: Mapping[str, Effect] = {
    "3.2": tenancy_changed,
    **CREDENTIAL_EFFECTS,
    **FIRMWARE_EFFECTS,
    **INSTALLATION_EFFECTS,
}


BELIEVED = frozenset(("3.2", "8.7.2", "8.8.2", "11.2"))
"""Not critical, so the response is MACed for the user and the DCC cannot verify it: for these
what came through the hub in answer to a Command in flight is believed all the same, for the DCC
has nothing else to go by (inferred)."""


@dataclass(slots=True, kw_only=True)
class Effects:
    estate: Estate

    def apply(self, request: Request, response: Message, at: datetime) -> str | None:
        """In words what changed; None where this response changes nothing."""
        effect = EFFECTS.get(request.srv)
        if effect is None or not is_success(response):
            return None
        return effect(self.estate, request, response, at)
