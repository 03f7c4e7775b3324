"""Who may ask the SMKI for what: the outcome of the registration process, as a table row."""

from __future__ import annotations

from dataclasses import dataclass

from assay.gbcs.identifiers import Eui64


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """An Authorised Subscriber.

    `euis` and `roles` bound its organisation certificates. `device_blocks` are the leading
    octets of the Device IDs for which it is an Eligible Subscriber, b"" for all of them
    (inferred: the text of SEC L3.16 is not in our references). `may_use_ad_hoc` is for
    import suppliers, gas suppliers and the DCC only (Appendix M 2.1).
    """

    name: str
    euis: frozenset[Eui64]
    roles: frozenset[int]
    device_blocks: tuple[bytes, ...] = ()
    may_use_ad_hoc: bool = False

    def may_hold(self, eui: Eui64, role: int) -> bool:
        return eui in self.euis and role in self.roles

    def is_eligible_for(self, device_id: Eui64) -> bool:
        return any(device_id.startswith(block) for block in self.device_blocks)
