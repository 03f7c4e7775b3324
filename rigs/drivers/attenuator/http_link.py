"""The wire of an attenuator with HTTP: one connection for each command.

It gives one answer for one command, holds simulated time while that is on its way, and raises
BenchLost where none comes. Calls block: never on an event-loop thread.
"""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

from assay.clock import Clock
from assay.verdicts import BenchLost
from rigs.drivers.attenuator.links import MAX_ANSWER, text_of
from rigs.drivers.connection import refuse_loop_thread
from rigs.drivers.errors import RemoteInstrumentError

_OK = 200


class HttpLink:
    """`http://host:port`; the instrument closes each connection after its answer.

    `secret` goes before every command (a password and its separator), and into no message.
    """

    def __init__(
        self, address: str, clock: Clock, *, secret: str = "", timeout_s: float = 2.0
    ) -> None:
        parts = urlsplit(address)
        if parts.scheme != "http" or not parts.hostname or parts.username is not None:
            raise ValueError(f"expected http://host[:port] without user or path, got {address!r}")
        self.where = address
        self._host, self._port = parts.hostname, parts.port or 80
        self._clock = clock
        self._secret = secret
        self._timeout_s = timeout_s

    def ask(self, command: str) -> str:
        refuse_loop_thread()
        with self._clock.exchange():
            status, octets = self._get(command)
        if status != _OK:
            raise RemoteInstrumentError(f"{self.where}: {command!r} answered with HTTP {status}")
        return text_of(octets, self.where, command)

    def close(self) -> None:
        """Nothing stays open between commands."""

    def _get(self, command: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(self._host, self._port, timeout=self._timeout_s)
        try:
            connection.request("GET", f"/{self._secret}{command}")
            with connection.getresponse() as response:
                return response.status, response.read(MAX_ANSWER)
        except http.client.BadStatusLine as error:
            if isinstance(error, http.client.RemoteDisconnected):
                raise self._lost(command, error) from error
            raise RemoteInstrumentError(
                f"{self.where}: expected HTTP in answer to {command!r}, got {error}"
            ) from error
        except http.client.IncompleteRead as error:
            raise self._lost(command, error) from error
        except http.client.HTTPException as error:
            raise RemoteInstrumentError(
                f"{self.where}: the answer to {command!r} is no HTTP: {error}"
            ) from error
        except OSError as error:
            raise self._lost(command, error) from error
        finally:
            connection.close()

    def _lost(self, command: str, error: Exception) -> BenchLost:
        return BenchLost(
            f"{self.where}: expected an answer to {command!r} within {self._timeout_s} s, "
            f"got {error}"
        )
