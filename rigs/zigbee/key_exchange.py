"""One key establishment as each end sees it: commands in, commands out, a link key at the end.

No I/O and no clock: whoever carries the commands also decides how long it waits. An end that
finds a fault answers Terminate, and is finished.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from assay.gbcs.identifiers import Eui64
from rigs.zigbee import cbke
from rigs.zigbee.cbke import AgreedKeys, Ephemeral
from rigs.zigbee.implicit_certificates import (
    CbkeIdentity,
    ImplicitCertificate,
    RemoteCertificateError,
)
from rigs.zigbee.sect283k1 import Point, RemotePointError
from rigs.zigbee.smart_energy.key_establishment import (
    SUITE_2,
    ConfirmKey,
    EphemeralData,
    Initiate,
    Terminate,
    TerminateStatus,
)

EPHEMERAL_TIME_S, CONFIRM_TIME_S = 10, 15
"""What an end announces that it needs at most; recalled as usual."""
WAIT_S = 30
"""For how long a peer is turned away after a fault; this bench's choice."""

Command = Initiate | EphemeralData | ConfirmKey | Terminate


@dataclass(frozen=True, slots=True)
class Fault:
    """Why this end has given up; `was_told` where the other end said so."""

    status: int
    detail: str
    was_told: bool = False


class _End:
    """`link_key` is there once the other end has proved itself, `fault` once it has failed.

    Hook: `accepts` the proof that came, given the one that is right.
    """

    def __init__(self, identity: CbkeIdentity, peer: Eui64, now: datetime) -> None:
        self._identity = identity
        self._peer = peer
        self._now = now
        self._ephemeral = Ephemeral.new()
        self._peer_key: Point | None = None
        self._peer_ephemeral: Point | None = None
        self._keys: AgreedKeys | None = None
        self.link_key: bytes | None = None
        self.fault: Fault | None = None
        self.accepts: Callable[[bytes, bytes], bool] = compare_digest

    @property
    def is_finished(self) -> bool:
        return self.link_key is not None or self.fault is not None

    @property
    def _own(self) -> Eui64:
        return self._identity.certificate.subject

    def _initiate(self) -> Initiate:
        return Initiate(
            ephemeral_time_s=EPHEMERAL_TIME_S,
            confirm_time_s=CONFIRM_TIME_S,
            certificate=self._identity.certificate.to_octets(),
        )

    def _take_certificate(self, command: Initiate) -> Terminate | None:
        if command.suite != SUITE_2:
            return self._fail(TerminateStatus.UNSUPPORTED_SUITE, f"suite {command.suite}")
        try:
            certificate = ImplicitCertificate.from_octets(command.certificate)
            if certificate.subject != self._peer:
                return self._fail(
                    TerminateStatus.INVALID_CERTIFICATE,
                    f"certificate of {certificate.subject}, sent by {self._peer}",
                )
            if certificate.issuer != self._identity.certificate.issuer:
                return self._fail(TerminateStatus.UNKNOWN_ISSUER, f"issuer {certificate.issuer}")
            if not certificate.is_valid_at(self._now):
                return self._fail(
                    TerminateStatus.INVALID_CERTIFICATE, f"not valid at {self._now.isoformat()}"
                )
            self._peer_key = certificate.public_key(self._identity.authority)
        except (RemoteCertificateError, RemotePointError) as error:
            return self._fail(TerminateStatus.INVALID_CERTIFICATE, str(error))
        return None

    def _take_ephemeral(self, command: EphemeralData) -> Terminate | None:
        assert self._peer_key is not None
        try:
            self._peer_ephemeral = Point.from_octets(command.public_key)
            self._keys = cbke.agree(
                self._identity.private_key, self._ephemeral, self._peer_key, self._peer_ephemeral
            )
        except RemotePointError as error:
            return self._fail(TerminateStatus.BAD_MESSAGE, str(error))
        return None

    def _ephemeral_data(self) -> EphemeralData:
        return EphemeralData(public_key=self._ephemeral.public_key.to_octets())

    def _proof(self, *, of_initiator: bool, of_peer: bool) -> bytes:
        assert self._keys is not None and self._peer_ephemeral is not None
        proof = cbke.initiators_proof if of_initiator else cbke.responders_proof
        own, peer = self._ephemeral.public_key, self._peer_ephemeral
        if of_peer:
            return proof(self._keys.mac_key, self._peer, self._own, peer, own)
        return proof(self._keys.mac_key, self._own, self._peer, own, peer)

    def _judge(self, command: ConfirmKey, *, of_initiator: bool) -> Terminate | None:
        expected = self._proof(of_initiator=of_initiator, of_peer=True)
        if not self.accepts(command.proof, expected):
            return self._fail(TerminateStatus.BAD_KEY_CONFIRM, "the proof is another")
        assert self._keys is not None
        self.link_key = self._keys.link_key
        return None

    def _unexpected(self, command: Command) -> Terminate | None:
        if isinstance(command, Terminate):
            self.fault = Fault(command.status, "the other end gave up", was_told=True)
            return None
        return self._fail(TerminateStatus.BAD_MESSAGE, f"{type(command).__name__} out of turn")

    def _fail(self, status: TerminateStatus, detail: str) -> Terminate:
        self.fault = Fault(status, detail)
        return Terminate(status=status, wait_s=WAIT_S)


class Initiator(_End):
    """A device that has just joined; it begins, and repeats nothing."""

    def start(self) -> Initiate:
        return self._initiate()

    def receive(self, command: Command) -> Command | None:
        """What to say next; None at the end."""
        if self.is_finished:
            return None
        match command:
            case Initiate() if self._peer_key is None:
                return self._take_certificate(command) or self._ephemeral_data()
            case EphemeralData() if self._peer_key is not None and self._keys is None:
                return self._take_ephemeral(command) or ConfirmKey(
                    proof=self._proof(of_initiator=True, of_peer=False)
                )
            case ConfirmKey() if self._keys is not None:
                return self._judge(command, of_initiator=False)
        return self._unexpected(command)


class Responder(_End):
    """The trust centre, for one device."""

    def receive(self, command: Command) -> Command | None:
        """What to answer."""
        if self.is_finished:
            return None
        match command:
            case Initiate() if self._peer_key is None:
                return self._take_certificate(command) or self._initiate()
            case EphemeralData() if self._peer_key is not None and self._keys is None:
                return self._take_ephemeral(command) or self._ephemeral_data()
            case ConfirmKey() if self._keys is not None:
                return self._judge(command, of_initiator=True) or ConfirmKey(
                    proof=self._proof(of_initiator=False, of_peer=False)
                )
        return self._unexpected(command)
