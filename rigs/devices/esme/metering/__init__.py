"""Metering: energy flows, half-hour profiles, daily logs, demands, history and billing."""

from rigs.devices.esme.metering.billing import BillingDataLog
from rigs.devices.esme.metering.flows import EnergyFlows
from rigs.devices.esme.metering.metering import Metering
from rigs.devices.esme.metering.period_log import PeriodLog
from rigs.devices.esme.metering.snapshots import SnapshotSources

__all__ = ["BillingDataLog", "EnergyFlows", "Metering", "PeriodLog", "SnapshotSources"]
