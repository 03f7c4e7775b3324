"""A DCC that does not look at whose a meter is, or does not say that it has another supplier."""

from __future__ import annotations

from typing import Protocol

from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.DCC)


class JudgingDcc(Protocol):
    """What a rogue tells the bench's DCC to do wrongly with rights."""

    def leave_out_checks(self, *names: str) -> None: ...

    def tell_no_losing_supplier(self) -> None: ...


@rogue(
    "dcc-anybody-is-responsible",
    "Serves whoever asks for a meter",
    requirement="DUIS-7-RESPONSIBLE",
    severity=Severity.CRITICAL,
    deviation="Whether a user is registered for the metering point is not looked at.",
)
def anybody_is_responsible(dcc: JudgingDcc) -> None:
    dcc.leave_out_checks("responsibility")


@rogue(
    "dcc-losing-supplier-untold",
    "Does not tell a supplier that it has lost a meter",
    requirement="SMETS-E-204",
    severity=Severity.MAJOR,
    deviation="Alert N27 is never sent.",
)
def losing_supplier_untold(dcc: JudgingDcc) -> None:
    dcc.tell_no_losing_supplier()
