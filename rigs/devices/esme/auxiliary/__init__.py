"""Auxiliary load control of a meter: switches and proportional controllers, calendar, boost."""

from rigs.devices.esme.auxiliary.control import AuxiliaryControl
from rigs.devices.esme.auxiliary.controller import Kind
from rigs.devices.esme.auxiliary.loads import (
    ControlledLoad,
    Levels,
    Outcome,
    ProportionalOutput,
    Relay,
)
from rigs.devices.esme.auxiliary.switchgear import Port, usual_ports

__all__ = [
    "AuxiliaryControl",
    "ControlledLoad",
    "Kind",
    "Levels",
    "Outcome",
    "Port",
    "ProportionalOutput",
    "Relay",
    "usual_ports",
]
