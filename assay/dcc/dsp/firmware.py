"""Distribution of firmware images: which devices still wait for one, and what became of it.

11.1 and 11.4 name up to 50,000 devices. Images go down hub by hub, some hubs each turn, so that
a large request starves nobody. A hub tells what it passed on (CCS08), a meter whether it accepts
the image (8F72, 8F1C); whatever fails is told to the requester, devices of one turn together.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from assay.clock import Clock
from assay.dcc.audit import Audit, Direction
from assay.dcc.dsp.alert_codes import FIRMWARE_NOT_DISTRIBUTED, DistributionFailure
from assay.dcc.dsp.alerts import DccAlerts
from assay.dcc.inventory import Inventory
from assay.dcc.inventory.form import device_key
from assay.dcc.settings import DccSettings
from assay.dcc.store import Agenda, Book, Store
from assay.dcc.store.contract import BookForm
from assay.duis.identifiers import RequestId
from assay.gbcs.identifiers import Eui64
from assay.wan import ImageNotCarriedError, SmWan

DEVICES_PER_TURN = 200


class TransferState(StrEnum):
    WAITING = "waits to be sent"
    SENT = "sent to the hub"
    PASSED_ON = "passed on by the hub"


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An OTA file as 11.1 or 11.4 brought it. `due`: devices wait for it to be sent."""

    request_id: RequestId
    version: str
    octets: bytes
    due: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """One device's share of a request; `due` is when it is given up."""

    device: Eui64
    request_id: RequestId
    version: str
    state: TransferState
    due: datetime | None = None


IMAGES: BookForm[Image] = BookForm(
    name="firmware_image",
    record=Image,
    key=lambda image: str(image.request_id),
    due=lambda image: image.due,
    parts=(Image,),
)
TRANSFERS: BookForm[Transfer] = BookForm(
    name="firmware_transfer",
    record=Transfer,
    key=lambda transfer: device_key(transfer.device),
    columns={
        "request": lambda transfer: str(transfer.request_id),
        "waiting_for": lambda transfer: (
            str(transfer.request_id) if transfer.state is TransferState.WAITING else None
        ),
    },
    due=lambda transfer: transfer.due,
    parts=(Transfer, TransferState),
)

_HUB_RESULTS: Mapping[str, DistributionFailure] = {
    "imageDiscarded": DistributionFailure.DISCARDED,
    "hardwareVersionMismatch": DistributionFailure.WRONG_HARDWARE,
    "fileTransferFailure": DistributionFailure.TRANSFER_FAILED,
}
"""Results of CCS08 other than success."""


class Distribution:
    """At most one image is under way to a device. All calls in a transaction of the store."""

    def __init__(
        self,
        *,
        clock: Clock,
        store: Store,
        wan: SmWan,
        inventory: Inventory,
        alerts: DccAlerts,
        audit: Audit,
        settings: DccSettings,
    ) -> None:
        self._clock = clock
        self._store = store
        self._wan = wan
        self._inventory = inventory
        self._alerts = alerts
        self._audit = audit
        self._settings = settings
        self._images: Book[Image] = store.book(IMAGES)
        self._transfers: Book[Transfer] = store.book(TRANSFERS)
        self._sending = Agenda(clock, store, self._images, self._send_some)
        self._giving_up = Agenda(clock, store, self._transfers, self._timed_out)

    def start(
        self, request_id: RequestId, version: str, image: bytes, devices: Iterable[Eui64]
    ) -> None:
        """Nothing is sent before the requester has its answer."""
        now = self._clock.now()
        self._images.put(Image(request_id=request_id, version=version, octets=image, due=now))
        for device in devices:
            self._transfers.put(
                Transfer(
                    device=device,
                    request_id=request_id,
                    version=version,
                    state=TransferState.WAITING,
                )
            )
        self._sending.note(now)

    def is_under_way(self, device: Eui64) -> bool:
        return device_key(device) in self._transfers

    def of_device(self, device: Eui64) -> Transfer | None:
        return self._transfers.get(device_key(device))

    def count(self, request_id: RequestId) -> int:
        """Devices of the request of which nothing final was heard."""
        return self._transfers.count(request=str(request_id))

    def hub_reported(self, device: Eui64, result: str) -> None:
        """CCS08: the hub has passed the image on, or has not."""
        transfer = self.of_device(device)
        if transfer is None:
            return
        failure = _HUB_RESULTS.get(result)
        if failure is not None:
            self._failed(transfer.request_id, failure, (device,))
        else:
            self._transfers.put(replace(transfer, state=TransferState.PASSED_ON))

    def device_reported(self, device: Eui64, *, is_accepted: bool) -> None:
        """8F72 or 8F1C of a meter, CS09 of a PPMID: it has judged the image."""
        transfer = self.of_device(device)
        if transfer is None:
            return
        if is_accepted:
            self._end((device,))
        else:
            self._failed(transfer.request_id, DistributionFailure.NOT_VERIFIED, (device,))

    def forget(self, device: Eui64) -> None:
        """The device is gone; nobody waits for it any more."""
        if self.is_under_way(device):
            self._end((device,))

    def resume(self) -> None:
        """Take up what the books hold, after a restart."""
        self._sending.resume()
        self._giving_up.resume()

    def stop(self) -> None:
        self._sending.stop()
        self._giving_up.stop()

    def _send_some(self, image: Image) -> None:
        waiting = self._transfers.find(waiting_for=str(image.request_id))
        batch = list(itertools.islice(waiting, DEVICES_PER_TURN))
        hubs: dict[Eui64 | None, list[Transfer]] = {}
        for transfer in batch:
            device = self._inventory.find(transfer.device)
            hubs.setdefault(device.hub if device is not None else None, []).append(transfer)
        lost: list[Eui64] = []
        for hub, transfers in hubs.items():
            devices = [transfer.device for transfer in transfers]
            if hub is None or not self._carry(hub, devices, image):
                lost.extend(devices)
                continue
            due = self._clock.now() + self._settings.firmware_period
            for transfer in transfers:
                self._transfers.put(replace(transfer, state=TransferState.SENT, due=due))
            self._giving_up.note(due)
        is_last = len(batch) < DEVICES_PER_TURN
        self._images.put(replace(image, due=None if is_last else self._clock.now()))
        if lost:
            self._failed(image.request_id, DistributionFailure.NO_HUB, lost)

    def _carry(self, hub: Eui64, devices: list[Eui64], image: Image) -> bool:
        try:
            self._wan.send_image_down(hub, devices, image.octets)
        except (KeyError, ImageNotCarriedError):
            return False
        self._audit.record(
            Direction.TO_DEVICE,
            "firmware image",
            party=image.request_id.originator,
            device=hub,
            message_id=image.request_id,
            note=f"version {image.version} for {len(devices)} devices",
        )
        return True

    def _timed_out(self, transfer: Transfer) -> None:
        """A hub that has passed the image on has done its part; the meter's word may be lost."""
        if transfer.state is TransferState.PASSED_ON:
            self._end((transfer.device,))
        else:
            self._failed(transfer.request_id, DistributionFailure.TIMED_OUT, (transfer.device,))

    def _failed(
        self, request_id: RequestId, failure: DistributionFailure, devices: Iterable[Eui64]
    ) -> None:
        ended = tuple(devices)
        code = FIRMWARE_NOT_DISTRIBUTED[failure]
        self._alerts.firmware_not_distributed(code, request_id, ended)
        self._end(ended)

    def _end(self, devices: Iterable[Eui64]) -> None:
        """The image goes when nobody waits for it any more."""
        requests: dict[RequestId, None] = {}
        for device in devices:
            transfer = self.of_device(device)
            if transfer is not None:
                requests[transfer.request_id] = None
                self._transfers.remove(device_key(device))
        for request_id in requests:
            if self.count(request_id) == 0:
                self._images.remove(str(request_id))
