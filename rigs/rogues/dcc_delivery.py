"""A DCC that hands Commands to the wrong side: the device, the user, or neither."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.DCC)


class DeliveringDcc(Protocol):
    """What a rogue tells the bench's DCC to do wrongly with Commands."""

    def count_pre_commands_of(self, srv: str) -> None: ...

    def deliver_as(self, others: Mapping[int, int]) -> None: ...

    def refuse(self, code: str, *variants: str) -> None: ...

    def spoil_local_commands(self) -> None: ...


@rogue(
    "dcc-sends-what-should-go-by-hand",
    "Sends over the WAN what was asked for by hand",
    requirement="UEPT-LOCAL",
    severity=Severity.MAJOR,
    deviation="CV2 is carried out as CV1 and CV6 as CV5: the user gets no Command.",
)
def sends_what_should_go_by_hand(dcc: DeliveringDcc) -> None:
    dcc.deliver_as({2: 1, 6: 5})


@rogue(
    "dcc-returns-what-should-go-both-ways",
    "Sends nothing over the WAN where both deliveries were asked for",
    requirement="UEPT-LOCAL",
    severity=Severity.MAJOR,
    deviation="CV3 is carried out as CV2 and CV7 as CV6: the device gets no Command.",
)
def returns_what_should_go_both_ways(dcc: DeliveringDcc) -> None:
    dcc.deliver_as({3: 2, 7: 6})


@rogue(
    "dcc-sends-what-it-returns",
    "Sends over the WAN what the user is to deliver alone",
    requirement="UEPT-FLOW",
    severity=Severity.MAJOR,
    deviation="CV2 is carried out as CV3 and CV6 as CV7: the device gets the Command twice.",
)
def sends_what_it_returns(dcc: DeliveringDcc) -> None:
    dcc.deliver_as({2: 3, 6: 7})


@rogue(
    "dcc-local-command-mac",
    "Returns Commands that no device takes",
    requirement="UEPT-LOCAL",
    severity=Severity.CRITICAL,
    deviation="The MAC of a Command for local delivery is inverted; over the WAN it is right.",
)
def local_command_mac(dcc: DeliveringDcc) -> None:
    dcc.spoil_local_commands()


@rogue(
    "dcc-pre-command-counter-of-commissioning",
    "Returns the Pre-Command of a commissioning under another counter",
    requirement="DUIS-1-GBCS-LINK",
    severity=Severity.CRITICAL,
    deviation="The counter of the Pre-Command of 8.1.1 is one more than the request's.",
)
def pre_command_counter_of_commissioning(dcc: DeliveringDcc) -> None:
    dcc.count_pre_commands_of("8.1.1")


@rogue(
    "dcc-refuses-firmware-of-displays",
    "Refuses firmware of displays",
    requirement="UEPT-NON-DEVICE",
    severity=Severity.MAJOR,
    deviation="11.4 is refused with E100.",
)
def refuses_firmware_of_displays(dcc: DeliveringDcc) -> None:
    dcc.refuse("E100", "11.4")
