"""Coverage-guided fuzzing of the GBCS codec with atheris; run by hand, never by CI.

`python -m tests.fuzz.gbcs_atheris [--seeds RTDS/messages] CORPUS [libFuzzer options]`, in an
environment with atheris beside our dependencies. Stops at the first exception that is not
ours, at the first message that does not come back, and at the first input that takes over
100 ms of processor time three times in a row (once may be the collector or a cold cache).
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["assay.gbcs"]):
    from assay.gbcs import payload
    from tests.fuzz.gbcs_invariants import seconds_of, seeds

    for kind in ("dlms", "gbz", "asn1"):
        payload.codec(kind)  # loaded when first needed, so needed here to be instrumented

SLOW_SECONDS = 0.1


def test_one_input(data: bytes) -> None:
    if seconds_of(data) > SLOW_SECONDS and all(seconds_of(data) > SLOW_SECONDS for _ in range(2)):
        raise AssertionError(f"{len(data)} octets took over {SLOW_SECONDS} s, three times")


def plant(folder: Path, corpus: Path) -> None:
    """Every message of a folder as seeds for the doors that it fits."""
    corpus.mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.glob("*/*.HEX")):
        message = bytes.fromhex("".join(path.read_text().split()))
        for number, seed in enumerate(seeds(message)):
            (corpus / f"{path.stem}-{number}").write_bytes(seed)


def main() -> None:
    arguments = sys.argv[1:]
    if "--seeds" in arguments:
        at = arguments.index("--seeds")
        folder, corpus = arguments[at + 1 : at + 3]
        plant(Path(folder), Path(corpus))
        del arguments[at : at + 2]
    atheris.Setup([sys.argv[0], *arguments], test_one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
