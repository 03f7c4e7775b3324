"""ZigBee's layers over a node of the ether, for virtual devices and for virtual coordinators.

MAC frames below, whole application messages above. The network is a star: every device talks to
its coordinator and to nobody else, so nothing is routed.
"""
