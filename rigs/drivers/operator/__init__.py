"""A person at the bench: the capability `Operator`."""

from rigs.drivers.operator.scripted import ScriptedOperator
from rigs.drivers.operator.terminal import TerminalOperator

__all__ = ["ScriptedOperator", "TerminalOperator"]
