"""6.22 of gas: what a meter does about each event, as one ZCL command per kind of behaviour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assay.dcc.transform.frame import Frame
from assay.dcc.transform.gbz import Json, Zcl, zcl
from assay.dcc.transform.gbz_values import NOW, elements, issued
from assay.duis.values import Content, field

_ENABLE = "Enable"
_LOGGED = 0x03
"""In the general event log, the only one that GBCS lets a supplier choose (inferred)."""
_BITS: Mapping[str, int] = {"WANAlert": 0x08, "HANAlert": 0x10, "EventLog": _LOGGED, "Alarm": 0x40}
"""WANAlert, HANAlert and the sum of the other two are in the national command of GCS20, whose
events all have both or neither; that the log is the lower three bits is ZCL's (recalled)."""


def alert_settings(frame: Frame) -> Iterator[Zcl]:
    """One command for each behaviour that occurs, with its events in the schema's order.

    Behaviours that push an alert to the WAN come first, then those that push one to the HAN,
    then those without log and alarm. The order is inferred from the one national command.
    """
    groups: dict[tuple[bool, ...], list[str]] = {}
    for event, behaviour in _behaviours(frame.body):
        groups.setdefault(behaviour, []).append(event)
    for behaviour in sorted(groups, key=_precedence):
        events = groups[behaviour]
        yield zcl(
            "SetEventConfiguration",
            {
                "issuer_event_id": issued(frame),
                "start_time": NOW,
                "configuration": _configuration(behaviour),
                "control": 0,
                "event_count": len(events),
                "event_ids": events,
            },
        )


def _behaviours(body: Content) -> Iterator[tuple[str, tuple[bool, ...]]]:
    """Event and, for each kind of reaction, whether it is on."""
    for name, settings in elements(body["GasSupplierAlertEventSettings"]).items():
        reactions = elements(settings)
        yield _event(name), tuple(field(reactions, kind, str) == _ENABLE for kind in _BITS)


def _event(element: str) -> Json:
    """ "x81AA" -> "0x81AA"."""
    return f"0{element}"


def _precedence(behaviour: tuple[bool, ...]) -> tuple[bool, ...]:
    wan, han, log, alarm = behaviour
    return (not wan, not han, log, alarm)


def _configuration(behaviour: tuple[bool, ...]) -> int:
    return sum(bits for bits, is_on in zip(_BITS.values(), behaviour, strict=True) if is_on)
