"""A gas meter with a life behind it: tariff, prepayment, top-ups, debts, billing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from assay.gbcs import top_up
from assay.gbcs.date_time import seconds_since_2000
from assay.gbcs.gbz.components import Component
from assay.gbcs.keys import KeyName, KeyUsage
from tests.rigs.devices.premises_kit import SUPPLIER
from tests.rigs.gsme.gas_kit import GAS_METER, NAMES, GasPremises, top_up_key, zcl

CALENDAR_ID = 473385600


def common(calendar_type: int | None = None) -> dict[str, Any]:
    found = {"provider_id": 0, "issuer_event_id": CALENDAR_ID, "calendar_id": CALENDAR_ID}
    return found if calendar_type is None else {**found, "calendar_type": calendar_type}


def tariff(
    *,
    start: int = 0,
    is_block: bool = False,
    prices: tuple[int, ...] = (9600, 10200, 10750, 11000),
    standing_charge: int = 22465,
    thresholds: tuple[int, ...] = (1_000_000, 2_000_000, 3_000_000),
    tier: int = 1,
) -> list[Component]:
    """GCS01a: one day profile all year."""
    calendar_start = {"start_time": start}
    week = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), 1)
    first = 0 if is_block else 1
    single = {"command_index": 0, "total_commands": 1}
    parts = [
        zcl(
            "PublishCalendar",
            **common(0),
            **calendar_start,
            time_reference=0,
            calendar_name="",
            seasons=1,
            weeks=1,
            days=1,
        ),
        zcl(
            "PublishDayProfile",
            **common(0),
            **single,
            day_id=1,
            entry_count=1,
            entries=[{"start_min": 0, "tier_or_flag": 0 if is_block else tier}],
        ),
        zcl("PublishWeekProfile", **common(), week_id=1, **week),
        zcl(
            "PublishSeasons",
            **common(),
            **single,
            seasons=[
                {
                    "start_date": {"year": None, "month": 1, "day": 1, "weekday": None},
                    "week_id": 1,
                }
            ],
        ),
        zcl(
            "PublishSpecialDays",
            **common(0),
            **calendar_start,
            **single,
            special_day_count=0,
            special_days=[],
        ),
        zcl(
            "PublishTariffInformation",
            provider_id=0,
            issuer_event_id=CALENDAR_ID,
            issuer_tariff_id=1,
            start_time=start,
            tariff_type_charging_scheme=16 if is_block else 0,
            tariff_label="",
            price_tiers=0 if is_block else 4,
            block_thresholds=3 if is_block else 0,
            unit=0,
            currency=826,
            price_trailing_digit=80,
            standing_charge=standing_charge,
            tier_block_mode=255,
            threshold_multiplier=1,
            threshold_divisor=1000,
        ),
    ]
    if is_block:
        parts.append(
            zcl(
                "PublishBlockThresholds",
                provider_id=0,
                issuer_event_id=CALENDAR_ID,
                start_time=start,
                issuer_tariff_id=1,
                **single,
                subpayload_control=1,
                tier_thresholds=len(thresholds),
                thresholds=list(thresholds),
            )
        )
    parts.append(
        zcl(
            "PublishPriceMatrix",
            provider_id=0,
            issuer_event_id=CALENDAR_ID,
            start_time=start,
            issuer_tariff_id=1,
            **single,
            subpayload_control=0 if is_block else 1,
            prices=[
                {"tier_block_id": first + number, "price": price}
                for number, price in enumerate(prices)
            ],
        )
    )
    return parts


def code_for(premises: GasPremises, pence: int, counter: int) -> str:
    """Twenty digits; the counter's low half is zero."""
    usage = KeyUsage.PREPAYMENT_TOP_UP
    premises.keys.add_private(KeyName(NAMES[SUPPLIER], usage), top_up_key())
    secret = premises.keys.shared_secret(
        KeyName(NAMES[SUPPLIER], usage), KeyName(GAS_METER, KeyUsage.KEY_AGREEMENT)
    )
    assert secret is not None
    return top_up.create(
        secret=secret,
        supplier=NAMES[SUPPLIER],
        meter=GAS_METER,
        counter=counter,
        value=pence,
        unit=top_up.Unit.PENCE,
    )


def remote_top_up(premises: GasPremises, pence: int, step: int) -> dict[str, Any]:
    """CS01b; the fields of the answer."""
    counter = step << 32
    code = code_for(premises, pence, counter)
    (answer,) = premises.ask(
        0x0097, zcl("ConsumerTopUp", originating_device=0, top_up_code=code), counter=counter
    )
    found: dict[str, Any] = answer.payload
    return found


def payment_mode(*, prepayment: bool, start: int = 0, cut_off: int = 0) -> Component:
    return zcl(
        "ChangePaymentMode",
        provider_id=0,
        issuer_event_id=CALENDAR_ID,
        implementation_time=start,
        payment_control=3223 if prepayment else 3220,
        cut_off=cut_off if prepayment else -1,
    )


def debt(amount: int, *, kind: int, rate: int = 0, percentage: int = 0) -> Component:
    return zcl(
        "ChangeDebt",
        issuer_event_id=CALENDAR_ID,
        label="",
        amount=amount,
        recovery_method=1 if kind == 5 else 0,
        amount_type=kind,
        recovery_start=0,
        collection_time=0,
        frequency=1,
        recovery_amount=rate,
        balance_percentage=percentage,
    )


def billing(premises: GasPremises, days: int = 1) -> list[Component]:
    """GCS25a: from the next hour on, every so many days."""
    start = seconds_since_2000(premises.clock.now() + timedelta(hours=1))
    period = {
        "provider_id": 0,
        "issuer_event_id": CALENDAR_ID,
        "start_time": start,
        "duration": days,
        "duration_type": 0x21,
        "tariff_type": 0,
    }
    return [
        zcl("PublishBillingPeriod", **period),
        zcl("PublishBlockPeriod", **period, control=2, tariff_resolution_period=1),
    ]


def live_in_prepayment(premises: GasPremises) -> None:
    """A block tariff, prepayment with a debt, two top-ups, and a bill each day."""
    premises.ask(0x006B, *tariff(is_block=True))
    premises.ask(0x006D, payment_mode(prepayment=True, cut_off=-1_000_000))
    premises.ask(
        0x006E,
        debt(5_000_000, kind=1, rate=100_000),
        debt(5_000_000, kind=3, rate=100_000),
        debt(5_000_000, kind=5, percentage=1000),
    )
    assert remote_top_up(premises, 2000, 0x10)["result_type"] == 0
    assert remote_top_up(premises, 1000, 0x11)["result_type"] == 0
    premises.ask(0x00D8, *billing(premises))
    premises.flow.request(Decimal("0.5"))
