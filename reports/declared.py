"""The declarations of a run as label and value, as a test engineer would read them out."""

from __future__ import annotations

from assay.declarations import Declarations, Declared, Instrument
from reports.levels import Level

Facts = list[tuple[str, str]]

ROLES: dict[str, str] = {
    "IS": "import supplier",
    "ES": "export supplier",
    "GS": "gas supplier",
    "RSA": "registered supplier agent",
    "ED": "electricity distributor",
    "GT": "gas transporter",
    "OU": "other user",
}


def device_facts(declarations: Declarations) -> Facts:
    declared = declarations.device
    device = declared.value
    kind = device.type if device.variant is None else f"{device.type}, variant {device.variant}"
    return [
        ("Model", f"{device.manufacturer} {device.model}"),
        ("Type", kind),
        ("Hardware", device.hardware_version or "not declared"),
        ("Firmware", device.firmware.version),
        ("Firmware SHA-256", device.firmware.sha256),
        ("Identity", device.device_id),
        ("Built to", f"SMETS {device.versions.smets}, GBCS {device.versions.gbcs}"),
        ("Optional functions", ", ".join(device.optional_functions) or "none declared"),
        *_file(declared),
    ]


def plan_facts(declarations: Declarations) -> Facts:
    declared = declarations.plan
    plan = declared.value
    base = plan.baseline
    return [
        ("Name", plan.name),
        ("Schemes", ", ".join(plan.schemes)),
        ("Roles", ", ".join(f"{role} ({ROLES[role]})" for role in plan.roles) or "all"),
        ("Baseline", f"SMETS {base.smets}, GBCS {base.gbcs}, DUIS {base.duis}"),
        ("Includes", ", ".join(plan.selection.include) or "everything of the schemes"),
        ("Excludes", ", ".join(plan.selection.exclude) or "nothing"),
        ("Retries", f"up to {plan.retries_of_inconclusive}, of INCONCLUSIVE only"),
        *_file(declared),
    ]


def bench_facts(declarations: Declarations, level: Level) -> Facts:
    declared = declarations.bench
    bench = declared.value
    dcc = bench.dcc.endpoint or "embedded reference DCC"
    return [
        ("Name", bench.name),
        ("Evidence level", f"{level.code}: {level.words}"),
        ("Clock", "simulated time" if bench.clock.kind == "simulated" else "wall time"),
        ("Hub", f"{bench.hub.variant.replace('_', ' ')}, {bench.hub.address}"),
        ("DCC", dcc),
        ("Ceilings", f"{bench.limits.max_volts} V, {bench.limits.max_hertz} Hz"),
        *((name, _instrument(each)) for name, each in sorted(bench.instruments.items())),
        ("Seed", str(bench.seed)),
        *_file(declared),
    ]


def _instrument(instrument: Instrument) -> str:
    calibration = instrument.record
    until = "" if calibration is None else f", calibrated until {calibration.due:%d %B %Y}"
    return f"{instrument.model}, serial {instrument.serial}{until}"


def _file(declared: Declared[object]) -> Facts:  # type: ignore[type-var]
    return [("File", declared.source), ("File SHA-256", declared.sha256)]
