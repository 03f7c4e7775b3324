"""Drivers of RF attenuators; `line_links` stands apart, as it alone needs a serial library."""

from rigs.drivers.attenuator.driver import AttenuatorDriver
from rigs.drivers.attenuator.http_link import HttpLink
from rigs.drivers.attenuator.jfw import JfwAttenuator
from rigs.drivers.attenuator.mini_circuits import MiniCircuitsAttenuator
from rigs.drivers.attenuator.models import MODELS, AttenuatorModel
from rigs.drivers.attenuator.vaunix import VaunixAttenuator
from rigs.drivers.attenuator.weinschel import WeinschelAttenuator

__all__ = [
    "MODELS",
    "AttenuatorDriver",
    "AttenuatorModel",
    "HttpLink",
    "JfwAttenuator",
    "MiniCircuitsAttenuator",
    "VaunixAttenuator",
    "WeinschelAttenuator",
]
