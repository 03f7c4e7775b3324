"""How fast the GBCS codec is, against the ECDSA verifications that no codec can avoid.

Reads the messages and keys of an RTDS folder, and in one run on one core measures:
* full: decode, signature, MAC, decryption and the typed JSON form, for every message;
* the same without keys, so without any cryptography;
* encoding of the same messages from their JSON forms;
* `cryptography` alone, verifying the signatures of those messages.
All are measured in turn in every round, and the best round of each counts: other work on
the machine slows some rounds, but makes none faster. Shared secrets are warm, as in any
long run; derived keys are never kept.
Run it with `python benchmarks/gbcs.py [RTDS folder] [rounds]`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from assay.cli.key_folder import key_store
from assay.gbcs import inspection, json_form
from assay.gbcs.envelope import parse
from assay.gbcs.keys import KeyName, KeyStore, KeyUsage

GOAL = 0.60
FLOOR = 0.46  # twice the best public parser
LINES = (
    ("decode + signature + MAC + decrypt + typed JSON", "full"),
    ("the same without cryptography", "without cryptography"),
    ("encoding from JSON", "encoding"),
    ("ECDSA P-256 verifications by cryptography alone", "verifications"),
)


def read_messages(folder: Path) -> list[bytes]:
    paths = sorted((folder / "messages").glob("*/*.HEX"))
    return [bytes.fromhex("".join(path.read_text().split())) for path in paths]


def verifications(messages: list[bytes], keys: KeyStore) -> list[Callable[[], None]]:
    """One bare call of the library per signature, its arguments ready."""
    scheme = ec.ECDSA(hashes.SHA256())
    calls: list[Callable[[], None]] = []
    for message in map(parse, messages):
        key = keys.public(KeyName(message.originator, KeyUsage.DIGITAL_SIGNATURE))
        if not message.signature or key is None:
            continue
        r, s = message.signature[:32], message.signature[32:]
        der = encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))
        signed = message.to_be_signed()
        calls.append(partial(key.verify, der, signed, scheme))
    return calls


def seconds_of(work: Callable[[], None]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def rates(folder: Path, rounds: int) -> dict[str, float]:
    """Messages (or verifications) per second, by what is measured."""
    keys = key_store(folder / "keys") or KeyStore()
    messages = read_messages(folder)
    forms = [json_form.to_json(parse(octets)) for octets in messages]
    calls = verifications(messages, keys)

    def full() -> None:
        for octets in messages:
            inspection.describe(octets, keys)

    def without_cryptography() -> None:
        for octets in messages:
            inspection.describe(octets)

    def encode() -> None:
        for form in forms:
            json_form.from_json(form).to_octets()

    def verify() -> None:
        for call in calls:
            call()

    works = {
        "full": (full, len(messages)),
        "without cryptography": (without_cryptography, len(messages)),
        "encoding": (encode, len(messages)),
        "verifications": (verify, len(calls)),
    }
    full()
    best = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for name, (work, _) in works.items():
            best[name] = min(best[name], seconds_of(work))
    return {name: count / best[name] for name, (_, count) in works.items()}


def main() -> None:
    here = Path(__file__).parents[2]
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else here / "shared" / "rtds"
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    messages = read_messages(folder)
    if not messages:
        sys.exit(f"{folder}: expected messages/*/*.HEX and keys/, found none")
    measured = rates(folder, rounds)
    ratio = measured["full"] / measured["verifications"]
    print(f"{len(messages)} messages of {folder}, best of {rounds} rounds, one core")
    for label, name in LINES:
        print(f"{label:48} {measured[name]:8.0f} /s")
    print(f"ratio {ratio:.2f} (goal {GOAL:.2f}, floor {FLOOR:.2f})")


if __name__ == "__main__":
    main()
