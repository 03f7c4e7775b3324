"""Payment at a gas meter: modes, top-ups, emergency credit, debts, disablement."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from assay.gbcs import messages, protection
from assay.gbcs.date_time import seconds_since_2000
from assay.gbcs.envelope import Message
from assay.gbcs.gbz.components import Component
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyUsage
from rigs.devices.device_type import DeviceType
from rigs.devices.gsme.valve import GasSupply
from rigs.devices.payment import Mode
from rigs.devices.peers import Peer
from tests.rigs.gsme.gas_kit import GAS_METER, GasPremises, gbz, statuses, zcl
from tests.rigs.gsme.life import code_for, debt, payment_mode, remote_top_up, tariff

EVENT = 473385600
BALANCES = (0x0705, (0x0005, 0x0002, 0x0001, 0x0231, 0x0211, 0x0221))
CURRENCY = (0x0700, (0x0617, 0x0616))
DISPLAY = Eui64.from_text("00-DB-12-34-56-78-90-A4")


@pytest.fixture
def premises() -> GasPremises:
    """Prepayment at 10 pence per kilowatt-hour in the first time of use, no standing charge."""
    premises = GasPremises.joined()
    premises.ask(0x006B, *tariff(prices=(10_000, 10_000, 10_000, 10_000), standing_charge=0))
    premises.ask(0x006D, payment_mode(prepayment=True))
    return premises


def balances(premises: GasPremises) -> dict[int, int]:
    found: dict[int, int] = premises.read(0x0075, CURRENCY, BALANCES)
    return found


def supply_status(premises: GasPremises) -> int:
    status: int = premises.read(0x0082, (0x0702, (0x0014,)))[0x0014]
    return status


def mode(premises: GasPremises) -> Mode:
    return premises.meter.payment.account.mode


def emergency_credit(premises: GasPremises) -> list[str]:
    return statuses(
        premises.ask(
            0x0070, zcl("SelectAvailableEmergencyCredit", issue_time=0, originating_device=0)
        )
    )


def set_emergency_credit(premises: GasPremises, limit: int, threshold: int) -> None:
    setup = zcl(
        "EmergencyCreditSetup",
        issuer_event_id=EVENT,
        start_time=0,
        limit=limit,
        threshold=threshold,
    )
    assert statuses(premises.ask(0x006F, setup)) == ["success"]


def test_a_top_up_is_credited_and_answered_with_value_and_balance(premises: GasPremises) -> None:
    assert remote_top_up(premises, 2025, 0x10) == {
        "result_type": 0,
        "value": 2_025_000,
        "source": 0,
        "credit_remaining": 2_025_000,
    }
    assert balances(premises)[0x0001] == 2_025_000


def test_a_top_up_that_is_none_is_answered_with_its_result_and_no_value(
    premises: GasPremises,
) -> None:
    (answer,) = premises.ask(
        0x0097,
        zcl("ConsumerTopUp", originating_device=0, top_up_code="1" * 20),
        counter=0x10 << 32,
    )
    assert answer.payload == {
        "result_type": 1,
        "value": -1,
        "source": 0,
        "credit_remaining": -1,
    }
    assert 0x8155 in premises.meter.event_log.codes()


def test_a_code_is_good_once(premises: GasPremises) -> None:
    remote_top_up(premises, 1000, 0x10)
    answer = premises.meter.enter_top_up(code_for(premises, 1000, 0x10 << 32))
    assert answer is not None
    assert answer.result == 2
    assert premises.meter.payment.credit_balance() == 1_000_000


def test_a_code_at_the_keypad_is_credited_and_told(premises: GasPremises) -> None:
    answer = premises.meter.enter_top_up(code_for(premises, 500, 0x20 << 32))
    assert answer is not None
    assert answer.is_accepted
    premises.to_next_wake()
    assert premises.alerts(0x810E)
    assert balances(premises)[0x0001] == 500_000


def test_gas_costs_volume_times_conversion_times_calorific_value_times_price(
    premises: GasPremises,
) -> None:
    before = balances(premises)[0x0001]
    premises.flow.request(Decimal(1))
    premises.pass_time(36_000)
    premises.flow.request(Decimal(0))
    litres = premises.meter.litres()
    kilowatt_hours = Decimal(litres) / 1000 * Decimal("1.02264") * Decimal("39.3") / Decimal("3.6")
    spent = before - balances(premises)[0x0001]
    assert abs(spent - kilowatt_hours * 10_000) <= 100


def test_running_out_of_credit_shuts_the_valve_at_that_very_moment(premises: GasPremises) -> None:
    remote_top_up(premises, 100, 0x10)
    premises.flow.request(Decimal(1))
    # One pound lasts for 10 kWh, which is 10 / (1.02264 x 39.3 / 3.6) cubic metres.
    hours = Decimal(10) * Decimal("3.6") / (Decimal("1.02264") * Decimal("39.3"))
    premises.pass_time(float(hours * 3600) - 1)
    assert premises.valve.closed
    premises.pass_time(2)
    assert not premises.valve.closed
    assert premises.meter.payment.credit_balance() == -1
    premises.to_next_wake()
    assert premises.alerts(0x8F0F)


def test_a_top_up_arms_what_lack_of_credit_has_shut(premises: GasPremises) -> None:
    premises.flow.request(Decimal(1))
    premises.pass_time(3600)
    assert supply_status(premises) == GasSupply.DISABLED
    remote_top_up(premises, 5000, 0x10)
    assert supply_status(premises) == GasSupply.ARMED
    premises.meter.press_button()
    assert premises.valve.closed


def test_arming_is_refused_while_credit_is_lacking(premises: GasPremises) -> None:
    premises.flow.request(Decimal(1))
    premises.pass_time(3600)
    change = zcl(
        "ChangeSupply",
        provider_id=0,
        issuer_event_id=EVENT,
        request_time=0,
        implementation_time=0,
        proposed_status=1,
        control_bits=1,
    )
    assert statuses(premises.ask(0x0085, change)) == ["hardwareFailure"]


def test_emergency_credit_is_refused_while_there_is_none_to_be_had(premises: GasPremises) -> None:
    assert emergency_credit(premises) == ["failure"]


def test_emergency_credit_is_activated_once_and_stays_active(premises: GasPremises) -> None:
    set_emergency_credit(premises, limit=1_000_000, threshold=200_000)
    assert emergency_credit(premises) == ["success"]
    assert emergency_credit(premises) == ["success"]
    assert balances(premises)[0x0002] == 1_000_000


def test_debts_are_adjusted_and_paid_first(premises: GasPremises) -> None:
    answers = premises.ask(
        0x006E,
        debt(500_000, kind=1, rate=50_000),
        debt(300_000, kind=3, rate=50_000),
        debt(400_000, kind=5, percentage=2500),
    )
    assert statuses(answers) == ["success"] * 3
    remote_top_up(premises, 1000, 0x10)
    found = balances(premises)
    assert (found[0x0211], found[0x0221], found[0x0231]) == (500_000, 300_000, 150_000)
    assert found[0x0001] == 750_000
    (log,) = premises.ask(
        0x00C4,
        zcl("GetDebtRepaymentLog", from_date_time=0, latest_end=0xFFFFFFFE, debts=10, debt_type=2),
    )
    (payment,) = log.payload["debt_payments"]
    assert (payment["collected"], payment["outstanding"]) == (250_000, 150_000)


def test_the_five_newest_top_ups_are_in_the_log(premises: GasPremises) -> None:
    for step in range(0x10, 0x16):
        remote_top_up(premises, step, step)
    (log,) = premises.ask(
        0x00C5, zcl("GetTopUpLog", from_date_time=0, latest_end=0xFFFFFFFE, records=5)
    )
    amounts = [one["amount"] for one in log.payload["top_ups"]]
    assert amounts == [1000 * step for step in range(0x15, 0x10, -1)]


def test_a_dated_change_of_mode_is_made_then_with_a_snapshot_and_reported(
    premises: GasPremises,
) -> None:
    start = seconds_since_2000(premises.clock.now() + timedelta(hours=3))
    (answer,) = premises.ask(0x006C, payment_mode(prepayment=False, start=start))
    assert answer.command == 2
    assert mode(premises) is Mode.PREPAYMENT
    premises.pass_time(4 * 3600)
    assert mode(premises) is Mode.CREDIT
    assert premises.meter.snapshots.balances.of_cause(1 << 14)
    (alert,) = premises.alerts(0x8F66)
    assert alert.executed is not None
    assert (alert.executed.cluster, alert.executed.command) == (0x0705, 6)


def test_a_mode_that_its_use_case_does_not_set_is_refused(premises: GasPremises) -> None:
    assert statuses(premises.ask(0x006C, payment_mode(prepayment=True))) == ["invalidValue"]


@pytest.mark.parametrize(
    ("code", "kind", "value", "balance"),
    [
        (0x0086, 0, 5_000, 1_005_000),
        (0x00B4, 1, 0, 0),
        (0x00C0, 3, -400, 999_600),
        (0x00C2, 2, 0, 0),
    ],
)
def test_a_balance_is_adjusted_or_reset(
    premises: GasPremises, code: int, kind: int, value: int, balance: int
) -> None:
    remote_top_up(premises, 1000, 0x10)
    adjustment = zcl(
        "CreditAdjustment", issuer_event_id=EVENT, start_time=0, type=kind, value=value
    )
    assert statuses(premises.ask(code, adjustment)) == ["success"]
    assert balances(premises)[0x0001] == balance


def test_what_is_owed_in_credit_mode_rises_with_use_and_is_never_negative() -> None:
    premises = GasPremises.joined()
    premises.ask(0x006B, *tariff(prices=(10_000,) * 4, standing_charge=0))
    assert premises.meter.payment.bill_to_date() == 0
    premises.flow.request(Decimal(1))
    premises.pass_time(3600)
    assert premises.meter.payment.bill_to_date() > 10_000


def test_the_standing_charge_is_taken_once_a_day(premises: GasPremises) -> None:
    premises.ask(0x006B, *tariff(prices=(0,) * 4, standing_charge=27_000))
    remote_top_up(premises, 1000, 0x10)
    premises.pass_time(3 * 86400)
    assert premises.meter.payment.credit_balance() == 1_000_000 - 3 * 27_000


def non_disablement() -> list[Component]:
    week = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), 1)
    ids = {"provider_id": 0, "issuer_event_id": EVENT, "calendar_id": EVENT}
    single = {"command_index": 0, "total_commands": 1}
    return [
        zcl(
            "PublishCalendar",
            **ids,
            start_time=0,
            calendar_type=3,
            time_reference=0,
            calendar_name="",
            seasons=1,
            weeks=1,
            days=1,
        ),
        zcl(
            "PublishDayProfile",
            **ids,
            **single,
            day_id=1,
            calendar_type=3,
            entry_count=3,
            entries=[
                {"start_min": 0, "tier_or_flag": 1},
                {"start_min": 480, "tier_or_flag": 0},
                {"start_min": 1080, "tier_or_flag": 1},
            ],
        ),
        zcl("PublishWeekProfile", **ids, week_id=1, **week),
        zcl(
            "PublishSeasons",
            **ids,
            **single,
            seasons=[
                {
                    "start_date": {"year": None, "month": 1, "day": 1, "weekday": None},
                    "week_id": 1,
                }
            ],
        ),
    ]


def test_no_supply_is_shut_in_a_friendly_hour_and_it_is_at_its_end(premises: GasPremises) -> None:
    answers = premises.ask(0x006F, *non_disablement())
    assert set(statuses(answers)) == {"success"}
    premises.pass_time((24 - premises.clock.now().hour) * 3600)
    premises.flow.request(Decimal(1))
    premises.pass_time(3 * 3600)
    assert premises.valve.closed
    assert premises.alerts(0x8F83)
    premises.pass_time(6 * 3600)
    assert not premises.valve.closed


# In-home displays.


def display_command(premises: GasPremises, code: int, payload: bytes, counter: int) -> Message:
    key = ec.generate_private_key(ec.SECP256R1())
    usage = KeyUsage.KEY_AGREEMENT
    premises.keys.add_private(KeyName(DISPLAY, usage), key)
    premises.meter.credentials.know_peer(DISPLAY, key.public_key())
    message = messages.command(
        message_code=code,
        originator=DISPLAY,
        recipient=GAS_METER,
        counter=counter,
        payload=payload,
    )
    return protection.add_mac(message, premises.secret(DISPLAY, GAS_METER))


def pair(premises: GasPremises) -> None:
    premises.meter.security.device_log.enter(Peer(device_id=DISPLAY, device_type=DeviceType.PPMID))


def test_a_display_of_the_device_log_tops_up(premises: GasPremises) -> None:
    pair(premises)
    code = code_for(premises, 700, 0x30 << 32)
    payload = gbz(zcl("ConsumerTopUp", originating_device=2, top_up_code=code))
    premises.meter.process(display_command(premises, 0x009B, payload, 10_000).to_octets())
    assert premises.meter.payment.credit_balance() == 700_000
    assert premises.meter.event_log.entries[-1].other == b"\x00\x9b"


@pytest.mark.parametrize("is_paired", [False, True])
def test_a_strange_display_or_an_old_counter_is_refused(
    premises: GasPremises, is_paired: bool
) -> None:
    set_emergency_credit(premises, limit=1_000_000, threshold=200_000)
    payload = gbz(zcl("SelectAvailableEmergencyCredit", issue_time=0, originating_device=2))
    if is_paired:
        pair(premises)
        premises.meter.displays.counters[DISPLAY] = 10_000
    premises.meter.process(display_command(premises, 0x0090, payload, 10_000).to_octets())
    assert not premises.meter.payment.account.emergency.is_active
    assert {0x8F53, 0x8F3E} & set(premises.meter.security_log.codes())
