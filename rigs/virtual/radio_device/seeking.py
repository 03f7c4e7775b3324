"""From nothing to the network key: scan, associate, and read the key with one of the first keys.

Whatever fails on the way is tried again from the start, later and later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.devices.alarm import Alarm
from rigs.virtual.ether import Heard
from rigs.virtual.radio_device.attachment import Association
from rigs.virtual.radio_device.polling import Polling
from rigs.virtual.radio_device.scan import Found, Scan
from rigs.virtual.radio_device.settings import JoinCounts, Pauses, Phase, RadioSettings
from rigs.virtual.stack.layers import Layers, Received
from rigs.zigbee import aps_commands
from rigs.zigbee.aps import ApsKind
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.mac import MacFrame
from rigs.zigbee.security import KeyKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """The network key as the trust centre sent it, and the first key that opened it."""

    hub: Eui64
    network: Eui64
    network_key: bytes = field(repr=False)
    sequence: int
    first_key: bytes = field(repr=False)


class Seeking:
    """`phase` is None while it does nothing. `on_admitted` gets the network key. Hook: `chooses`
    a network out of those found."""

    def __init__(
        self,
        clock: Clock,
        layers: Layers,
        polling: Polling,
        settings: RadioSettings,
        counts: JoinCounts,
        on_admitted: Callable[[Admission], None],
    ) -> None:
        self._clock = clock
        self._layers = layers
        self._polling = polling
        self._settings = settings
        self._counts = counts
        self._on_admitted = on_admitted
        self._pauses = Pauses(settings)
        self._alarm = Alarm(clock, self._next)
        self._step: Scan | Association | None = None
        self._network: Eui64 | None = None
        self.phase: Phase | None = None
        self.first_keys: tuple[bytes, ...] = ()
        self.chooses: Callable[[Found], bool] = lambda found: found.beacon.permits_association

    @property
    def is_busy(self) -> bool:
        return self._step is not None

    def begin(self) -> None:
        self.stop()
        self._pauses.begin_anew()
        self._scan()

    def hurry(self) -> None:
        """Joining may be open now: no use in waiting longer."""
        if self.phase is Phase.SEEKING and self._step is None:
            self._pauses.begin_anew()
            self._scan()

    def later(self) -> None:
        """What came after the network key has failed: once more, after a pause."""
        self._polling.rest()
        self._layers.link.pan = self._layers.link.address = None
        self.phase = Phase.SEEKING
        self._alarm.set(self._clock.now() + self._pauses.take())

    def stop(self) -> None:
        self._alarm.cancel()
        self.phase = None
        if self._step is not None:
            self._step.stop()
            self._step = None

    def take(self, frame: MacFrame, heard: Heard) -> None:
        if self._step is not None:
            self._step.take(frame, heard)

    def take_command(self, received: Received) -> None:
        """An APS command: the network key, perhaps."""
        if self.phase is not Phase.WAITING_FOR_KEY or received.frame.kind is not ApsKind.COMMAND:
            return
        if received.key_kind is not KeyKind.KEY_TRANSPORT or received.link is None:
            return
        try:
            command = aps_commands.parse(received.frame.payload)
        except RemoteRadioError:
            return
        if not isinstance(command, aps_commands.TransportNetworkKey):
            return
        if command.destination != self._layers.link.eui or self._network is None:
            return
        self._alarm.cancel()
        self.phase = None
        self._on_admitted(
            Admission(
                hub=received.peer,
                network=self._network,
                network_key=command.key,
                sequence=command.sequence,
                first_key=received.link.key,
            )
        )

    def _next(self) -> None:
        """A pause is over, or the network key did not come, or could not be read."""
        if self.phase is Phase.WAITING_FOR_KEY:
            self._counts.missing_keys += 1
            self.later()
        else:
            self._scan()

    def _scan(self) -> None:
        self._alarm.cancel()
        self.phase = Phase.SEEKING
        self._counts.scans += 1
        link = self._layers.link
        link.node.is_listening = True
        self._step = Scan(self._clock, link, self._settings.channels, self._scanned)

    def _scanned(self, found: tuple[Found, ...]) -> None:
        self._step = None
        best = next((one for one in found if self.chooses(one)), None)
        if best is None:
            self.later()
            return
        self.phase = Phase.ASSOCIATING
        self._counts.associations += 1
        self._network = best.beacon.extended_pan_id
        self._step = Association(
            self._clock,
            self._layers.link,
            self._polling,
            best,
            self._settings.capability,
            self._associated,
        )

    def _associated(self, success: bool) -> None:
        self._step = None
        if not success:
            self._counts.denials += 1
            self.later()
            return
        self.phase = Phase.WAITING_FOR_KEY
        self._alarm.set(self._clock.now() + self._settings.key_wait)
        self._polling.expect(self._settings.key_wait)
