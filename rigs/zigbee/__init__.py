"""ZigBee as octets: 802.15.4, NWK, APS, ZCL and the GBCS tunnel; bytes in, frozen values out.

Everything here is pure, so that the hub, the virtual devices, the virtual radio stick and the
sniffer share one codec, and an outside dissector can judge all four at once.
"""
