"""A report as a workbook, read by another program: numbers, sums, heads that stay, charts."""

import re
import time
import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook

from bot.core import report_words as words
from bot.run import report_xlsx
from tests.outputs.figures import QUARTER, SECRET, big, extra, report


def opened(given: dict[str, Any], language: str = "uk", *, values: bool = False) -> Workbook:
    return openpyxl.load_workbook(BytesIO(report_xlsx.workbook(given, extra(language))), data_only=values)


def sheet(book: Workbook, id_: str) -> Any:
    return next(each for each in book.worksheets if each.title.split()[0] == id_)


def row(of: Any, title: str) -> list[Any]:
    return next([cell.value for cell in line] for line in of.iter_rows() if line[0].value == title)


def test_every_table_has_a_sheet_and_a_link() -> None:
    book = opened(report())
    assert [each.title.split()[0] for each in book.worksheets] == [
        "Зміст",
        *(f"R{n}" for n in range(1, 23)),
        "Діаграми",
    ]
    links = [str(cell.hyperlink.location) for line in book["Зміст"].iter_rows() for cell in line if cell.hyperlink]
    assert len(links) == 22
    assert all(link.split("'")[1] in book.sheetnames for link in links)
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_the_first_sheet_says_of_what_it_is_and_what_does_not_close() -> None:
    contents = opened(report(edition=2, changes=(words.REPORT,)))["Зміст"]
    said = [cell.value for line in contents.iter_rows() for cell in line if cell.value is not None]
    assert "ЗВІТ за 2021 рік" in said
    assert datetime(2021, 12, 31) in said, "as of, as a date"  # noqa: DTZ001 - Excel knows no zones
    assert {"Видання 2", "Що змінилося:", "· ЗВІТ", "К-4823, К-9917"} <= set(said)
    assert "разом 5037, у рядках 4948, різниця 89" in said
    assert said.count("Сходиться") == 20


def test_numbers_are_numbers_and_totals_are_sums() -> None:
    sums, values = (sheet(opened(report(), values=values), "R1") for values in (False, True))
    assert row(values, "Звернення") == [  # value, previous, difference, per cent
        "Звернення", 620, 561, 59, 0.11,
    ]  # fmt: skip
    assert row(sums, "Разом")[1:4] == ["=SUM(B5:B8)", "=SUM(C5:C8)", "=B9-C9"]
    assert row(values, "Разом")[1:] == [5037, 4543, 494, 0.11]


def test_a_sum_leaves_out_what_is_inside_its_rows() -> None:
    of = sheet(opened(report()), "R2")
    assert row(of, "Разом")[1] == "=SUM(B5,B8,B9,B10,B11)"
    assert row(sheet(opened(report(), values=True), "R2"), "Разом")[1] == 2391


def test_a_total_that_its_rows_do_not_give_is_the_number_that_was_said() -> None:
    assert row(sheet(opened(report()), "R3"), "Разом")[1] == 5037
    assert row(sheet(opened(report(public=True)), "R6"), "Разом")[1] == 915, "a row is hidden"
    assert row(sheet(opened(report()), "R9"), "Разом")[1] == 3778, "families are not parts"


def test_heads_stay_and_are_printed_on_every_page() -> None:
    for of in opened(report()).worksheets[1:-1]:
        depth = 6 if sheet_has_units(of) else 5
        assert of.freeze_panes == f"B{depth}"
        assert of.print_title_rows
        assert (of.page_setup.orientation, of.page_setup.paperSize, of.page_setup.fitToHeight) == ("landscape", 9, 0)
        assert of.column_dimensions["A"].width > 40
        assert of.column_dimensions["B"].width >= 11


def sheet_has_units(of: Any) -> bool:
    return bool(of.merged_cells.ranges)


def test_inner_rows_are_indented_and_fold() -> None:
    of = sheet(opened(report()), "R2")
    inner = next(line[0] for line in of.iter_rows() if line[0].value == "патрульна поліція")
    assert inner.alignment.indent == 2
    assert of.row_dimensions[inner.row].outlineLevel == 1


@pytest.mark.parametrize("title", ['=HYPERLINK("x")', "+ Втрата роботи", "- Хвороба", "@Насильство"])
def test_a_title_is_never_a_formula(title: str) -> None:
    of = sheet(opened(report()), "R5")
    (cell,) = [line[0] for line in of.iter_rows() if line[0].value == title]
    assert cell.data_type == "s"
    content = zipfile.ZipFile(BytesIO(report_xlsx.workbook(report(), extra())))
    assert not any(re.search(rb"<f>[^<]*HYPERLINK", content.read(name)) for name in content.namelist())


def test_there_are_charts_of_excels_own_that_refer_to_the_tables() -> None:
    book = opened(report())
    charts = book.worksheets[-1]._charts  # type: ignore[attr-defined]  # it has no other way to them
    assert len(charts) == 5
    assert [chart.grouping for chart in charts] == ["clustered", "stacked", "clustered", "clustered", "stacked"]
    assert row(book["Діаграми"], "Чечелівський")[1].startswith("='R3 Надходження за районами'!B")


@pytest.mark.parametrize("language", ["uk", "en"])
def test_a_hidden_number_is_nowhere_in_the_file(language: str) -> None:
    masked = report(language, QUARTER, public=True)
    content = zipfile.ZipFile(BytesIO(report_xlsx.workbook(masked, extra(language))))
    whole = b"".join(content.read(name) for name in content.namelist())
    assert str(SECRET).encode() not in whole
    assert str(2 * SECRET).encode() not in whole
    assert "К-4823".encode() not in whole, "nor is a number of a case"
    title, mark = ("Економічне", "к") if language == "uk" else ("Economic", "c")
    assert row(sheet(opened(masked, language), "R6"), title)[1] == mark


def test_nobodys_name_is_among_the_properties() -> None:
    about = opened(report()).properties
    assert not about.creator
    assert not about.lastModifiedBy
    assert about.created == datetime(2022, 1, 5, 8, 30)  # noqa: DTZ001 - as openpyxl has it


def test_the_same_report_is_the_same_file() -> None:
    assert report_xlsx.workbook(report(), extra()) == report_xlsx.workbook(report(), extra())


def test_a_large_report_takes_no_second() -> None:
    began = time.perf_counter()
    report_xlsx.workbook(big(40), extra())
    assert time.perf_counter() - began < 1
