"""The embedded DCC: composed from its parts, started and stopped as one."""

from __future__ import annotations

import ssl
from datetime import time, timedelta
from pathlib import Path
from typing import TypeVar

from aiohttp import web

from assay.clock import Clock, LoopThread
from assay.dcc.anomaly.desk import INBOX_INTERVAL, OutOfBandDesk, Signers
from assay.dcc.audit import Audit
from assay.dcc.coverage import CoverageMap
from assay.dcc.delivery import Delivery
from assay.dcc.dsp.composition import Parts, compose_dsp
from assay.dcc.faults import DccFaults
from assay.dcc.gateway import Gateway
from assay.dcc.inventory import Inventory
from assay.dcc.inventory.form import DEVICES
from assay.dcc.non_gateway.desk import NonGatewayDesk
from assay.dcc.pki.bench_keys import ACCESS_CONTROL_BROKER, BenchKeys
from assay.dcc.pki.dccki import Dccki
from assay.dcc.products import ProductsList
from assay.dcc.registration import Registration
from assay.dcc.registration_desk import RegistrationDesk
from assay.dcc.self_service.incidents import INCIDENTS, IncidentDesk
from assay.dcc.self_service.service_desk import ServiceDesk
from assay.dcc.self_service.site import SelfService
from assay.dcc.self_service.views import Books as PageBooks
from assay.dcc.settings import DccSettings
from assay.dcc.store import MemoryStore, Store
from assay.gbcs.identifiers import Eui64
from assay.wan import SmWan

DAILY_LOAD = time(6)
"""Of registration files: before the working day (inferred)."""
_Desk = TypeVar("_Desk", RegistrationDesk, OutOfBandDesk, NonGatewayDesk)
_LOOPBACK = "127.0.0.1"
_NAME = "DCC Gateway"


class EmbeddedDcc:
    """`dccki` None: plain HTTP both ways, where the signatures of the documents alone count.

    The broker must be among the parties that `keys` were set up with, and so must every user.
    The constructor attaches the DSP to the WAN; `start` takes up what the store holds and opens
    the gateway. Without a `store` everything is gone with the process.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        loop_thread: LoopThread,
        wan: SmWan,
        keys: BenchKeys,
        dccki: Dccki | None,
        registration: Registration,
        inventory: Inventory | None = None,
        settings: DccSettings | None = None,
        broker: Eui64 = ACCESS_CONTROL_BROKER,
        broker_counter: int = 0,
        store: Store | None = None,
        coverage: CoverageMap | None = None,
        products: ProductsList | None = None,
    ) -> None:
        self.store = store if store is not None else MemoryStore()
        self.settings = settings if settings is not None else DccSettings()
        self.registration = registration
        self.inventory = (
            inventory if inventory is not None else Inventory(book=self.store.book(DEVICES))
        )
        self.faults = DccFaults()
        self.audit = Audit(clock.now, self.settings.audit_entries, self.settings.audit_octets)
        self._loop_thread = loop_thread
        self._dccki = dccki
        self._clock = clock
        self._broker = broker
        self._desks: list[RegistrationDesk | OutOfBandDesk | NonGatewayDesk] = []
        self._runner: web.AppRunner | None = None
        self._port = 0
        self.delivery = Delivery(
            clock=clock,
            loop_thread=loop_thread,
            registration=registration,
            audit=self.audit,
            settings=self.settings,
            tls=dccki.client_ssl_context(broker, _NAME) if dccki is not None else None,
            store=self.store,
        )
        self.dsp = compose_dsp(
            Parts(
                clock=clock,
                wan=wan,
                keys=keys,
                broker=broker,
                registration=registration,
                inventory=self.inventory,
                audit=self.audit,
                faults=self.faults,
                settings=self.settings,
                deliver=self.delivery.submit,
                broker_counter=broker_counter,
                store=self.store,
                coverage=coverage,
                products=products,
            )
        )
        self.incidents = IncidentDesk(self.store.book(INCIDENTS))
        self._gateway = Gateway(
            dsp=self.dsp,
            clock=clock,
            with_tls=dccki is not None,
            is_connection=registration.is_connection,
            parties_of=registration.parties_of,
            health=self.health,
            self_service=SelfService(
                books=PageBooks(
                    registration=registration,
                    inventory=self.inventory,
                    audit=self.audit,
                    coverage=coverage if coverage is not None else CoverageMap(),
                    undelivered=self.delivery.undelivered,
                    now=clock.now,
                ),
                desk=self.incidents,
                store=self.store,
            ),
            service_desk=ServiceDesk(
                incidents=self.incidents,
                store=self.store,
                operator=broker,
                name_of=registration.name_of,
                now=clock.now,
            ),
        )
        wan.attach_dsp(self.dsp)

    def start(self, port: int = 0) -> None:
        """Listen on loopback, on a free port unless told one. Not from the loop's thread."""
        context = self._dccki.server_ssl_context(_NAME) if self._dccki is not None else None
        self._loop_thread(self._start(port, context))

    async def _start(self, port: int, context: ssl.SSLContext | None) -> None:
        self._runner = web.AppRunner(
            self._gateway.application(), access_log=None, shutdown_timeout=1.0
        )
        await self._runner.setup()
        # Before the first request: what an earlier run left goes first.
        self.dsp.resume()
        self.delivery.resume()
        await web.TCPSite(self._runner, _LOOPBACK, port, ssl_context=context).start()
        self._port = self._runner.addresses[0][1]

    @property
    def base_url(self) -> str:
        """Scheme, address and port; the services are below /api/v1."""
        if self._runner is None:
            raise RuntimeError("the gateway has no address before start()")
        scheme = "http" if self._dccki is None else "https"
        return f"{scheme}://{_LOOPBACK}:{self._port}"

    def set_receive_url(self, user: Eui64, url: str | None) -> None:
        """Where the user takes responses and alerts; what is waiting for it goes out at once."""

        def change() -> None:
            self.registration.set_receive_url(user, url)
            self.delivery.try_now(user)

        self._loop_thread.run(change)

    def open_registration_desk(self, folder: Path, *, at: time = DAILY_LOAD) -> RegistrationDesk:
        """Where registration data providers put files, loaded once a day at that time, UTC."""
        desk = RegistrationDesk(
            folder=folder,
            clock=self._clock,
            store=self.store,
            registration=self.registration,
            watch=self.dsp.registration_watch,
            inventory=self.inventory,
            audit=self.audit,
            at=at,
        )
        return self._open(desk)

    def open_out_of_band_desk(
        self, folder: Path, signers: Signers, *, interval: timedelta = INBOX_INTERVAL
    ) -> OutOfBandDesk:
        """Where users put thresholds and their decisions on what is in quarantine."""
        desk = OutOfBandDesk(
            folder=folder,
            clock=self._clock,
            store=self.store,
            detection=self.dsp.detection,
            signers=signers,
            broker=self._broker,
            is_user=lambda eui: self.registration.user(eui) is not None,
            audit=self.audit,
            interval=interval,
        )
        return self._open(desk)

    def open_non_gateway_desk(
        self, folder: Path, *, interval: timedelta = INBOX_INTERVAL
    ) -> NonGatewayDesk:
        """Where suppliers who are not yet users drop requests. Before `start`."""
        desk = NonGatewayDesk(
            folder=folder,
            clock=self._clock,
            store=self.store,
            dsp=self.dsp,
            registration=self.registration,
            audit=self.audit,
            interval=interval,
        )
        return self._open(desk)

    def _open(self, desk: _Desk) -> _Desk:
        self._desks.append(desk)
        self._loop_thread.run(desk.start)
        return desk

    def health(self) -> dict[str, object]:
        return {
            "status": "ok",
            "devices": len(self.inventory),
            "commands_in_flight": len(self.dsp.modes.commands),
            "dated_requests": len(self.dsp.modes.dated),
            "schedules": len(self.dsp.modes.schedules),
            "undelivered": self.delivery.undelivered_in_all(),
            "quarantined": len(self.dsp.detection.quarantine),
        }

    def stop(self) -> None:
        """Close the gateway; deadlines no longer strike, and all books stay as they are.

        The store is whose it was given by to close.
        """
        self._loop_thread(self._stop())

    async def _stop(self) -> None:
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()
        for desk in self._desks:
            desk.stop()
        self.dsp.stop()
        await self.delivery.close()
