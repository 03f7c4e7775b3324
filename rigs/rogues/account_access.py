"""Where the rogues of payment get hold of a meter's account, its objects and its events."""

from __future__ import annotations

from assay.gbcs.dlms.access import Op
from rigs.devices.dlms_objects import Access
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.payment import ELECTRICITY, Account

BALANCE, EMERGENCY, ACCUMULATED = (f"0-0:19.10.{place}.255" for place in range(3))
PAYMENT_DEBT = "0-0:19.20.3.255"
NEXT_ACCOUNT = "0-1:19.0.0.255"
A_POUND = ELECTRICITY.of_pence(100)
EVERY_DAY = frozenset(range(1, 8))


def account_of(meter: Meter) -> Account:
    return meter.payment.account


def silence(meter: Meter, code: int) -> None:
    account = account_of(meter)
    sound = tuple(account.on_event)

    def tell(seen: int) -> None:
        for callback in sound if seen != code else ():
            callback(seen)

    account.on_event[:] = [tell]


def answer(meter: Meter, op: Op, class_id: int, obis: str, index: int, access: Access) -> None:
    meter.objects.put(op, class_id, obis, index, access)
