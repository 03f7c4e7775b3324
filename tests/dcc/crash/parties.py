"""Who takes part: the supplier, a hub, and meters enough that no dated request replaces another."""

from __future__ import annotations

from assay.dcc.inventory import Device, DeviceStatus, DeviceType, MeteringPoints, StatusEntry
from assay.dcc.pki.bench_keys import BenchKeys, dcc_parties, set_up
from assay.dcc.pki.origin import DerivedKeys, Origin
from assay.gbcs.identifiers import Eui64
from tests.dcc.parties import HUB, KEYED_PARTIES, MPAN, START, SUPPLIER, hub

METERS = tuple(Eui64(bytes.fromhex("00DB1234567800") + bytes((n,))) for n in range(1, 17))


def keys_of(origin: Origin) -> BenchKeys:
    """The same in the process that is killed, in the next one, and in the test."""
    supplier = next(party for party in KEYED_PARTIES if party.eui == SUPPLIER)
    return set_up(
        origin.started_at,
        parties=[*dcc_parties(), supplier],
        devices=[HUB, *METERS],
        derived=DerivedKeys(origin.secret),
    )


def devices() -> list[Device]:
    meters = [
        Device(
            device_id=meter,
            device_type=DeviceType.ESME,
            manufacturer="Maker",
            model="Meter",
            esme_variant="A",
            history=(StatusEntry(DeviceStatus.COMMISSIONED, START),),
            points=MeteringPoints(imports=MPAN),
            hub=HUB,
        )
        for meter in METERS
    ]
    return [hub(), *meters]
