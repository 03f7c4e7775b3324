"""The real driver on the virtual stick, over a pseudo-terminal, on a simulated clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from assay.gbcs.identifiers import Eui64
from rigs.capabilities.radio import ApsMessage, Channel, NetworkParameters
from rigs.zigbee.install_code import InstallCode
from tests.rigs.ncp.conftest import METER, NETWORK_KEY, PAN, Air, air
from tests.rigs.ncp.radio_node import SE_PROFILE, RadioNode

__all__ = ["air"]

EXTENDED_PAN = Eui64(bytes.fromhex("0011223344556688"))
INSTALL_KEY = InstallCode(bytes(range(1, 17))).link_key()
AGREED_KEY = bytes(range(0x40, 0x50))
TUNNELING = 0x0704

PARAMETERS = NetworkParameters(
    extended_pan_id=EXTENDED_PAN,
    pan_id=PAN,
    channel=Channel(number=15),
    network_key=NETWORK_KEY,
    key_sequence=1,
)


def message(payload: bytes, *, is_encrypted: bool = True, peer: Eui64 = METER) -> ApsMessage:
    return ApsMessage(
        peer=peer,
        profile=SE_PROFILE,
        cluster=TUNNELING,
        source_endpoint=1,
        destination_endpoint=1,
        payload=payload,
        is_encrypted=is_encrypted,
    )


def octets(size: int) -> bytes:
    return bytes(number % 251 for number in range(size))


@dataclass
class Network:
    """A network that was formed, with what was heard on it."""

    air: Air
    coordinator: Any
    heard: list[ApsMessage] = field(default_factory=list)
    joined: list[Eui64] = field(default_factory=list)

    def wait(self, condition: Any, seconds: float = 60) -> None:
        assert self.air.clock.wait_until(condition, timedelta(seconds=seconds)), "waited in vain"

    def join(self, eui: Eui64 = METER, link_key: bytes = INSTALL_KEY, **options: Any) -> RadioNode:
        node = self.air.node(eui, link_key, **options)
        self.coordinator.permit(eui, link_key, timedelta(minutes=10))
        self.air.on_loop(lambda: node.associate(PAN))
        self.wait(lambda: eui in self.joined)
        return node


@pytest.fixture
def coordinator(air: Air) -> Iterator[Any]:
    driver = pytest.importorskip("rigs.drivers.coordinator", exc_type=ImportError)
    stick = driver.EmberStick(air.server.resource, air.clock, connection_patience_s=6.0)
    found = driver.EmberCoordinator(stick, air.clock, air.loop)
    try:
        yield found
    finally:
        found.close()


@pytest.fixture
def network(air: Air, coordinator: Any) -> Network:
    found = Network(air, coordinator)
    coordinator.on_message(found.heard.append)
    coordinator.on_joined(found.joined.append)
    coordinator.form(PARAMETERS)
    return found
