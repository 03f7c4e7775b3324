"""A bench file with one instrument of every driver that has a virtual peer."""

from __future__ import annotations

from assay.declarations import read_bench
from tests.rigs.faults.effects import TIMEOUT_S

# name, kind, driver, model, options
_MORE: tuple[tuple[str, str, str, str, str], ...] = (
    ("battery", "dc_source", "scpi_dc_source", "DP832A", ""),
    ("supply12", "dc_source", "genesys_dc_source", "GEN100-15", ""),
    ("board", "relays", "lcus_relays", "LCUS-4", "relays = 4"),
    ("inputs", "relays", "modbus_rtu_relays", "any", "relays = 4, inputs = 4"),
    ("network_board", "relays", "modbus_tcp_relays", "any", "relays = 4, inputs = 4"),
    ("chamber", "climate_chamber", "espec_chamber", "P300", ""),
    ("cabinet", "climate_chamber", "simserv_chamber", "SIMPAC", ""),
    ("counter", "pulse_counter", "scpi_counter", "53220A", ""),
    ("stamper", "pulse_counter", "timestamping_counter", "stamper", ""),
    ("standard", "reference_meter", "binary_energy_reference", "RD", ""),
    ("console", "meter_console", "serial_console", "console", ""),
    ("time", "time_source", "sntp", "SNTP", ""),
    ("gas", "gas_source", "scpi_gas_source", "gas", ""),
    ("path", "rf_attenuator", "mini_circuits_attenuator", "RCDAT-6000-90", ""),
    ("path2", "rf_attenuator", "jfw_attenuator", "JFW", ""),
    ("path3", "rf_attenuator", "weinschel_attenuator", "8210A", ""),
    ("ears", "sniffer", "sniffer", "any", ""),
)

_CLIMATE = "min_celsius = -20\nmax_celsius = 60\n"
_TABLE = """
[instruments.{name}]
kind = "{kind}"
driver = "{driver}"
model = "{model}"
address = "virtual"
serial = "SIM-{number}"
calibration = "virtual"
transport = {{ timeout_s = {timeout} }}
options = {{ {options} }}
"""


def everything() -> str:
    """The built-in bench and one of each besides; answers are not awaited for long."""
    text = read_bench(None).octets.decode().replace("[limits]\n", f"[limits]\n{_CLIMATE}")
    text = text.replace(
        'calibration = "virtual"',
        f'calibration = "virtual"\ntransport = {{ timeout_s = {TIMEOUT_S} }}',
    )
    for number, (name, kind, driver, model, options) in enumerate(_MORE, start=101):
        text += _TABLE.format(
            name=name, kind=kind, driver=driver, model=model,
            number=number, timeout=TIMEOUT_S, options=options,
        )  # fmt: skip
    return text
