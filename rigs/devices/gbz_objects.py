"""The GBZ side of a device as a table: what each attribute and command does, and how one is run.

Components are executed in order; after the first that fails the others are answered and not
executed. "Not found" is an answer, no failure (GBCS digest 5.2). What belongs together, such
as the parts of a calendar, waits until every component has succeeded (G-028).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from assay.gbcs.acceptance import Accepted
from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.gbz import zcl
from assay.gbcs.gbz.components import (
    CLUSTER_COMMAND,
    DISABLE_DEFAULT_RESPONSE,
    FROM_SERVER,
    Component,
    GbzPayload,
    decode_message,
    encode,
)
from assay.gbcs.gbz.tables import Direction, command_rows, statuses
from assay.gbcs.gbz.zcl import encode_zcl_payload

Json = Any
SUCCESS, FAILURE, NOT_FOUND = "success", "failure", "notFound"
HARDWARE_FAILURE = "hardwareFailure"
"""What the national vectors show for what a device could not carry out."""
INVALID_VALUE, UNSUPPORTED_ATTRIBUTE = "invalidValue", "unsupportedAttribute"
NOT_AUTHORIZED = "notAuthorized"
NO_COMMAND = 0xFF
"""Named by the answer to a component that was not executed (verified by vectors)."""
GOES_ON = frozenset((SUCCESS, NOT_FOUND))
"""After these the next component is executed."""


class GbzError(Exception):
    """A component that cannot be carried out; its answer reports `status`."""

    def __init__(self, status: str = HARDWARE_FAILURE) -> None:
        super().__init__(f"component answered with {status}")
        if status not in statuses():
            raise ValueError(f"expected a ZCL status, got {status}")
        self.status = status


@dataclass(slots=True)
class Transaction:
    """What the components of one command have in common.

    `on_success` runs in order once all have succeeded. `date` is the time that its dated
    components share, in seconds since 2000. `parts` are those of one whole, by kind.
    """

    on_success: list[Callable[[], None]] = field(default_factory=list)
    date: int | None = None
    parts: dict[str, list[Json]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class GbzCall:
    """One component of a command that was accepted."""

    component: Component
    command: Accepted
    transaction: Transaction

    @property
    def fields(self) -> dict[str, Json]:
        payload: dict[str, Json] = self.component.payload
        return payload


@dataclass(frozen=True, slots=True)
class Reply:
    """A command that answers a component, on its cluster and in the other direction.

    `status` is not sent: it is that of the component where the payload says that it failed.
    """

    command: int
    payload: Json
    status: str = SUCCESS


Act = Callable[[GbzCall], Iterable[Reply] | None]
"""None: answered with a Default Response of success."""
Read = Callable[[], Json]
Attribute = tuple[int, int, str, Read]
"""Cluster, attribute, name of its ZCL type, and its value."""
CommandRow = tuple[int, Direction, int, Act]


@dataclass(frozen=True, slots=True, kw_only=True)
class GbzUseCase:
    """What the components of one use case may be, and how they are answered.

    `reads`: by cluster, the attributes that may be read. `commands`: (cluster, command).
    `encrypted`: clusters whose answers are returned encrypted. `quiet`: clusters whose
    attributes are returned with the Default Response disabled, as the vectors have it.
    """

    reads: Mapping[int, frozenset[int]] = field(default_factory=dict)
    commands: frozenset[tuple[int, int]] = frozenset()
    encrypted: frozenset[int] = frozenset()
    quiet: frozenset[int] = frozenset()
    loud: bool = False
    """Its cluster answers ask for a Default Response, although `QUIET` names them."""


EncryptFor = Callable[[Accepted, bytes], bytes | None]

_NAMES = {key: row["name"] for key, row in command_rows().items()}
QUIET = frozenset(
    (
        "ChangePaymentModeResponse",
        "GetSampledDataResponse",
        "PublishDayProfile",
        "PublishDebtLog",
        "PublishEventLog",
        "PublishPrepaySnapshot",
        "PublishPrice",
        "PublishSeasons",
        "PublishSnapshot",
        "PublishSpecialDays",
        "PublishTopUpLog",
        "PublishWeekProfile",
    )
)
"""Answers that the vectors send with the Default Response disabled."""


_ANSWERED_BY_SERVER = frozenset(((0x0708, 0x05),))
"""GetEventConfiguration: its failure is answered as if it had gone to a server (GCS20r)."""


class GbzTable:
    """All that can be read and called on one device.

    Hooks: `goes_on_after` decides by the status of a component whether the next is executed;
    `belongs` whether a component is one of the command's own use case, `may_read` whether an
    attribute is. `on_answered` gets each command, and whether no component of it failed.
    """

    def __init__(
        self,
        use_cases: Mapping[int, GbzUseCase],
        attributes: Iterable[Attribute],
        commands: Iterable[CommandRow],
        encrypt_for: EncryptFor,
    ) -> None:
        self.use_cases = dict(use_cases)
        self.encrypt_for = encrypt_for
        self.on_answered: list[Callable[[Accepted, Transaction, bool], None]] = []
        self._attributes: dict[tuple[int, int], tuple[str, Read]] = {}
        self._commands: dict[tuple[int, Direction, int], Act] = {}
        self.goes_on_after: Callable[[str], bool] = GOES_ON.__contains__
        self.belongs: Callable[[GbzCall], bool] = self._is_of_use_case
        self.may_read: Callable[[GbzCall, int], bool] = self._is_read_by_use_case
        for row in attributes:
            self.put_attribute(*row)
        for command in commands:
            self.put_command(*command)

    def put_attribute(self, cluster: int, attribute: int, kind: str, read: Read) -> None:
        """Add an attribute, or replace the one that is there."""
        self._attributes[cluster, attribute] = (kind, read)

    def put_command(self, cluster: int, direction: Direction, command: int, act: Act) -> None:
        self._commands[cluster, direction, command] = act

    def command(self, cluster: int, direction: Direction, command: int) -> Act:
        """The row that is there; KeyError without one."""
        return self._commands[cluster, direction, command]

    def read(self, cluster: int, attribute: int) -> Json:
        """The value of an attribute; KeyError without one."""
        return self._attributes[cluster, attribute][1]()

    def answer(self, command: Accepted) -> bytes:
        """The handler of every use case whose payload is GBZ."""
        payload = decode_message(command.message)
        if not isinstance(payload, GbzPayload):
            raise RemoteGbcsError(0, "payload", "components", type(payload).__name__)
        transaction, answers = Transaction(), []
        goes_on = True
        for component in payload.components:
            call = GbzCall(component=component, command=command, transaction=transaction)
            if not goes_on:
                answers.append(_default_response(component, FAILURE, NO_COMMAND))
                continue
            status, replies = self._perform(call)
            answers.extend(replies)
            goes_on = self.goes_on_after(status)
        if goes_on:
            for callback in transaction.on_success:
                callback()
        for tell in self.on_answered:
            tell(command, transaction, goes_on)
        return encode(GbzPayload(tuple(answers)))

    def _perform(self, call: GbzCall) -> tuple[str, list[Component]]:
        component = call.component
        try:
            if not self.belongs(call):
                # A message code carries the authority; the status is inferred.
                raise GbzError(NOT_AUTHORIZED)
            if component.is_profile_wide:
                return self._read_attributes(call)
            act = self._commands.get((component.cluster, component.direction, component.command))
            if act is None:
                raise GbzError("unsupportedClusterCommand")
            replies = act(call)
            if replies is None:
                return SUCCESS, [_default_response(component, SUCCESS)]
            answers = list(replies)
            failed = next((one.status for one in answers if one.status != SUCCESS), SUCCESS)
            return failed, [self._reply(call, one) for one in answers]
        except GbzError as error:
            return error.status, [_default_response(component, error.status)]

    def _read_attributes(self, call: GbzCall) -> tuple[str, list[Component]]:
        """Every attribute is tried; the first failure is that of the component."""
        forms, failed = [], SUCCESS
        for asked in call.fields["attributes"]:
            form = self._attribute(call, int(asked["attribute"], 16))
            forms.append(form)
            if failed == SUCCESS:
                failed = form["status"]
        use_case = self._use_case(call)
        frame = FROM_SERVER
        if call.component.cluster in use_case.quiet:
            frame |= DISABLE_DEFAULT_RESPONSE
        payload = {"attributes": forms}
        return failed, [self._component(call, frame, zcl.READ_ATTRIBUTES_RESPONSE, payload)]

    def _attribute(self, call: GbzCall, attribute: int) -> dict[str, Json]:
        form: dict[str, Json] = {"attribute": f"0x{attribute:04X}"}
        if not self.may_read(call, attribute):
            return {**form, "status": NOT_AUTHORIZED}
        row = self._attributes.get((call.component.cluster, attribute))
        if row is None:
            return {**form, "status": UNSUPPORTED_ATTRIBUTE}
        kind, read = row
        try:
            return {**form, "status": SUCCESS, "type": kind, "value": read()}
        except GbzError as error:
            return {**form, "status": error.status}

    def _reply(self, call: GbzCall, reply: Reply) -> Component:
        cluster = call.component.cluster
        from_server = call.component.direction is Direction.CLIENT_TO_SERVER
        frame = CLUSTER_COMMAND | (FROM_SERVER if from_server else 0)
        direction = Direction.SERVER_TO_CLIENT if from_server else Direction.CLIENT_TO_SERVER
        if _NAMES.get((cluster, direction, reply.command)) in QUIET:
            frame |= 0 if self._use_case(call).loud else DISABLE_DEFAULT_RESPONSE
        return self._component(call, frame, reply.command, reply.payload)

    def _component(self, call: GbzCall, frame: int, command: int, payload: Json) -> Component:
        asked = call.component
        plain = Component(asked.cluster, frame, asked.sequence, command, payload)
        if asked.cluster not in self._use_case(call).encrypted:
            return plain
        octets = encode_zcl_payload(
            asked.cluster,
            plain.direction,
            command,
            payload,
            is_profile_wide=plain.is_profile_wide,
        )
        blob = self.encrypt_for(call.command, octets)
        if blob is None:
            raise GbzError(NOT_AUTHORIZED)
        return plain._replace(payload=None, blob=blob)

    def _use_case(self, call: GbzCall) -> GbzUseCase:
        return self.use_cases[call.command.use_case.code]

    def _is_of_use_case(self, call: GbzCall) -> bool:
        component = call.component
        if component.is_profile_wide:
            return component.cluster in self._use_case(call).reads
        return (component.cluster, component.command) in self._use_case(call).commands

    def _is_read_by_use_case(self, call: GbzCall, attribute: int) -> bool:
        """Else what is only ever returned encrypted could be had in clear under another code."""
        return attribute in self._use_case(call).reads[call.component.cluster]


def _default_response(component: Component, status: str, command: int | None = None) -> Component:
    """Sent from the side of the cluster that the component was sent to."""
    named = component.command if command is None else command
    payload = {"command": f"0x{named:02X}", "status": status}
    from_client = component.direction is Direction.SERVER_TO_CLIENT
    is_odd = (component.cluster, component.command) in _ANSWERED_BY_SERVER
    frame = 0 if from_client and not is_odd else FROM_SERVER
    return Component(component.cluster, frame, component.sequence, zcl.DEFAULT_RESPONSE, payload)
