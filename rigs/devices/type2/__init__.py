"""Type 2 devices: in-home displays (IHD) and consumer access devices (CAD). They read."""

from rigs.devices.type2.reader import ConsumerAccessDevice, InHomeDisplay, TypeTwoDevice

__all__ = ["ConsumerAccessDevice", "InHomeDisplay", "TypeTwoDevice"]
