"""A report as a document, read back: the council's style, and nothing that may not leave the centre."""

import time
import zipfile
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm

from bot.core import report_words as words
from bot.run import report_docx
from tests.outputs.figures import QUARTER, SECRET, big, extra, report


def opened(given: dict[str, Any], **more: Any) -> Document:
    return docx.Document(BytesIO(report_docx.document(given, extra() | more)))


def lines(of: Document) -> list[str]:
    return [paragraph.text for paragraph in of.paragraphs]


def rows(of: Document, place: int) -> list[list[str]]:
    return [[cell.text.replace(words.SPACE, " ") for cell in row.cells] for row in of.tables[place].rows]


def test_it_begins_as_the_council_is_used_to() -> None:
    assert lines(opened(report()))[:4] == [
        "ЗВІТ", "Дніпровський міський центр соціальних служб", "за 2021 рік", "станом на 31 грудня 2021 року",
    ]  # fmt: skip
    quarter = lines(opened(report(period=QUARTER)))
    assert quarter[2] == "за січень–березень 2021 року"
    assert quarter[4].startswith(
        "Попередній період: жовтень–грудень 2020 року. Той самий період торік: січень–березень"
    )


def test_a_table_has_its_heading_its_sentence_and_its_numbers() -> None:
    of = opened(report())
    said = lines(of)
    heading = said.index("3. Надходження за районами, сім'ї")
    assert said[heading + 1] == "Протягом 2021 року до центру надійшли повідомлення щодо 5037 сімей."
    table = rows(of, 2)
    assert table[0] == ["Показник", "2021 рік", "2020 рік", "різниця", "%"]
    assert table[1] == ["Амур-Нижньодніпровський", "1 271", "1 146", "+125", "+11 %"]
    assert table[-1] == ["Разом", "5 037", "4 471", "+566", "+13 %"]


def test_units_stand_over_their_columns() -> None:
    table = rows(opened(report()), 8)
    assert table[0] == ["Показник", *["сім'ї"] * 4, "особи", "послуги"]


def test_heads_are_repeated_rows_hold_together_and_numbers_stand_right() -> None:
    for table in opened(report(period=QUARTER)).tables:
        first, last = table.rows[0]._tr, table.rows[-1]._tr
        assert first.trPr is not None
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        (side,) = last.tc_lst[-1].iterchildren(qn("w:p"))
        assert side.pPr.find(qn("w:jc")).get(qn("w:val")) == "right"
        widths = [int(each.get(qn("w:w"))) for each in table._tbl.tblGrid.iterchildren()]
        assert sum(widths) == report_docx.WIDTH
        assert widths[0] >= report_docx.TITLES


def test_the_page_is_a4_in_the_councils_type() -> None:
    of = opened(report())
    assert round((of.sections[0].page_width or 0) / Cm(1), 1) == 21
    assert of.styles["Normal"].font.name == "Times New Roman"


def test_it_ends_with_the_check_the_edition_and_a_place_to_sign() -> None:
    said = lines(opened(report(edition=2, changes=(words.REPORT,)), edition_of="замінює видання 1"))
    end = said[said.index("Звірка") :]
    assert end == [
        "Звірка",
        "Надходження за районами: різниця 89", "R3: Не вказано: закрито рядком «не вказано»: 12",
        "Видання 2 (замінює видання 1).", "Що змінилося:", "– ЗВІТ",
        "Директор центру ____________ ____________________ (ПІБ)",
        "м. Дніпро, 5 січня 2022 року",
    ]  # fmt: skip


def test_without_a_table_of_checks_it_names_the_tables_that_do_not_close() -> None:
    whole = report()
    del whole["tables"][-1]
    assert "Надходження за районами: не сходиться, разом 5037, у рядках 4948, різниця 89." in lines(opened(whole))


def test_it_never_says_that_all_closes_where_something_does_not() -> None:
    whole = report(public=True)
    for table in whole["tables"]:
        table["check"].update(ok=table["id"] != "R22", note="")
    whole["tables"][-1]["rows"] = []
    assert "Не всі таблиці сходяться." in lines(opened(whole))
    assert "За цей період записів немає." not in lines(opened(whole))


def test_what_was_never_printed_is_a_draft() -> None:
    assert "Чернетка: ще не друковано." in lines(opened(report()))


def test_without_a_table_of_checks_it_says_that_all_closes() -> None:
    whole = report()
    whole["tables"] = whole["tables"][:2]
    assert lines(opened(whole))[-4:-2] == ["Усі таблиці сходяться.", "Чернетка: ще не друковано."]


def test_a_table_without_rows_says_so() -> None:
    whole = report()
    whole["tables"] = whole["tables"][:1]
    whole["tables"][0]["rows"] = []
    assert "За цей період записів немає." in lines(opened(whole))


@pytest.mark.parametrize("language", ["uk", "en"])
def test_a_hidden_number_is_nowhere_in_the_file(language: str) -> None:
    given = report(language, QUARTER, public=True)
    content = zipfile.ZipFile(BytesIO(report_docx.document(given, extra(language))))
    whole = b"".join(content.read(name) for name in content.namelist())
    text = whole.decode(errors="replace").replace(words.SPACE, "").replace(",", "")
    assert str(SECRET) not in text
    assert str(2 * SECRET) not in text
    note = words.say(words.HIDDEN_NOTE, language)
    assert lines(docx.Document(BytesIO(report_docx.document(given, extra(language))))).count(note) == 1


def test_no_number_of_a_case_and_nobodys_name_leaves_the_centre() -> None:
    content = zipfile.ZipFile(BytesIO(report_docx.document(report(), extra())))
    whole = b"".join(content.read(name) for name in content.namelist())
    assert "К-4823".encode() not in whole
    about = opened(report()).core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")


def test_a_title_may_hold_anything() -> None:
    whole = report()
    whole["tables"][0]["rows"][0]["title"] = "<b> & \x0b «так»"
    assert rows(opened(whole), 0)[1][0] == "<b> &  «так»"


def test_a_large_report_takes_no_second() -> None:
    began = time.perf_counter()
    report_docx.document(big(40), extra())
    assert time.perf_counter() - began < 1
