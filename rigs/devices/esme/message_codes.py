"""The message codes that an electricity meter of this bench knows, with their use cases.

The codes for polyphase meters are known to the device type as a whole: a single-phase meter
reads them and reports the objects of the phases it does not have as undefined, item by item
(GBCS digest 9.1, steps 1 and 6).
"""

from __future__ import annotations

from collections.abc import Mapping

DLMS_CODES: Mapping[int, str] = {
    0x0021: "ECS10",
    0x0027: "ECS17b",
    0x0039: "ECS23",
    0x003C: "ECS26b",
    0x0045: "ECS29a",
    0x0048: "ECS35a",
    0x0049: "ECS35b",
    0x004F: "ECS42",
    0x0050: "ECS43",
    0x0051: "ECS44",
    0x0052: "ECS45",
    0x0059: "ECS52",
    0x0062: "ECS70",
    0x00AE: "ECS29b",
    0x00B9: "ECS35e",
    0x00BC: "ECS23b",
    0x00D1: "ECS29c",
    0x00D2: "ECS29d",
    0x00D3: "ECS29e",
    0x00D4: "ECS29f",
}
