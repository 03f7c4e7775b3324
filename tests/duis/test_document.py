from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from assay.duis import RemoteDocumentError, RemoteSchemaError, Request, RequestId, field
from assay.duis.document import MAX_DOCUMENT_SIZE, parse_document
from assay.duis.requests import SignedPreCommand, build_request, parse_request
from assay.gbcs.identifiers import Eui64

NAME = "Ann & Bob <energy>"
GOOD = build_request(
    Request(
        request_id=RequestId(Eui64(bytes(8)), Eui64(bytes(8)), 1),
        command_variant=8,
        srv="8.2",
        body={"PropertyFilter": {"PostCode": "AB1 2CD", "AddressIdentifier": NAME}},
    )
)
DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>'


def address(xml: bytes) -> str:
    body = parse_request(xml).body
    assert not isinstance(body, SignedPreCommand)
    return field(body, "PropertyFilter/AddressIdentifier", str)


REFUSED = {
    "DOCTYPE": b'<!DOCTYPE x [<!ENTITY e "text">]>' + GOOD,
    "external DOCTYPE": b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + GOOD,
    "undeclared entity": GOOD.replace(b"Ann", b"&ann;"),
    "processing instruction": GOOD.replace(b"<sr:Body>", b"<sr:Body><?run me?>"),
    "instruction before the root": b"<?run me?>" + GOOD,
    "instruction behind the root": GOOD + b"<?run me?>",
    "UTF-16": GOOD.decode().encode("utf-16"),
    "other encoding": b'<?xml version="1.0" encoding="ISO-8859-1"?>' + GOOD,
    "not UTF-8": GOOD.replace(b"Ann", b"\xff"),
    "cut short": GOOD[:-1],
    "two roots": GOOD + GOOD,
    "empty": b"",
    "not XML": b"{}",
    "control character": GOOD.replace(b"Ann", b"&#1;"),
}


@pytest.mark.parametrize("xml", REFUSED.values(), ids=REFUSED.keys())
def test_what_duis_does_not_need_is_refused(xml: bytes) -> None:
    with pytest.raises(RemoteDocumentError, match="expected"):
        parse_request(xml)


def test_a_document_above_the_size_limit_is_refused_unread() -> None:
    with pytest.raises(RemoteDocumentError, match="octets"):
        parse_document(b" " * (MAX_DOCUMENT_SIZE + 1))


def test_the_largest_firmware_image_fits() -> None:
    image = b"<a>" + b"A" * 13_653_336 + b"</a>"
    assert len(parse_document(image).text or "") == 13_653_336


@pytest.mark.parametrize("padding", [0, 10_000_000])
def test_depth_is_bounded_whatever_the_size(padding: int) -> None:
    deep = b"<a>" * 3000 + b"x" * padding + b"</a>" * 3000
    with pytest.raises(RemoteDocumentError, match="depth"):
        parse_document(deep)


def test_special_characters_survive() -> None:
    assert address(GOOD) == NAME


def test_a_comment_does_not_cut_a_value_in_two() -> None:
    assert address(GOOD.replace(b"Bob", b"B<!-- here -->ob")) == NAME


def test_character_data_sections_are_text() -> None:
    plain = b"Ann &amp; Bob &lt;energy&gt;"
    assert address(GOOD.replace(plain, b"<![CDATA[Ann & Bob <energy>]]>")) == NAME


@pytest.mark.parametrize(
    "start", [b"", DECLARATION, b"\xef\xbb\xbf", b"\xef\xbb\xbf" + DECLARATION]
)
def test_utf_8_may_be_declared_or_marked(start: bytes) -> None:
    assert address(start + GOOD) == NAME


def test_a_foreign_attribute_is_no_way_to_change_a_type() -> None:
    typed = GOOD.replace(
        b"<sr:PostCode>",
        b'<sr:PostCode xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true">',
    )
    with pytest.raises(RemoteSchemaError, match="no such attribute"):
        parse_request(typed)


def test_many_threads_may_read_at_once() -> None:
    """They share the parsers; what one of them is sent must not show in what another reads."""
    names = [f"{number:04} & more" for number in range(200)]
    good = [GOOD.replace(b"Ann &amp; Bob", name.replace("&", "&amp;").encode()) for name in names]

    def read(document: bytes) -> str:
        with pytest.raises(RemoteDocumentError):
            parse_document(REFUSED["undeclared entity"])
        return address(document)

    with ThreadPoolExecutor(8) as threads:
        seen = list(threads.map(read, good))
    assert seen == [f"{name} <energy>" for name in names]
