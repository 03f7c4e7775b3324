"""A SCPI instrument without a transport: grammar, parameters, status, error queue.

The rows of its command table are data; the grammar is pure, so it is tested without a
socket, and any line transport can carry it.
"""

from rigs.virtual.scpi.commands import Row, Setting, action, command, question
from rigs.virtual.scpi.errors import ERRORS, RemoteProgramError
from rigs.virtual.scpi.instrument import Execution, Instrument
from rigs.virtual.scpi.parameters import (
    INFINITY,
    Choice,
    Integer,
    Number,
    NumberList,
    Switch,
    measured_answer,
    number_answer,
)

__all__ = [
    "ERRORS",
    "INFINITY",
    "Choice",
    "Execution",
    "Instrument",
    "Integer",
    "Number",
    "NumberList",
    "RemoteProgramError",
    "Row",
    "Setting",
    "Switch",
    "action",
    "command",
    "measured_answer",
    "number_answer",
    "question",
]
