"""Which request becomes which Command: one row per variant, device type and condition.

The first row that fits counts, so the row with a condition stands before the one without.
One module per family of requests; a variant's rows for one device type stand in one module.
"""

from __future__ import annotations

from assay.dcc.transform.row import Row
from assay.dcc.transform.rows import slice as first_slice

ROWS: tuple[Row, ...] = (*first_slice.ROWS,)
