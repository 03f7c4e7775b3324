"""How many transactions a second Parse and Correlate handle, on one core.

The national minimum is 34 transactions a second and the goal ten times that. Reads the
messages and keys of an RTDS folder, and in one run measures, for every response and alert that
has an MMC form:
* parse: decode, signature and MAC check, decryption, typed values, XML octets;
* the same without keys, so without any cryptography and with encrypted data left as they are;
* parse of one profile of 93 days of half hours, about half of what fits a message.
And for every public request of a critical variant that has a national Pre-Command beside it:
* correlate: from XML and octets to "the same", including both decodings;
* the same of values already decoded, as a DCC User has them.
All are measured in turn in every round and the best round of each counts: other work on the
machine slows some rounds, but makes none faster. Shared secrets are warm, as in any long run.
Run it with `python benchmarks/parse_and_correlate.py [RTDS folder] [rounds] [requests folder]`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from assay.adapter.correlation import correlate
from assay.cli.key_folder import key_store
from assay.duis.catalogue import CATALOGUE
from assay.duis.requests import parse_request
from assay.gbcs.dlms.access import ItemResult, Op
from assay.gbcs.dlms.data import (
    CompactArray,
    Data,
    Tag,
    TypeDescription,
    double_long_unsigned,
    structure,
)
from assay.gbcs.envelope import Cra, Message, OtherInformation
from assay.gbcs.envelope import parse as parse_gbcs
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyStore
from assay.gbcs.messages import dlms_response_payload
from assay.mmc import NoMmcForm, parse_mmc

NATIONAL_MINIMUM = 34
GOAL = 10 * NATIONAL_MINIMUM
PROFILE_ENTRIES = 93 * 48
_REACTIVE_IMPORT_PROFILE = 0x0038
_HALF_HOUR = 1800


def answers(folder: Path, keys: KeyStore) -> list[bytes]:
    """Every response and alert of the folder that has an MMC form."""
    found = []
    for path in sorted((folder / "messages").glob("*/*.HEX")):
        octets = bytes.fromhex("".join(path.read_text().split()))
        try:
            parse_mmc(octets, keys)
        except NoMmcForm:
            continue
        found.append(octets)
    return found


def pairs(folder: Path, requests: Path) -> list[tuple[bytes, bytes]]:
    """(request, Pre-Command) of every critical scenario that means the same: the certificates
    of five public requests were renewed since."""
    found = []
    for path in sorted((folder / "messages").glob("*/*_PRECOMMAND_GBCS.HEX")):
        scenario = path.name.removesuffix("_PRECOMMAND_GBCS.HEX")
        request = requests / f"{scenario}_REQUEST_DUIS.XML"
        if not request.exists():
            continue
        xml, octets = request.read_bytes(), bytes.fromhex("".join(path.read_text().split()))
        asked = parse_request(xml)
        if CATALOGUE[asked.srv].critical and not correlate(asked, parse_gbcs(octets)):
            found.append((xml, octets))
    return found


def large_profile() -> bytes:
    """A reactive profile as long as the schema lets it be, unprotected."""
    number = TypeDescription(Tag.DOUBLE_LONG_UNSIGNED)
    entries = tuple(
        structure(double_long_unsigned(400_000_000 + at * _HALF_HOUR), double_long_unsigned(at))
        for at in range(PROFILE_ENTRIES)
    )
    log = Data(
        Tag.COMPACT_ARRAY, CompactArray(TypeDescription(Tag.STRUCTURE, (number, number)), entries)
    )
    return Message(
        cra=Cra.RESPONSE,
        counter=1,
        originator=Eui64.from_text("00DB1234567890A0"),
        recipient=Eui64.from_text("90B3D51F30010000"),
        other=OtherInformation(message_code=_REACTIVE_IMPORT_PROFILE),
        payload=dlms_response_payload(1, (ItemResult(Op.GET, 0, log),)),
    ).to_octets()


def seconds_of(work: Callable[[], None]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def rates(folder: Path, rounds: int, requests: Path) -> dict[str, float]:
    """Documents or transactions a second, by what is measured."""
    keys = key_store(folder / "keys") or KeyStore()
    messages, profile = answers(folder, keys), large_profile()
    if not messages:
        sys.exit(f"{folder}: expected messages/*/*.HEX and keys/, found none")

    def parse() -> None:
        for octets in messages:
            parse_mmc(octets, keys).to_xml()

    def without_keys() -> None:
        for octets in messages:
            parse_mmc(octets).to_xml()

    def large() -> None:
        parse_mmc(profile).to_xml()

    documents = pairs(folder, requests)
    decoded = [(parse_request(xml), parse_gbcs(octets)) for xml, octets in documents]

    def correlate_documents() -> None:
        for xml, octets in documents:
            correlate(parse_request(xml), parse_gbcs(octets))

    def correlate_values() -> None:
        for request, pre_command in decoded:
            correlate(request, pre_command)

    works = {
        f"parse to MMC, with keys ({len(messages)} messages)": (parse, len(messages)),
        "parse to MMC, without keys": (without_keys, len(messages)),
        f"parse to MMC, one profile of {PROFILE_ENTRIES} entries": (large, 1),
    }
    if documents:
        works |= {
            f"correlate, from XML and octets ({len(documents)} pairs)": (
                correlate_documents,
                len(documents),
            ),
            "correlate, of decoded values": (correlate_values, len(documents)),
        }
    best = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for name, (work, _) in works.items():
            best[name] = min(best[name], seconds_of(work))
    return {name: count / best[name] for name, (_, count) in works.items()}


def main() -> None:
    here = Path(__file__).parents[2]
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else here / "shared" / "rtds"
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    requests = here / "shared" / "reference" / "duis" / "requests"
    requests = Path(sys.argv[3]) if len(sys.argv) > 3 else requests
    print(f"{folder}, best of {rounds} rounds, one core; goal {GOAL} /s")
    for name, rate in rates(folder, rounds, requests).items():
        print(f"{name:52} {rate:9.1f} /s")


if __name__ == "__main__":
    main()
