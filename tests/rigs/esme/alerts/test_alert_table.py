"""Every alert code has a row: who gets it, how it is protected, in which logs it is."""

from __future__ import annotations

import pytest

from assay.gbcs import catalogue
from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.data import octet_string
from assay.gbcs.trust_anchors import Role
from rigs.devices.alerts import ALERTS, LogName
from tests.rigs.devices.premises_kit import Premises

SUPPLIER, NETWORK, BROKER = Role.SUPPLIER, Role.NETWORK_OPERATOR, Role.ACCESS_CONTROL_BROKER


def test_every_code_of_the_product_has_a_row() -> None:
    assert set(catalogue.alert_codes()) | {0x811A} == set(ALERTS)


@pytest.mark.parametrize("code", ALERTS)
def test_a_row_says_what_the_national_table_says(code: int) -> None:
    row, published = ALERTS[code], catalogue.alert_codes().get(code)
    if published is None:
        return
    if published.critical is not None:
        assert row.critical is published.critical
    if published.recipient is not None:
        names = {Role.SUPPLIER: "Supplier", NETWORK: "Network Operator"}
        told = {names[role] for role in (*row.recipients, *row.copies) if role in names}
        assert all(name in published.recipient for name in told)
    if len(published.message_codes) == 1 and published.message_codes[0] < 0x1000:
        assert row.message_code == published.message_codes[0]


@pytest.mark.parametrize(
    ("code", "logs"),
    [
        (0x8002, {LogName.POWER_EVENT}),
        (0x8F57, {LogName.POWER_EVENT}),
        (0x81BE, {LogName.EVENT}),
        (0x8F01, {LogName.EVENT}),
        (0x8F52, {LogName.SECURITY}),
        (0x8F76, {LogName.SECURITY}),
        (0x8F33, set()),
    ],
)
def test_an_event_is_in_the_logs_of_its_row(
    premises: Premises, code: int, logs: set[LogName]
) -> None:
    premises.meter.report(code)
    assert {name for name, log in premises.meter.logs.items() if code in log.codes()} == logs


def test_an_alert_for_two_parties_is_sent_twice(premises: Premises) -> None:
    premises.meter.report(0x8F34)
    premises.pass_time(5)
    recipients = [message.recipient for message, _ in premises.alerts(0x8F34)]
    held = premises.meter.credentials
    assert recipients == [held.party(SUPPLIER), held.party(NETWORK)]
    counters = [message.counter for message, _ in premises.alerts(0x8F34)]
    assert counters[1] == counters[0] + 1


def test_what_is_only_logged_is_not_sent(premises: Premises) -> None:
    premises.meter.report(0x8F52)
    premises.pass_time(5)
    assert premises.alerts() == []


def test_what_an_alert_carries_besides_comes_after_code_and_time(premises: Premises) -> None:
    stamp = octet_string(DateTime.at(premises.clock.now()).octets)
    premises.meter.report(0x8F36, stamp, stamp)
    premises.pass_time(5)
    ((message, parts),) = premises.alerts(0x8F36)
    assert message.message_code == 0x0067
    assert parts[2:] == (stamp, stamp)
