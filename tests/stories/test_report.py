"""The report in the chat: a period, tables to read, files for paper; for the head alone, and each one is logged."""

import io
import zipfile
from datetime import date

import pytest

from bot.core.report import Period
from storage import people, report_requests
from tests.people import Person, Town
from tests.stories.test_urgent import reports

pytestmark = pytest.mark.usefixtures("town")


async def test_the_head_reads_a_table_of_this_quarter(head: Person, ana: Person) -> None:
    await reports(ana)
    await head.says("Report")
    await head.presses("This quarter, up to today")
    assert "This period is not over" in head.last
    await head.presses("Tables, here in the chat")
    await head.presses("R1 What came in, by kind")
    assert "Self-referral" in head.last
    assert "1" in head.last


async def test_a_file_of_a_period_that_is_over_is_an_edition(head: Person, town: Town) -> None:
    await head.says("Report")
    await head.presses("Last quarter")
    assert "Not printed yet" in head.last
    await head.presses("Document")
    assert head.heard[-1].file_name == "report-2026-07-01-2026-09-30.docx"
    assert "Edition 1." in head.last
    assert zipfile.is_zipfile(io.BytesIO(head.heard[-1].file))
    await head.says("Report")
    await head.presses("Last quarter")
    assert "edition 1" in head.last
    logged = await town.app.writer.transact(lambda tx: tx.all("SELECT reason FROM audit WHERE action = 'report'"))
    assert [row["reason"] for row in logged] == ["2026-07-01 2026-09-30 docx"]


async def test_a_spreadsheet_and_a_copy_for_publication(head: Person) -> None:
    for label, name in (("Spreadsheet", ".xlsx"), ("Document for publication", "public.docx")):
        await head.says("Report")
        await head.presses("Last year")
        await head.presses(label)
        assert head.heard[-1].file_name.endswith(name)


async def test_a_table_by_district_comes_with_its_picture(head: Person, ana: Person) -> None:
    await reports(ana)
    await head.says("Report")
    await head.presses("This quarter, up to today")
    await head.presses("Tables, here in the chat")
    await head.presses("R3 What came in, by district")
    picture = head.heard[-1]
    assert picture.file.startswith(b"\x89PNG")
    assert picture.protected


async def test_other_dates_are_chosen_by_hand(head: Person) -> None:
    await head.says("Report")
    await head.presses("Other dates")
    await head.says("01.03.2026")
    await head.says("15.03.2026")
    await head.presses("Send")
    assert "Report from 01.03.2026 to 15.03.2026." in head.last


async def test_days_the_wrong_way_round_are_put_right(head: Person) -> None:
    await head.says("Report")
    await head.presses("Other dates")
    await head.says("15.03.2026")
    await head.says("01.03.2026")
    await head.presses("Send")
    assert "Report from 01.03.2026 to 15.03.2026." in head.last


async def test_a_specialist_is_not_offered_the_report(olena: Person) -> None:
    await olena.says("Report")
    assert "For which period" not in olena.last


async def test_whoever_has_lost_the_right_meanwhile_gets_nothing(head: Person, town: Town) -> None:
    await head.says("Report")
    heard, me = len(head.heard), await town.app.writer.transact(lambda tx: people.found(tx, head.id))
    assert me is not None
    asked = Period(date(2025, 1, 1), date(2025, 12, 31))
    await town.app.writer.transact(lambda tx: report_requests.put(tx, me.id, asked, "docx", now=town.clock.at))
    await town.app.writer.transact(lambda tx: people.dismiss(tx, me.id, now=town.clock.at))
    await town.settles()
    assert len(head.heard) == heard


async def test_where_there_is_nothing_to_draw_it_is_said(head: Person) -> None:
    await head.says("Report")
    await head.presses("Last year")
    await head.presses("Charts")
    assert head.last == "There is nothing to draw for this period."
