"""The Central Products List and the coverage map: their files, and what they answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assay.dcc.coverage import COLUMNS as COVERAGE_COLUMNS
from assay.dcc.coverage import CoverageMap
from assay.dcc.csv_table import TableError
from assay.dcc.products import COLUMNS, ProductsList, ProductStatus
from tests.dcc.parties import meter

HASH = "ab" * 32


def written(path: Path, columns: tuple[str, ...], *lines: str) -> Path:
    path.write_text("\n".join((",".join(columns), *lines)) + "\n", encoding="utf-8")
    return path


def products(folder: Path, *lines: str) -> ProductsList:
    return ProductsList.from_file(written(folder / "products.csv", COLUMNS, *lines))


def coverage(folder: Path, *lines: str) -> CoverageMap:
    return CoverageMap.from_file(written(folder / "coverage.csv", COVERAGE_COLUMNS, *lines))


def test_a_model_is_found_by_its_firmware(tmp_path: Path) -> None:
    listed = products(
        tmp_path,
        f"ESME,Maker,Meter,00000001,4.2,{HASH},Withdrawn",
        "ESME,Maker,Meter,00000002,4.3,,Active",
    )
    old = listed.find(meter(firmware_version="00000001"))
    new = listed.find(meter(firmware_version="00000001"), "00000002")
    assert old is not None
    assert new is not None
    assert (old.status, old.image_hash) == (ProductStatus.WITHDRAWN, bytes.fromhex(HASH))
    assert (new.gbcs_version, new.image_hash) == ("4.3", None)


@pytest.mark.parametrize(("version", "is_listed"), [("1", True), ("2", False), ("3", False)])
def test_only_an_entry_in_force_admits_a_device(
    tmp_path: Path, version: str, is_listed: bool
) -> None:
    listed = products(tmp_path, "ESME,Maker,Meter,1,,,Active", "ESME,Maker,Meter,2,,,Expired")
    assert listed.is_listed(meter(firmware_version=version)) is is_listed


def test_a_device_whose_firmware_is_not_known_needs_some_entry_in_force(tmp_path: Path) -> None:
    assert products(tmp_path, "ESME,Maker,Meter,1,,,Active").is_listed(meter())
    assert not products(tmp_path, "ESME,Maker,Meter,1,,,Cancelled").is_listed(meter())
    assert not products(tmp_path, "ESME,Maker,Other,1,,,Active").is_listed(meter())


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("ESME,Maker,Meter,1,,abcd,Active", "image_hash"),
        ("ESME,Maker,Meter,1,,zz,Active", "hex"),
        ("KETTLE,Maker,Meter,1,,,Active", "KETTLE"),
        ("ESME,Maker,Meter,1,,,Fine", "Fine"),
        ("ESME,Maker,Meter,,,,Active", "firmware_version"),
        ("ESME,Maker", "7 cells"),
    ],
)
def test_a_bad_product_is_refused_by_file_and_line(tmp_path: Path, line: str, named: str) -> None:
    with pytest.raises(TableError, match=r"products\.csv:2") as refused:
        products(tmp_path, line)
    assert named in str(refused.value)


def test_a_file_with_other_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"other\.csv:1: expected device_type"):
        ProductsList.from_file(written(tmp_path / "other.csv", ("a", "b"), "1,2"))


def test_the_longest_known_part_of_a_post_code_counts(tmp_path: Path) -> None:
    known = coverage(
        tmp_path,
        "AB1,,North,false,2027-01-01,Long range radio,Low,Aerial,",
        "AB1 2CD,,North,true,,Long range radio,High,,",
    )
    (exact,) = known.at_post_code("ab12cd")
    (part,) = known.at_post_code("AB1 9ZZ")
    assert (exact.available, exact.likelihood) == (True, "High")
    assert (part.anticipated, part.auxiliary_equipment) == (date(2027, 1, 1), "Aerial")
    assert known.at_post_code("ZZ9 9ZZ") == ()


def test_a_property_has_an_answer_of_its_own(tmp_path: Path) -> None:
    known = coverage(
        tmp_path,
        "AB1,77,South,true,,Cellular,High,,",
        "AB1,77,4G South,true,,Cellular,Medium,,",
    )
    assert [row.region for row in known.at_uprn(77)] == ["South", "4G South"]
    assert known.at_uprn(78) == ()
    assert known.at_post_code("AB1 2CD") == ()


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("AB1,,West,true,,Cellular,High,,", "region"),
        ("AB1,,North,perhaps,,Cellular,High,,", "available"),
        ("AB1,,North,true,soon,Cellular,High,,", "soon"),
        ("AB1,,North,true,,,High,,", "technology"),
        ("AB1,,North,true,,Cellular,Fair,,", "likelihood"),
    ],
)
def test_a_bad_coverage_row_is_refused_by_file_and_line(
    tmp_path: Path, line: str, named: str
) -> None:
    with pytest.raises(TableError, match=r"coverage\.csv:2") as refused:
        coverage(tmp_path, line)
    assert named in str(refused.value)


def test_another_type_of_device_is_another_product(tmp_path: Path) -> None:
    listed = products(tmp_path, "GSME,Maker,Meter,1,,,Active")
    assert not listed.is_listed(replace(meter(), firmware_version="1"))
