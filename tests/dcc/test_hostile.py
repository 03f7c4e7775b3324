"""What an attacker sends to the gateway: refused, on record, nothing changed, memory bounded."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from assay.dcc.audit import AuditEntry
from assay.dcc.inventory import Device
from assay.dcc.pki.bench_keys import BenchKeys
from assay.duis.document import MAX_DOCUMENT_SIZE
from assay.duis.identifiers import RequestId
from assay.gbcs.certificates import RemotePartyRole
from tests.dcc.bench import DspBench
from tests.dcc.parties import METER, OPERATOR, SUPPLIER
from tests.dcc.server_bench import ServerBench

FLOOD = 1000
TRUNCATED = FLOOD // 2
AT_ONCE = 20
STREAMED_EVERY = 100
"""Of the oversized bodies one in so many is really sent; the others only announce their size."""
MAX_GROWTH = 256 << 20
"""Octets of resident memory: some whole documents in flight. All of them would be 8 GB."""
_CHUNK = 1 << 16


@dataclass(frozen=True)
class State:
    """All that a refused message must leave as it was."""

    devices: tuple[Device, ...]
    last_counter: int | None
    health: dict[str, object]


def state(server: ServerBench) -> State:
    last = server.dcc.dsp.books.counters.last(RequestId(SUPPLIER, METER, 1))
    return State(server.dcc.inventory.devices, last, server.dcc.health())


def resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def head(length: int | None) -> bytes:
    size = "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"
    return (
        "POST /api/v1/serviceS HTTP/1.1\r\nHost: dcc\r\nContent-Type: application/xml\r\n"
        f"{size}\r\nConnection: close\r\n\r\n"
    ).encode()


async def status_of(url: str, write: Callable[[asyncio.StreamWriter], object]) -> int | None:
    """The status that comes back on a connection of its own; None where it is only closed."""
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    try:
        result = write(writer)
        if asyncio.iscoroutine(result):
            await result
        line = await asyncio.wait_for(reader.readline(), 30)
    except ConnectionError:
        return None
    finally:
        writer.close()
    return int(line.split()[1]) if line else None


def truncated(document: bytes, index: int) -> Callable[[asyncio.StreamWriter], object]:
    """The beginning of a right request, as if it were all; every size occurs."""
    part = document[: index * len(document) // TRUNCATED]

    def write(writer: asyncio.StreamWriter) -> None:
        writer.write(head(len(part)) + part)

    return write


def oversized(index: int) -> Callable[[asyncio.StreamWriter], object]:
    if index % STREAMED_EVERY:
        return lambda writer: writer.write(head(MAX_DOCUMENT_SIZE + 1 + index) + b"<" * _CHUNK)

    async def stream(writer: asyncio.StreamWriter) -> None:
        writer.write(head(None))
        for _ in range(MAX_DOCUMENT_SIZE // _CHUNK + 2):
            writer.write(b"%x\r\n" % _CHUNK + b"<" * _CHUNK + b"\r\n")
            await writer.drain()

    return stream


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs the memory of a process")
def test_a_thousand_truncated_and_oversized_bodies_change_nothing(
    plain_server: ServerBench, bench: DspBench
) -> None:
    document = bench.signed(bench.request("7.4"))
    writers = [truncated(document, index) for index in range(TRUNCATED)]
    writers += [oversized(index) for index in range(FLOOD - TRUNCATED)]
    before, growth = state(plain_server), 0
    url = plain_server.dcc.base_url
    seen: list[int | None] = []
    gc.collect()
    memory = resident()
    for start in range(0, FLOOD, AT_ONCE):
        batch = writers[start : start + AT_ONCE]

        async def run(
            batch: list[Callable[[asyncio.StreamWriter], object]] = batch,
        ) -> list[int | None]:
            return await asyncio.gather(*(status_of(url, write) for write in batch))

        seen += plain_server.loop(run())
        growth = max(growth, resident() - memory)
    assert set(seen[:TRUNCATED]) == {400}
    assert set(seen[TRUNCATED:]) <= {413, None}
    assert seen.count(413) > (FLOOD - TRUNCATED) * 9 // 10
    assert state(plain_server) == before
    print("GROWTH", growth >> 20)
    assert growth < MAX_GROWTH
    assert len(plain_server.dcc.audit.entries) == FLOOD
    assert plain_server.response(plain_server.post(document)).response_code == "I99"


def test_a_client_that_goes_away_in_the_middle_changes_nothing(
    plain_server: ServerBench, bench: DspBench
) -> None:
    document = bench.signed(bench.request("7.4"))
    before = state(plain_server)

    async def leave() -> None:
        address = urlsplit(plain_server.dcc.base_url)
        _, writer = await asyncio.open_connection(address.hostname, address.port)
        writer.write(head(len(document)) + document[:-100])
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.close()
        await asyncio.sleep(0.05)

    plain_server.loop(leave())
    assert state(plain_server) == before
    assert plain_server.dcc.audit.entries[-1].kind == "refused connection"


def test_a_request_for_a_path_outside_of_the_services_is_no_request(
    plain_server: ServerBench,
) -> None:
    for path in ("/api/v1/../v1/serviceS/x", "/api/v1/serviceS/", "/api/v2/serviceS"):
        assert plain_server.post(b"<a/>", path=path).status == 404


Change = Callable[[bytes], bytes]


def _part(document: bytes, first: bytes, last: bytes) -> bytes:
    start = document.index(first)
    return document[start : document.index(last, start) + len(last)]


def _without_declaration(document: bytes) -> bytes:
    return document[document.index(b"?>") + 2 :].lstrip() if b"?>" in document else document


def _signature(document: bytes) -> bytes:
    return _part(document, b"<ds:Signature", b"</ds:Signature>")


def other_target_inside_the_signed_document(document: bytes) -> bytes:
    return document.replace(METER.hyphenated.encode(), b"00-DB-12-34-56-78-FF-FF")


def original_wrapped_in_an_object(document: bytes) -> bytes:
    """The signed request moves into the signature; another one takes its place."""
    original = _without_declaration(document)
    wrapped = b"<ds:Object>" + original + b"</ds:Object></ds:Signature>"
    return original.replace(b"CommandVariant>1", b"CommandVariant>3").replace(
        b"</ds:Signature>", wrapped
    )


def original_beside_another_request(document: bytes) -> bytes:
    original = _without_declaration(document)
    return (
        b"<sr:Both xmlns:sr='http://www.dccinterface.co.uk/ServiceUserGateway'>%s%s</sr:Both>"
        % (
            original.replace(b"CommandVariant>1", b"CommandVariant>3"),
            original,
        )
    )


def second_body(document: bytes) -> bytes:
    body = _part(document, b"<sr:Body>", b"</sr:Body>")
    return document.replace(body, body + body.replace(b"Read", b"Re"))


def second_header(document: bytes) -> bytes:
    header = _part(document, b"<sr:Header>", b"</sr:Header>")
    other = header.replace(b"CommandVariant>1", b"CommandVariant>3")
    return document.replace(header, other + header)


def reference_to_a_part(document: bytes) -> bytes:
    return document.replace(b'URI=""', b'URI="#body"')


def second_transform(document: bytes) -> bytes:
    """A stylesheet or a path would choose what is signed."""
    transform = _part(document, b"<ds:Transform ", b">")
    path = b'<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"></ds:Transform>'
    return document.replace(transform, path + transform)


def weaker_digest(document: bytes) -> bytes:
    strong = b"http://www.w3.org/2001/04/xmlenc#sha256"
    return document.replace(strong, b"http://www.w3.org/2000/09/xmldsig#sha1")


def weaker_signature(document: bytes) -> bytes:
    return document.replace(b"#ecdsa-sha256", b"#hmac-sha256")


def key_of_the_attacker(document: bytes) -> bytes:
    serial = _part(document, b"<ds:X509SerialNumber>", b"</ds:X509SerialNumber>")
    return document.replace(serial, b"<ds:X509SerialNumber>4711</ds:X509SerialNumber>")


def signature_twice(document: bytes) -> bytes:
    signature = _signature(document)
    return document.replace(signature, signature + signature)


def signature_of_zeros(document: bytes) -> bytes:
    value = _part(document, b"<ds:SignatureValue>", b"</ds:SignatureValue>")
    zeros = b"<ds:SignatureValue>" + b"A" * 86 + b"==</ds:SignatureValue>"
    return document.replace(value, zeros)


def comment_inside_the_request_id(document: bytes) -> bytes:
    """A reader that stops at the comment sees another target than the signer's."""
    return document.replace(b":00-DB", b":<!-- -->00-DC", 1)


def instruction(document: bytes) -> bytes:
    return document.replace(b"<sr:Header>", b"<?sign no?><sr:Header>")


def entity_of_a_file(document: bytes) -> bytes:
    declaration = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    return declaration + _without_declaration(document).replace(b"7.4<", b"&x;<")


def entities_of_entities(document: bytes) -> bytes:
    lines = [b'<!ENTITY a0 "aaaaaaaaaa">']
    lines += [b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 9)]
    return b"<!DOCTYPE r [%s]>" % b"".join(lines) + _without_declaration(document)


def declared_outside(document: bytes) -> bytes:
    return b'<!DOCTYPE r SYSTEM "http://127.0.0.1:9/r.dtd">' + _without_declaration(document)


def other_encoding(document: bytes) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-7"?>' + _without_declaration(document)


def deep(document: bytes) -> bytes:
    return document.replace(b"<sr:Body>", b"<sr:Body>" + b"<a>" * 5000)


NO_DUIS_ANSWER = 400
CHANGES: dict[Change, str | int] = {
    other_target_inside_the_signed_document: "E49",
    original_wrapped_in_an_object: "E49",
    original_beside_another_request: NO_DUIS_ANSWER,
    second_body: "E48",
    second_header: "E48",
    reference_to_a_part: "E49",
    second_transform: "E49",
    weaker_digest: "E49",
    weaker_signature: "E49",
    key_of_the_attacker: "E49",
    signature_twice: "E48",
    signature_of_zeros: "E49",
    comment_inside_the_request_id: "E49",
    instruction: NO_DUIS_ANSWER,
    entity_of_a_file: NO_DUIS_ANSWER,
    entities_of_entities: NO_DUIS_ANSWER,
    declared_outside: NO_DUIS_ANSWER,
    other_encoding: NO_DUIS_ANSWER,
    deep: NO_DUIS_ANSWER,
}


@pytest.fixture(scope="module")
def served(keys: BenchKeys) -> Iterator[ServerBench]:
    server = ServerBench(keys, None)
    yield server
    server.stop()


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_signed_document_that_was_changed_is_refused(
    served: ServerBench, bench: DspBench, change: Change
) -> None:
    document = bench.signed(bench.request("7.4"))
    changed = change(document)
    assert changed != document
    before = state(served)
    answer = served.post(changed)
    expected = CHANGES[change]
    if isinstance(expected, int):
        assert answer.status == expected
    else:
        assert served.response(answer).response_code == expected
    assert b"hostname" not in answer.body
    assert state(served) == before
    assert refusals(served)[-1].octets == changed[: 1 << 16]


def refusals(server: ServerBench) -> list[AuditEntry]:
    return [entry for entry in server.dcc.audit.entries if entry.kind == "request"]


def test_signers_that_are_not_the_originator_are_refused(
    served: ServerBench, bench: DspBench
) -> None:
    """Another user, the DCC itself, and the originator's key for Commands."""
    request = bench.request("7.4")
    signers = [
        bench.keys.credential(OPERATOR, RemotePartyRole.XML_SIGNING),
        bench.keys.credential(bench.dsp.answers.broker, RemotePartyRole.DSP_XML_SIGNING),
        bench.keys.credential(SUPPLIER, RemotePartyRole.SUPPLIER),
    ]
    before = state(served)
    for signer in signers:
        answer = served.response(served.post(bench.signed(request, signer)))
        assert answer.response_code == "E49"
    assert state(served) == before


def test_a_document_counts_once_and_none_counts_backwards(
    plain_server: ServerBench, bench: DspBench
) -> None:
    documents = [
        bench.signed(bench.request("7.4", counter=number)) for number in (5, 7, 6, 2**64 - 1)
    ]
    sent = [documents[0], documents[0], documents[1], documents[2], documents[0], documents[3]]
    codes = [plain_server.response(plain_server.post(one)).response_code for one in sent]
    assert codes == ["I99", "E50", "I99", "E50", "E50", "I99"]
    assert plain_server.dcc.health()["commands_in_flight"] == 3
