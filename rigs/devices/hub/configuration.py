"""What a hub is built with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from assay.gbcs.identifiers import Eui64
from rigs.devices.hub.wan_variants import WAN_MODELS, WanVariant
from rigs.devices.power import PowerInput

_POWER_INPUT = PowerInput(boot_time=timedelta(seconds=5))


@dataclass(frozen=True, slots=True, kw_only=True)
class HubConfiguration:
    """`last_gasp_after` is how long a hub waits before it reports a loss (C-003); some variants
    wait for up to thirteen minutes.

    `network_id` is the address printed on the hub, that of its gas proxy; its own without one.
    `model` has 8 octets, `manufacturer` and `firmware_version` 4 (ECS26n, ECS52). `is_dual_band`:
    it has a sub-GHz radio too, and the use cases of that (DBCH01 to DBCH05). `wan_variant` with
    its model is drawn with `wan_seed`; without one messages travel as the WAN itself has it.

    Raises:
        ValueError: a text of another length, a report sooner than the supply can be missed.
    """

    device_id: Eui64
    network_id: Eui64 | None = None
    power_input: PowerInput = _POWER_INPUT
    last_gasp_after: timedelta = timedelta(minutes=3)
    firmware_version: bytes = bytes.fromhex("00000001")
    model: bytes = b"AssayHub"
    manufacturer: bytes = b"ASSY"
    is_dual_band: bool = True
    wan_variant: WanVariant | None = None
    wan_seed: int = 0

    @classmethod
    def of_variant(cls, device_id: Eui64, variant: WanVariant, seed: int = 0) -> HubConfiguration:
        """A hub of this kind, with its latency, its loss and its time to report an outage."""
        return cls(
            device_id=device_id,
            last_gasp_after=WAN_MODELS[variant].last_gasp_after,
            wan_variant=variant,
            wan_seed=seed,
        )

    def __post_init__(self) -> None:
        for name, size in (("firmware_version", 4), ("model", 8), ("manufacturer", 4)):
            value: bytes = getattr(self, name)
            if len(value) != size:
                raise ValueError(f"{name}: expected {size} octets, got {value.hex() or 'none'}")
        if self.last_gasp_after <= self.power_input.bridging:
            raise ValueError(
                f"a loss is reported after it is bridged no longer, got {self.last_gasp_after}"
            )
