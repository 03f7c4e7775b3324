"""What the stick is told: a Smart Energy network's configuration, policies, endpoint and security.

Left to itself, bellows forms a network for home automation: one link key for all, hashed, on
profile 0x0104 (rigs digest 1, finding 9).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import bellows.types as ezsp_types

from assay.gbcs.identifiers import Eui64
from rigs.capabilities.radio import NetworkParameters

EZSP_VERSION: Final = 13
"""From 14 on messages are laid out in another way, and sticks of the field have 7.4."""

SUCCESS: Final = 0
CHILDREN: Final = 32
TRANSMIT_POWER_DBM: Final = 8

SMART_ENERGY: Final = 0x0109
ENERGY_SERVICES_INTERFACE_DEVICE: Final = 0x0500

CONFIGURATION: Final[Mapping[str, int]] = {
    "CONFIG_KEY_TABLE_SIZE": 64,
    "CONFIG_MAX_END_DEVICE_CHILDREN": CHILDREN,
    "CONFIG_FRAGMENT_WINDOW_SIZE": 1,
    # The key of an install code stays until the device has agreed on one of its own: hours.
    "CONFIG_TRANSIENT_KEY_TIMEOUT_S": 0xFFFF,
}

NO_JOINS: Final = 0
JOINS_WITH_INSTALL_CODE: Final = (
    ezsp_types.EzspDecisionBitmask.ALLOW_JOINS
    | ezsp_types.EzspDecisionBitmask.JOINS_USE_INSTALL_CODE_KEY
)

POLICIES: Final[Mapping[Any, int]] = {
    ezsp_types.EzspPolicyId.TRUST_CENTER_POLICY: NO_JOINS,
    ezsp_types.EzspPolicyId.TC_KEY_REQUEST_POLICY: (ezsp_types.EzspDecisionId.DENY_TC_KEY_REQUESTS),
    ezsp_types.EzspPolicyId.APP_KEY_REQUEST_POLICY: (
        ezsp_types.EzspDecisionId.DENY_APP_KEY_REQUESTS
    ),
    ezsp_types.EzspPolicyId.MESSAGE_CONTENTS_IN_CALLBACK_POLICY: (
        ezsp_types.EzspDecisionId.MESSAGE_TAG_ONLY_IN_CALLBACK
    ),
}
"""Keys come from key establishment alone, so requests for one are denied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """What devices find when they ask the hub."""

    number: int
    profile: int
    device: int
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]


ENERGY_SERVICES_INTERFACE: Final = Endpoint(
    number=1,
    profile=SMART_ENERGY,
    device=ENERGY_SERVICES_INTERFACE_DEVICE,
    inputs=(
        0x0000,  # Basic
        0x000A,  # Time
        0x0019,  # OTA upgrade
        0x0025,  # Keep-Alive
        0x0700,  # Price
        0x0701,  # Demand Response and Load Control
        0x0702,  # Metering
        0x0703,  # Messaging
        0x0704,  # Tunneling
        0x0705,  # Prepayment
        0x0707,  # Calendar
        0x0708,  # Device Management
        0x0709,  # Events
        0x070A,  # MDU Pairing
        0x070B,  # Sub-GHz
        0x0800,  # Key Establishment
    ),
    outputs=(0x0702, 0x0704, 0x0705, 0x0708, 0x0709, 0x0800),
)
"""Energy Services Interface; the list of clusters is recalled from the Smart Energy profile."""


def endpoint_fields(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "endpoint": endpoint.number,
        "profileId": endpoint.profile,
        "deviceId": endpoint.device,
        "deviceVersion": 0,
        "inputClusterCount": len(endpoint.inputs),
        "outputClusterCount": len(endpoint.outputs),
        "inputClusterList": [ezsp_types.uint16_t(one) for one in endpoint.inputs],
        "outputClusterList": [ezsp_types.uint16_t(one) for one in endpoint.outputs],
    }


def security_state(parameters: NetworkParameters, trust_centre: Eui64) -> Any:
    """A network key, and no link key for everybody: each device has its own."""
    bits = ezsp_types.EmberInitialSecurityBitmask
    state = ezsp_types.EmberInitialSecurityState()
    state.bitmask = (
        bits.HAVE_NETWORK_KEY
        | bits.REQUIRE_ENCRYPTED_KEY
        | bits.HAVE_TRUST_CENTER_EUI64
        | bits.NO_FRAME_COUNTER_RESET
    )
    state.preconfiguredKey = ezsp_types.KeyData.deserialize(bytes(16))[0]
    state.networkKey = ezsp_types.KeyData.deserialize(parameters.network_key)[0]
    state.networkKeySequenceNumber = ezsp_types.uint8_t(parameters.key_sequence)
    state.preconfiguredTrustCenterEui64 = ezsp_types.EUI64.deserialize(bytes(trust_centre)[::-1])[0]
    return state


def network_parameters(parameters: NetworkParameters) -> Any:
    """ValueError for a channel that a stick of one band has not got."""
    channel = parameters.channel
    if channel.page != 0 or not 11 <= channel.number <= 26:
        raise ValueError(
            f"channel: expected 11 to 26 of page 0, given {channel.number} of {channel.page}"
        )
    found = ezsp_types.EmberNetworkParameters()
    found.extendedPanId = ezsp_types.EUI64.deserialize(bytes(parameters.extended_pan_id)[::-1])[0]
    found.panId = ezsp_types.EmberPanId(parameters.pan_id)
    found.radioTxPower = ezsp_types.uint8_t(TRANSMIT_POWER_DBM)
    found.radioChannel = ezsp_types.uint8_t(channel.number)
    found.joinMethod = ezsp_types.EmberJoinMethod.USE_MAC_ASSOCIATION
    found.nwkManagerId = ezsp_types.EmberNodeId(0)
    found.nwkUpdateId = ezsp_types.uint8_t(0)
    found.channels = ezsp_types.Channels.from_channel_list([channel.number])
    return found
