"""Hypothesis strategies made from the content models, so that every type is tried."""

from __future__ import annotations

import string
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from assay.duis.catalogue import CATALOGUE
from assay.duis.dcc_alerts import DCC_ALERTS
from assay.duis.identifiers import MessageId
from assay.duis.requests import Request, SignedPreCommand
from assay.duis.response_bodies import (
    Acknowledgement,
    DccAlert,
    DccOnlyResponse,
    DeviceAlert,
    DspScheduledMessage,
    FutureDatedDeviceAlert,
    LocalCommand,
    PreCommand,
    ResponseBody,
    ServiceResponse,
)
from assay.duis.response_codes import RESPONSE_CODES
from assay.duis.responses import Response
from assay.duis.schema.model import (
    Choice,
    ComplexType,
    Element,
    Group,
    Kind,
    Particle,
    SimpleType,
)
from assay.duis.schema.requests import REQUEST_ELEMENTS
from assay.duis.schema.responses import DCC_ALERT, RESPONSE_MESSAGE
from assay.duis.values import TEXT_KEY, CalendarDate
from assay.gbcs.identifiers import Eui64

TYPE_OF_ELEMENT = {element.name: element.type for element in REQUEST_ELEMENTS}

euis = st.binary(min_size=8, max_size=8).map(Eui64)
message_ids = st.builds(MessageId, euis, euis, st.integers(0, 2**64 - 1))
moments = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC))
times = st.times(timezones=st.just(UTC))
dates = st.builds(
    CalendarDate, st.integers(1, 65535), st.integers(1, 12), st.integers(1, 28), st.booleans()
)
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Cs"]) | st.sampled_from("\r\t\n")
)


def _bounded_text(type_: SimpleType) -> st.SearchStrategy[str]:
    low, high = type_.min_length, type_.max_length
    if type_.pattern is None:
        alphabet = string.ascii_letters + " \r\n&<>\"'é"
        return st.text(alphabet, min_size=low, max_size=low + 20 if high is None else high)
    matching = st.from_regex(type_.pattern, fullmatch=True)
    return matching.filter(lambda text: low <= len(text) and (high is None or len(text) <= high))


def _decimals(type_: SimpleType) -> st.SearchStrategy[Decimal]:
    places = type_.fraction_digits if type_.fraction_digits is not None else 3
    step = Decimal(1).scaleb(-places)
    low = type_.minimum if type_.minimum is not None else type_.above
    high = type_.maximum if type_.maximum is not None else type_.below
    found = st.decimals(
        Decimal(-1000) if low is None else Decimal(low),
        Decimal(1000) if high is None else Decimal(high),
        places=places,
    )
    return found.filter(
        lambda n: n not in (type_.above, type_.below) and n % step == 0 and not n.is_signed()
    )


def simple_values(type_: SimpleType) -> st.SearchStrategy[Any]:
    if type_.values:
        values = st.sampled_from(type_.values)
        return values.map(bytes.fromhex) if type_.kind is Kind.HEX else values
    low, high = type_.min_length, type_.max_length
    size = {"min_size": low, "max_size": min(low + 40, high or low + 40)}
    makers: dict[Kind, Any] = {
        Kind.BOOLEAN: st.booleans,
        Kind.INTEGER: lambda: st.integers(type_.minimum, type_.maximum),  # type: ignore[arg-type]
        Kind.DECIMAL: lambda: _decimals(type_),
        Kind.STRING: lambda: _bounded_text(type_),
        Kind.HEX: lambda: st.binary(**size),
        Kind.BASE64: lambda: st.binary(**size),
        Kind.DATE_TIME: lambda: moments,
        Kind.DATE: lambda: dates,
        Kind.TIME: lambda: times,
        Kind.EUI: lambda: euis,
        Kind.EUI_LIST: lambda: st.lists(euis, min_size=1, max_size=3).map(tuple),
        Kind.MESSAGE_ID: lambda: message_ids,
    }
    made: st.SearchStrategy[Any] = makers[type_.kind]()
    return made


@st.composite
def values(draw: st.DrawFn, type_: SimpleType | ComplexType) -> Any:
    if isinstance(type_, SimpleType):
        return draw(simple_values(type_))
    if type_.is_empty:
        return None
    content: dict[str, Any] = {}
    for attribute in type_.attributes:
        content[f"@{attribute.name}"] = draw(simple_values(attribute.type))
    if type_.text is not None:
        content[TEXT_KEY] = draw(simple_values(type_.text))
    for particle in type_.particles:
        _draw_particle(draw, particle, content)
    return content


def _draw_particle(draw: st.DrawFn, particle: Particle, content: dict[str, Any]) -> None:
    if isinstance(particle, Element):
        _draw_element(draw, particle, content)
    elif isinstance(particle, Choice):
        if particle.low or draw(st.booleans()):
            _draw_particle(draw, draw(st.sampled_from(particle.options)), content)
    elif isinstance(particle, Group) and (particle.low or draw(st.booleans())):
        for part in particle.particles:
            _draw_particle(draw, part, content)


def _draw_element(draw: st.DrawFn, element: Element, content: dict[str, Any]) -> None:
    most = element.low + 2 if element.high is None else min(element.high, element.low + 2)
    count = draw(st.integers(element.low, most))
    if element.repeats and count:
        content[element.name] = tuple(draw(values(element.type)) for _ in range(count))
    elif count:
        content[element.name] = draw(values(element.type))


signed_pre_commands = st.builds(
    SignedPreCommand,
    gbcs_payload=st.binary(max_size=40),
    execution_date_time=st.none() | moments,
)


@st.composite
def requests(draw: st.DrawFn) -> Request:
    variant = CATALOGUE[draw(st.sampled_from(sorted(CATALOGUE)))]
    content = values(TYPE_OF_ELEMENT[variant.element]).map(lambda value: value or {})
    return Request(
        request_id=draw(message_ids),
        command_variant=draw(st.integers(1, 9)),
        srv=variant.srv,
        body=draw(content | signed_pre_commands),
        first_in_sequence=draw(st.none() | st.booleans()),
        preceding_request_id=draw(st.none() | message_ids),
        schema_version=draw(st.sampled_from(["5.1", "5.4"])),
    )


def _dcc_only(element: Element) -> st.SearchStrategy[DccOnlyResponse]:
    content = values(element.type).map(
        lambda value: value if isinstance(value, dict) else {TEXT_KEY: value}
    )
    return st.builds(DccOnlyResponse, srv=srvs, element=st.just(element.name), content=content)


def _alert(element: Element, code: str) -> st.SearchStrategy[DccAlert]:
    return st.builds(
        DccAlert,
        code=st.just(code),
        element=st.just(element.name),
        content=values(element.type),
        throttled_alert_sequence_id=counts,
        throttled_alert_count=counts,
    )


def _elements(type_: ComplexType) -> dict[str, Element]:
    (choice,) = (particle for particle in type_.particles if isinstance(particle, Choice))
    return {option.name: option for option in choice.options if isinstance(option, Element)}


MESSAGE_ELEMENTS = _elements(RESPONSE_MESSAGE)
ALERT_ELEMENTS = _elements(DCC_ALERT)
DCC_ONLY_ELEMENTS = [
    element
    for element in MESSAGE_ELEMENTS.values()
    if element.name.startswith("DSP") and element.name != "DSPScheduledMessage"
] + [MESSAGE_ELEMENTS["CINMessage"]]
CODES_WITH_BODY = [code for code, row in DCC_ALERTS.items() if row.element]

srvs = st.sampled_from(sorted(CATALOGUE))
counts = st.none() | st.integers(0, 2**32 - 1)
payloads = st.binary(max_size=40)

alert_bodies: st.SearchStrategy[DeviceAlert | DccAlert] = (
    st.builds(
        DeviceAlert,
        alert_code=st.binary(min_size=2, max_size=2),
        gbcs_payload=payloads,
        throttled_alert_sequence_id=counts,
        throttled_alert_count=counts,
    )
    | st.sampled_from(CODES_WITH_BODY).flatmap(
        lambda code: _alert(ALERT_ELEMENTS[DCC_ALERTS[code].element or ""], code)
    )
    | st.sampled_from(sorted(ALERT_ELEMENTS)).flatmap(
        lambda name: _alert(ALERT_ELEMENTS[name], "N65")
    )
)

answer_bodies: st.SearchStrategy[ResponseBody] = (
    st.builds(Acknowledgement, srv=srvs)
    | st.builds(ServiceResponse, srv=srvs, gbcs_payload=payloads)
    | st.builds(PreCommand, srv=srvs, gbcs_version=st.just("4.3"), gbcs_payload=payloads)
    | st.builds(LocalCommand, srv=srvs, gbcs_payload=payloads)
    | st.builds(
        DspScheduledMessage,
        srv=srvs,
        gbcs_payload=payloads,
        dsp_schedule_id=st.integers(0, 10**12),
    )
    | st.builds(
        FutureDatedDeviceAlert,
        srv=srvs,
        alert_code=st.sampled_from([b"\x8f\x66", b"\x8f\x67"]),
        gbcs_payload=payloads,
        instruction_number=st.integers(0, 65535),
        total_command_instructions=st.integers(0, 65535),
    )
    | st.sampled_from(DCC_ONLY_ELEMENTS).flatmap(_dcc_only)
)

codes = st.sampled_from(sorted(RESPONSE_CODES))
answers = st.builds(
    Response,
    response_code=codes,
    response_date_time=moments,
    body=answer_bodies,
    request_id=st.none() | message_ids,
    response_id=st.none() | message_ids,
)
alerts = st.builds(
    Response,
    response_code=codes,
    response_date_time=moments,
    body=alert_bodies,
    response_id=message_ids,
)
responses = answers | alerts
