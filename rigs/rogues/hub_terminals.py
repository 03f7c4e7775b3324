"""Hubs that let terminals in at the wrong time, or serve them wrongly."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from rigs.devices.hub import VirtualHub as Hub
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.HUB)


@rogue(
    "hub-window-of-a-day",
    "Lets terminals in for a day",
    requirement="SMETS-C-010",
    severity=Severity.CRITICAL,
    deviation="The window for terminals closes 24 hours after power-on.",
)
def window_of_a_day(hub: Hub) -> None:
    hub.hand_held_window.length = timedelta(days=1)


@rogue(
    "hub-window-of-half-an-hour",
    "Lets terminals in for half an hour",
    requirement="SMETS-C-010",
    severity=Severity.MAJOR,
    deviation="The window for terminals closes 30 minutes after power-on.",
)
def window_of_half_an_hour(hub: Hub) -> None:
    hub.hand_held_window.length = timedelta(minutes=30)


@rogue(
    "hub-window-once",
    "Opens the window for terminals at its first power-on only",
    requirement="SMETS-C-010",
    severity=Severity.MAJOR,
    deviation="After an interruption no terminal is let in.",
)
def window_once(hub: Hub) -> None:
    hub.hand_held_window.power_off = lambda: None  # type: ignore[method-assign]
    sound, seen = hub.hand_held_window.power_on, [0]

    def power_on() -> None:
        seen[0] += 1
        if seen[0] == 1:
            sound()

    hub.hand_held_window.power_on = power_on  # type: ignore[method-assign]


@rogue(
    "hub-no-terminals",
    "Lets no terminal in",
    requirement="SMETS-T-101",
    severity=Severity.MAJOR,
    deviation="A terminal gets no answer to its key exchange.",
)
def no_terminals(hub: Hub) -> None:
    hub.admit_hand_held = lambda _device, _code: None  # type: ignore[method-assign,assignment]


@rogue(
    "hub-terminal-not-backed-up",
    "Does not tell that a terminal is in its log",
    requirement="SMETS-T-101",
    severity=Severity.MAJOR,
    deviation="While a terminal is on the network no backup is sent.",
)
def terminal_not_backed_up(hub: Hub) -> None:
    def changed() -> None:
        if not any(entry.is_hand_held for entry in hub.device_log.entries):
            sound()

    (sound,) = hub.device_log.on_change
    hub.device_log.on_change[:] = [changed]


@rogue(
    "hub-terminal-window-ignored",
    "Lets a terminal in at any time",
    requirement="SMETS-T-103",
    severity=Severity.CRITICAL,
    deviation="The window for terminals never closes.",
)
def terminal_window_ignored(hub: Hub) -> None:
    hub.hand_held_window.length = timedelta(days=3650)


@rogue(
    "hub-terminal-in-history",
    "Keeps a terminal in its history",
    requirement="SMETS-T-104",
    severity=Severity.MINOR,
    deviation="The historic log has the terminal when it has left.",
)
def terminal_in_history(hub: Hub) -> None:
    sound = hub.historic_log.keep
    hub.historic_log.keep = lambda entry: sound(  # type: ignore[method-assign]
        replace(entry, is_hand_held=False)
    )


@rogue(
    "hub-local-responses-over-wan",
    "Sends the answer to a terminal's command over the WAN",
    requirement="SMETS-T-102",
    severity=Severity.MAJOR,
    deviation="A terminal never gets a response.",
)
def local_responses_over_wan(hub: Hub) -> None:
    hub.routing.local.terminal_of = lambda _: None  # type: ignore[method-assign,assignment]


@rogue(
    "hub-local-commands-dropped",
    "Takes no commands of a terminal",
    requirement="SMETS-T-102",
    severity=Severity.MAJOR,
    deviation="A command that a terminal hands over is dropped.",
)
def local_commands_dropped(hub: Hub) -> None:
    hub.routing.local.take = lambda _terminal, _message: False  # type: ignore[method-assign,assignment]
