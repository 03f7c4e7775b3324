"""Services 7.x and 6.14.x at an electricity meter: its supply, and the loads that it controls.

A standalone auxiliary proportional controller (SAPC) takes what concerns such controllers. The
national messages show it for the calendar only; that it limits levels is in SMETS2 9.5.2.16;
the rest is inferred from that.
"""

from __future__ import annotations

from dataclasses import replace

from assay.dcc.transform.auxiliary_calendars import CONTROLLER_CALENDAR, SWITCH_CALENDAR
from assay.dcc.transform.auxiliary_values import (
    ACTIVATE,
    DEACTIVATE,
    DESCRIPTIONS,
    LIMIT_LEVEL,
    RESET,
    SET_LEVEL,
    boost,
)
from assay.dcc.transform.payloads import Dlms, Payload
from assay.dcc.transform.row import Origin, Row
from assay.dcc.transform.values import constant, log_period, seconds
from assay.gbcs.dlms.data import long_unsigned

READ = Dlms()
_CLOSE, _OPEN, _ARM = 0x33, 0x34, 0x36
"""Scripts of the load switch."""


def _supply(script: int) -> Dlms:
    return Dlms(values={"SupplyState": constant(long_unsigned(script))})


def _boost(element: str, *, adds: bool) -> Dlms:
    return Dlms(
        values={
            f"BoostFunctionControl[{number}]": boost(number, element, adds=adds)
            for number in range(1, 6)
        }
    )


OFFSET_LIMIT = Dlms(values={"RandomisedOffsetLimit": seconds("RandomisedOffsetLimit")})


def _esme(srv: str, message_code: int, payload: Payload) -> Row:
    return Row(srv=srv, device_type="ESME", message_code=message_code, payload=payload)


def _controller(
    srv: str,
    message_code: int,
    payload: Payload,
    *,
    origin: Origin = Origin.PARTY,
    is_inferred: bool = True,
) -> tuple[Row, Row]:
    """At a meter, and at a standalone controller."""
    meter = Row(
        srv=srv, device_type="ESME", message_code=message_code, payload=payload, origin=origin
    )
    return meter, replace(meter, device_type="SAPC", is_inferred=is_inferred)


ROWS: tuple[Row, ...] = (
    *_controller("6.14.1", 0x0053, DESCRIPTIONS),
    _esme("6.14.2", 0x0054, SWITCH_CALENDAR),
    *_controller("6.14.3", 0x011A, CONTROLLER_CALENDAR, is_inferred=False),
    _esme("7.1", 0x004F, _supply(_CLOSE)),
    _esme("7.2", 0x0050, _supply(_OPEN)),
    _esme("7.3", 0x0051, _supply(_ARM)),
    _esme("7.4", 0x0052, READ),
    _esme("7.5", 0x0055, ACTIVATE),
    _esme("7.6", 0x0055, DEACTIVATE),
    _esme("7.7", 0x00BB, READ),
    _esme("7.8", 0x0055, RESET),
    _esme("7.9", 0x005F, _boost("AddToBoostButton", adds=True)),
    _esme("7.10", 0x005F, _boost("RemoveFromBoostButton", adds=False)),
    _esme("7.11", 0x005E, Dlms(selection=log_period)),
    *_controller("7.12", 0x004B, OFFSET_LIMIT),
    *_controller("7.13", 0x011E, SET_LEVEL),
    # The one national request comes from a supplier that the meter knows, and is relayed all
    # the same; whether suppliers may ask directly is not in any text found.
    *_controller("7.14", 0x011C, READ, origin=Origin.BROKER_FOR_PARTY),
    *_controller("7.15", 0x011D, READ),
    *_controller("7.16", 0x011F, LIMIT_LEVEL),
)
