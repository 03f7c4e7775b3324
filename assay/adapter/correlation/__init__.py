"""Correlate: does a Pre-Command mean what the Service Request asked? (duis.md 16)

    found = correlate(request, pre_command)       # every difference in words; () = the same

The Pre-Command is decoded, and every item, component and leaf of it must be explained: by a
leaf of the request, by a constant of its use case, or by one of the three things that the DCC
fills in (`Known`). A leaf of the request that explains nothing is a difference too. The
tables are made from the use-case tables and national vectors, without the DCC's
transformation: a fault in one must not hide in the other.

What a Pre-Command does not carry, so that nothing here can compare it: the request's sequencing
fields, command variant and schema version; of 1.1.1 for gas the NumberOfThresholds, and with
TOU prices the threshold matrix; of 1.5 for an ESME which of the two modes was named.
"""

from assay.adapter.correlation.difference import Difference
from assay.adapter.correlation.known import Known
from assay.adapter.correlation.service import correlate, differences

__all__ = ["Difference", "Known", "correlate", "differences"]
