"""A DCC that does not do what it says.

The DCC is no subject under test: these faults show that the scenarios of the user entry tests
look at what the DCC answers and at what follows from it. Rigs do not import the DCC; the faults
are planted on whatever has the verbs named here.
"""

from __future__ import annotations

from typing import Protocol

from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.DCC)


class DccOfBench(Protocol):
    """What a rogue tells the bench's DCC to do wrongly."""

    def acknowledge_only(self, *variants: str) -> None: ...

    def refuse(self, code: str, *variants: str) -> None: ...

    def carry_out_only_first(self, variant: str, number: int) -> None: ...

    def count_pre_commands_wrongly(self, *, but_for: str) -> None: ...

    def hold_nothing(self) -> None: ...

    def run_no_schedule(self) -> None: ...

    def refuse_schedules_beyond(self, days: int, code: str) -> None: ...

    def run_schedules_for_yesterday(self) -> None: ...


@rogue(
    "dcc-pre-command-counter",
    "Returns Pre-Commands under another counter",
    requirement="DUIS-1-GBCS-LINK",
    severity=Severity.CRITICAL,
    deviation="The counter of every Pre-Command but that of 8.1.1 is one more than the request's.",
)
def pre_command_counter(dcc: DccOfBench) -> None:
    dcc.count_pre_commands_wrongly(but_for="8.1.1")


@rogue(
    "dcc-dated-at-once",
    "Does not wait for the time of a dated request",
    requirement="UEPT-FUTURE-DATED",
    severity=Severity.MAJOR,
    deviation="A request dated at the DSP goes to the device as soon as it is accepted.",
)
def dated_at_once(dcc: DccOfBench) -> None:
    dcc.hold_nothing()


@rogue(
    "dcc-schedules-do-not-run",
    "Keeps schedules and never runs them",
    requirement="UEPT-SCHEDULED",
    severity=Severity.MAJOR,
    deviation="When the time of a schedule comes no Command goes out.",
)
def schedules_do_not_run(dcc: DccOfBench) -> None:
    dcc.run_no_schedule()


@rogue(
    "dcc-acknowledges-and-forgets",
    "Acknowledges changes that it does not make",
    requirement="UEPT-NON-DEVICE",
    severity=Severity.MAJOR,
    deviation="5.3, 8.3, 8.4 and 8.14.1 are answered I99, and nothing changes.",
)
def acknowledges_and_forgets(dcc: DccOfBench) -> None:
    dcc.acknowledge_only("5.3", "8.3", "8.4", "8.14.1")


@rogue(
    "dcc-answers-without-data",
    "Acknowledges where it should answer",
    requirement="UEPT-NON-DEVICE",
    severity=Severity.MAJOR,
    deviation="5.1, 5.2, 8.2 and 12.1 are answered I99, without the data asked for.",
)
def answers_without_data(dcc: DccOfBench) -> None:
    dcc.acknowledge_only("5.1", "5.2", "8.2", "12.1")


@rogue(
    "dcc-refuses-reports",
    "Refuses what a user reports",
    requirement="UEPT-NON-DEVICE",
    severity=Severity.MAJOR,
    deviation="8.13, 8.14.2, 8.14.3, 8.14.4 and 11.1 are refused with E100.",
)
def refuses_reports(dcc: DccOfBench) -> None:
    dcc.refuse("E100", "8.13", "8.14.2", "8.14.3", "8.14.4", "11.1")


@rogue(
    "dcc-forgets-notifications",
    "Keeps three pre-notified devices",
    requirement="DUIS-13-PRE-NOTIFICATION",
    severity=Severity.MAJOR,
    deviation="From the fourth on, pre-notified devices are acknowledged and not kept.",
)
def forgets_notifications(dcc: DccOfBench) -> None:
    dcc.carry_out_only_first("12.2", 3)


@rogue(
    "dcc-schedules-of-a-year",
    "Takes no schedule that looks back more than a year",
    requirement="SMETS-E-030",
    severity=Severity.MINOR,
    deviation="5.1 with an offset beyond 366 days is refused with E48.",
)
def schedules_of_a_year(dcc: DccOfBench) -> None:
    dcc.refuse_schedules_beyond(366, "E48")


@rogue(
    "dcc-schedules-of-yesterday",
    "Reads the day before whatever a schedule names",
    requirement="SMETS-E-030",
    severity=Severity.MAJOR,
    deviation="The run of a schedule asks for the day before it.",
)
def schedules_of_yesterday(dcc: DccOfBench) -> None:
    dcc.run_schedules_for_yesterday()
