"""The rows of the responses by message code, a module per subject.

A message code without a row has an element that only says whether the request succeeded.
"""

from __future__ import annotations

from assay.mmc.rows import (
    auxiliary,
    configuration,
    credentials,
    electricity_logs,
    energy,
    gas,
    gas_settings,
    hub,
    logs,
    prepayment,
    tariff,
)
from assay.mmc.rows.row import Row

ROWS: dict[int, Row] = {
    code: row
    for module in (
        auxiliary,
        configuration,
        credentials,
        electricity_logs,
        energy,
        gas,
        gas_settings,
        hub,
        logs,
        prepayment,
        tariff,
    )
    for code, row in module.ROWS.items()
}
