"""Which request becomes which Command: one row per variant, device type and condition.

The first row that fits counts, so the row with a condition stands before the one without.
One module per family of requests; a variant's rows for one device type stand in one module.
"""

from __future__ import annotations

from assay.dcc.transform.row import Row
from assay.dcc.transform.rows import (
    credentials,
    electricity_configuration,
    electricity_customer,
    electricity_load_control,
    electricity_prepayment,
    electricity_reads,
    electricity_settings,
    electricity_tariffs,
    firmware,
    gas_clock,
    gas_configuration,
    gas_prepayment,
    gas_reads,
    gas_tariffs,
    hub,
    joining,
    top_up,
)

ROWS: tuple[Row, ...] = (
    *credentials.ROWS,
    *electricity_configuration.ROWS,
    *electricity_customer.ROWS,
    *electricity_load_control.ROWS,
    *electricity_prepayment.ROWS,
    *electricity_reads.ROWS,
    *electricity_settings.ROWS,
    *electricity_tariffs.ROWS,
    *firmware.ROWS,
    *gas_clock.ROWS,
    *gas_configuration.ROWS,
    *gas_prepayment.ROWS,
    *gas_reads.ROWS,
    *gas_tariffs.ROWS,
    *hub.ROWS,
    *joining.ROWS,
    *top_up.ROWS,
)
