"""The content models against the schema itself: what it refuses, we refuse."""

from __future__ import annotations

import copy
import random
from pathlib import Path

import pytest
from lxml import etree

from assay.duis import RemoteSchemaError, parse_request

SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"
_TEXTS = """
    0 -1 1 +5 00 7 17 49 65536 4294967296 99999999999999999999 1.5 1.25 1e5 0x10 INF
    2015-01-01 2015-01-01Z 12:00:00 12:00:00Z 2015-01-01T00:00:00Z 2015-02-30T00:00:00Z
    00-11-22-33-44-55-66-77 00:11:22:33:44:55:66:77 AAAA AA== A GBP true abc é
"""
TEXTS = [*_TEXTS.split(), "", " 1 "]
MUTATIONS_PER_REQUEST = 6


def mutate(root: etree._Element, chance: random.Random) -> None:
    """One small change somewhere: drop, double, move, rename, retype, or decorate an element."""
    elements = list(root.iter())[1:]
    element = chance.choice(elements)
    parent = element.getparent()
    match chance.randrange(6):
        case 0:
            parent.remove(element)
        case 1:
            element.addnext(copy.deepcopy(element))
        case 2:
            parent.insert(chance.randrange(len(parent)), element)
        case 3:
            element.tag = chance.choice(elements).tag
        case 4:
            element.text = chance.choice(TEXTS) + ("" if len(element) == 0 else "x")
        case _:
            element.set(chance.choice(["index", "identifier", "other"]), chance.choice("0156x"))


@pytest.mark.parametrize("seed", range(4))
def test_what_the_schema_refuses_is_refused(
    shared: Path, duis_schema: etree.XMLSchema, seed: int
) -> None:
    chance = random.Random(seed)
    parser = etree.XMLParser(remove_comments=True, remove_blank_text=True)
    refused = 0
    for path in sorted((shared / "reference/duis/requests").glob("*.XML"))[seed::4]:
        whole = etree.parse(path, parser).getroot()
        whole.remove(whole.find(SIGNATURE))
        for _ in range(MUTATIONS_PER_REQUEST):
            root = copy.deepcopy(whole)
            mutate(root, chance)
            xml = etree.tostring(root)
            if duis_schema.validate(etree.fromstring(xml)):
                continue
            refused += 1
            with pytest.raises(RemoteSchemaError):
                parse_request(xml)
    assert refused > 100  # else this test shows nothing
