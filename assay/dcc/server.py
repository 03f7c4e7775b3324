"""The embedded DCC: composed from its parts, started and stopped as one."""

from __future__ import annotations

import ssl

from aiohttp import web

from assay.clock import Clock, LoopThread
from assay.dcc.audit import Audit
from assay.dcc.delivery import Delivery
from assay.dcc.dsp.composition import Parts, compose_dsp
from assay.dcc.faults import DccFaults
from assay.dcc.gateway import Gateway
from assay.dcc.inventory import Inventory
from assay.dcc.pki.bench_keys import ACCESS_CONTROL_BROKER, BenchKeys
from assay.dcc.pki.dccki import Dccki
from assay.dcc.registration import Registration
from assay.dcc.settings import DccSettings
from assay.gbcs.identifiers import Eui64
from assay.wan import SmWan

_LOOPBACK = "127.0.0.1"
_NAME = "DCC Gateway"


class EmbeddedDcc:
    """`dccki` None: plain HTTP both ways, where the signatures of the documents alone count.

    The broker must be among the parties that `keys` were set up with, and so must every user.
    The constructor attaches the DSP to the WAN; `start` opens the gateway.
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
    ) -> None:
        self.settings = settings if settings is not None else DccSettings()
        self.registration = registration
        self.inventory = inventory if inventory is not None else Inventory()
        self.faults = DccFaults()
        self.audit = Audit(clock.now, self.settings.audit_entries, self.settings.audit_octets)
        self._loop_thread = loop_thread
        self._dccki = dccki
        self._runner: web.AppRunner | None = None
        self._port = 0
        self.delivery = Delivery(
            clock=clock,
            loop_thread=loop_thread,
            registration=registration,
            audit=self.audit,
            settings=self.settings,
            tls=dccki.client_ssl_context(broker, _NAME) if dccki is not None else None,
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
            )
        )
        self._gateway = Gateway(
            dsp=self.dsp,
            clock=clock,
            with_tls=dccki is not None,
            is_connection=registration.is_connection,
            health=self.health,
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

    def health(self) -> dict[str, object]:
        return {
            "status": "ok",
            "devices": len(self.inventory),
            "commands_in_flight": len(self.dsp.commands),
            "undelivered": self.delivery.undelivered_in_all(),
        }

    def stop(self) -> None:
        """Close the gateway, forget deadlines, keep what is undelivered where it is."""
        self._loop_thread(self._stop())

    async def _stop(self) -> None:
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()
        self.dsp.stop()
        await self.delivery.close()
