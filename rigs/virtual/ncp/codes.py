"""Numbers of EZSP 13 that the stick and its host exchange (as EmberZNet 7.4 has them)."""

from __future__ import annotations

from enum import IntEnum, IntFlag

PROTOCOL_VERSION = 13
STACK_TYPE = 2  # mesh
STACK_VERSION = 0x7430

NO_NODE = 0xFFFF
NO_INDEX = 0xFF


class EmberStatus(IntEnum):
    SUCCESS = 0x00
    ERR_FATAL = 0x01
    BAD_ARGUMENT = 0x02
    DELIVERY_FAILED = 0x66
    INVALID_CALL = 0x70
    MESSAGE_TOO_LONG = 0x74
    NETWORK_UP = 0x90
    NETWORK_DOWN = 0x91
    NOT_JOINED = 0x93
    NETWORK_OPENED = 0x9C
    NETWORK_CLOSED = 0x9D
    SECURITY_STATE_NOT_SET = 0xA8
    NO_LINK_KEY_RECEIVED = 0xAE
    INDEX_OUT_OF_RANGE = 0xB1
    TABLE_FULL = 0xB4


class SlStatus(IntEnum):
    """What answers of the security manager carry, in 32 bits."""

    OK = 0x00
    FULL = 0x1C
    INVALID_PARAMETER = 0x21
    INVALID_INDEX = 0x27
    NOT_FOUND = 0x2D


class EzspStatus(IntEnum):
    SUCCESS = 0x00
    VERSION_NOT_SET = 0x30
    INVALID_FRAME_ID = 0x31
    TRUNCATED = 0x33
    INVALID_VALUE = 0x36
    INVALID_ID = 0x37


class NetworkState(IntEnum):
    NO_NETWORK = 0
    JOINED = 2


class NodeType(IntEnum):
    COORDINATOR = 1
    ROUTER = 2
    END_DEVICE = 3
    SLEEPY_END_DEVICE = 4


class ApsOption(IntFlag):
    ENCRYPTION = 0x0020
    RETRY = 0x0040
    ENABLE_ROUTE_DISCOVERY = 0x0100
    FRAGMENT = 0x8000


class OutgoingType(IntEnum):
    DIRECT = 0
    MULTICAST = 3
    BROADCAST = 6


class IncomingType(IntEnum):
    UNICAST = 0
    MULTICAST = 2
    BROADCAST = 4


class JoinDecision(IntEnum):
    USE_PRECONFIGURED_KEY = 0
    SEND_KEY_IN_THE_CLEAR = 1
    DENY_JOIN = 2
    NO_ACTION = 3


class SecurityBits(IntFlag):
    """Of the initial security state."""

    GLOBAL_LINK_KEY = 0x0004
    HASHED_LINK_KEY = 0x0084
    HAVE_TRUST_CENTRE_EUI = 0x0040
    HAVE_PRECONFIGURED_KEY = 0x0100
    HAVE_NETWORK_KEY = 0x0200
    REQUIRE_ENCRYPTED_KEY = 0x0800
    NO_FRAME_COUNTER_RESET = 0x1000


HAVE_TRUST_CENTRE_LINK_KEY = 0x0010
"""Of the current security state."""


class JoinPolicy(IntFlag):
    """Decision bits of the trust centre policy."""

    ALLOW_JOINS = 0x01
    ALLOW_UNSECURED_REJOINS = 0x02
    SEND_KEY_IN_CLEAR = 0x04
    IGNORE_UNSECURED_REJOINS = 0x08
    JOINS_USE_INSTALL_CODE_KEY = 0x10
    DEFER_JOINS = 0x20


class Policy(IntEnum):
    TRUST_CENTRE = 0
    POLL_HANDLER = 3
    MESSAGE_CONTENTS_IN_CALLBACK = 4


class Decision(IntEnum):
    POLL_HANDLER_CALLBACK = 0x31
    TAG_AND_CONTENTS_IN_CALLBACK = 0x41


class ConfigId(IntEnum):
    MAX_END_DEVICE_CHILDREN = 0x11
    INDIRECT_TRANSMISSION_TIMEOUT = 0x12
    FRAGMENT_WINDOW_SIZE = 0x1C
    KEY_TABLE_SIZE = 0x1E
    APS_ACK_TIMEOUT = 0x1F
    ADDRESS_TABLE_SIZE = 0x05
    MULTICAST_TABLE_SIZE = 0x06
    SECURITY_LEVEL = 0x0D
    APPLICATION_ZDO_FLAGS = 0x2A
    TRANSIENT_KEY_TIMEOUT_S = 0x36


class CounterId(IntEnum):
    """Those that the stick keeps, of unicasts and joins (EmberCounterType)."""

    RECEIVED = 3
    SENT = 4
    RETRIED = 5
    FAILED = 6
    JOINED = 19
    REPLAYED = 23


class ValueId(IntEnum):
    FREE_BUFFERS = 0x03
    VERSION_INFO = 0x11
    NWK_FRAME_COUNTER = 0x23
    APS_FRAME_COUNTER = 0x24


CONFIG_DEFAULTS: dict[int, int] = {
    0x01: 75,  # packet buffers
    0x02: 16,  # neighbours
    0x03: 10,  # unicasts under way
    0x04: 0,  # bindings
    ConfigId.ADDRESS_TABLE_SIZE: 8,
    ConfigId.MULTICAST_TABLE_SIZE: 8,
    0x07: 16,  # routes
    0x08: 8,  # route discoveries
    0x0C: 2,  # stack profile
    ConfigId.SECURITY_LEVEL: 5,
    0x10: 30,  # hops
    ConfigId.MAX_END_DEVICE_CHILDREN: 6,
    ConfigId.INDIRECT_TRANSMISSION_TIMEOUT: 7680,
    0x13: 8,  # end device poll timeout
    0x17: 0,  # transmit power mode
    0x19: 0,  # trust centre address cache
    0x1A: 32,  # source routes
    ConfigId.FRAGMENT_WINDOW_SIZE: 1,
    0x1D: 0,  # fragment delay
    ConfigId.KEY_TABLE_SIZE: 0,
    ConfigId.APS_ACK_TIMEOUT: 1600,
    0x22: 1,  # PAN id conflicts
    ConfigId.APPLICATION_ZDO_FLAGS: 0,
    0x2D: 1,  # networks
    ConfigId.TRANSIENT_KEY_TIMEOUT_S: 300,
    0x38: 90,  # rejoins with the well-known key
}
"""What a stick has before its host configures it (recalled); others are unknown to it."""

TABLE_LIMITS: dict[int, int] = {
    ConfigId.KEY_TABLE_SIZE: 127,
    ConfigId.MAX_END_DEVICE_CHILDREN: 64,
}
"""Beyond them the stick refuses (recalled)."""
