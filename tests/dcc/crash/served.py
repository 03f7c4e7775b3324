"""A DCC with premises that answer, on wall time and a database: the process that is killed.

Arguments: database URL, the supplier's Receive Response service, a file for what reaches the
premises. It prints its address and serves until it is killed.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from assay.clock import LoopThread, WallClock
from assay.dcc.pki.origin import origin_of
from assay.dcc.registration import MeteringPoint, Registration, User
from assay.dcc.server import EmbeddedDcc
from assay.dcc.settings import DccSettings
from assay.dcc.store import open_store
from assay.duis.catalogue import UserRole
from assay.gbcs.keys import KeyStore
from assay.wan import InProcessWan
from tests.dcc.bench import Premises
from tests.dcc.crash.parties import METERS, devices, keys_of
from tests.dcc.parties import HUB, MPAN, SUPPLIER

SETTINGS = DccSettings(
    response_time=timedelta(seconds=1),
    delivery_interval=timedelta(milliseconds=200),
    sequence_window=timedelta(minutes=5),
)


@dataclass(slots=True)
class LoggedPremises(Premises):
    """Every Command is in a file before anything answers it."""

    log: int = field(default=0)

    def message_down(self, device_id: bytes, message: bytes) -> None:
        os.write(self.log, message.hex().encode() + b"\n")
        # Not `super()`: a dataclass with slots is another class than the one its methods know.
        Premises.message_down(self, device_id, message)


def main(database: str, receive_url: str, log: str) -> None:
    loop_thread = LoopThread("dcc")
    clock = WallClock(loop_thread)
    store = open_store(database)
    keys = keys_of(origin_of(store, datetime.now(UTC)))
    wan = InProcessWan(clock, latency=timedelta(milliseconds=30))
    private = KeyStore()
    keys.fill(private, private_of=[HUB, *METERS])
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    wan.attach_hub(LoggedPremises(wan, keys, private, log=file))
    supplier = User(
        name="Supplier",
        eui=SUPPLIER,
        roles=frozenset({UserRole.IMPORT_SUPPLIER}),
        receive_url=receive_url,
    )
    point = MeteringPoint(
        mpxn=MPAN,
        role=UserRole.IMPORT_SUPPLIER,
        party=SUPPLIER,
        start=datetime(2020, 1, 1, tzinfo=UTC),
    )
    dcc = loop_thread.run(
        lambda: EmbeddedDcc(
            clock=clock,
            loop_thread=loop_thread,
            wan=wan,
            keys=keys,
            dccki=None,
            registration=Registration([supplier], [point]),
            settings=SETTINGS,
            store=store,
        )
    )

    def enter() -> None:
        with store.transaction():
            for device in devices():
                if device.device_id not in dcc.inventory:
                    dcc.inventory.enter(device)

    loop_thread.run(enter)
    dcc.start()
    print(dcc.base_url, flush=True)
    signal.pause()


if __name__ == "__main__":
    main(*sys.argv[1:])
