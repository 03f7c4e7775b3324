"""What an instrument, not its link, can get wrong."""

from __future__ import annotations

from assay.verdicts import BenchFault


class RemoteInstrumentError(BenchFault):
    """The instrument refused a command, or what it answered cannot be read."""
