"""All checks on a request in their order; the first that refuses decides.

The order is that of duis.md 7, which is inferred: grouped by the families of the codes.
"""

from __future__ import annotations

from assay.dcc.dsp.access_checks import ACCESS_CHECKS
from assay.dcc.dsp.check import Check
from assay.dcc.dsp.party_checks import PARTY_CHECKS
from assay.dcc.dsp.request_checks import REQUEST_CHECKS

CHECKS: tuple[Check, ...] = (*PARTY_CHECKS, *ACCESS_CHECKS, *REQUEST_CHECKS)
