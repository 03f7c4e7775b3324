"""The HAN connected auxiliary load control switch (HCALCS)."""

from rigs.devices.hcalcs.hcalcs import LoadControlSwitch, LoadControlSwitchConfiguration
from rigs.devices.hcalcs.remote_switch import serve_load_control

__all__ = ["LoadControlSwitch", "LoadControlSwitchConfiguration", "serve_load_control"]
