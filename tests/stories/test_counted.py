"""«For the report»: what a case is counted by, set on its card by whoever has it."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.buttons import Mark, Page, encode
from bot.core.centre import VIOLENCE, Category
from bot.core.centre import Words as Names
from bot.core.report import Period
from handlers.reports import made
from storage import case_codes, cases, erasing
from storage.case_codes import Counted
from storage.db import Transaction
from tests.people import Person, Town
from tests.stories.test_audit import logged
from tests.stories.test_forms import asks_for_help
from tests.stories.test_records import arrives, comes_and_leaves, notes, opens
from tests.stories.test_urgent import reports


@pytest.fixture
async def taken(ana: Person, iryna: Person) -> None:
    """Iryna has Ana's case, which is not from the branch, and stands on its page for the report."""
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")
    await iryna.presses("For the report")


@pytest.fixture
async def danger(ana: Person, olena: Person) -> None:
    """Olena has a case of the branch."""
    await reports(ana)
    await olena.presses("Take")
    await olena.presses("For the report")


async def counted(town: Town) -> Counted:
    return await town.app.reader.look(lambda tx: case_codes.counted(tx, 1))


async def codes(town: Town, kind: str) -> list[str]:
    return await town.app.reader.look(lambda tx: case_codes.of_case(tx, 1, kind))


async def marks(person: Person, *labels: str) -> None:
    for label in labels:
        await person.presses(label)
        person.town.clock.at = person.town.clock.at.replace(microsecond=person.town.clock.at.microsecond + 1)


async def runs(town: Town) -> set[str]:
    rows = await town.app.reader.look(
        lambda tx: tx.all("SELECT key FROM deadlines WHERE met_at IS NULL AND dropped_at IS NULL")
    )
    return {row["key"] for row in rows} & {"notify_police", "notify_child_services", "child_safety_assessment"}


# Circumstances and category


@pytest.mark.usefixtures("taken")
async def test_circumstances_are_ticked_and_unticked_and_stand_on_the_page(iryna: Person, town: Town) -> None:
    messages = len(iryna.heard)
    assert "Category: not said\nCircumstances: not said" in iryna.last
    await iryna.presses("Circumstances")
    await marks(iryna, "Unemployment", "Divorce", "Housing or material hardship", "✓ Divorce")
    assert {"✓ Unemployment", "Divorce"} <= set(iryna.labels)
    assert await codes(town, case_codes.CIRCUMSTANCES) == ["unemployment", "hardship"]
    await iryna.presses("‹ For the report")
    assert "Circumstances: Unemployment, Housing or material hardship" in iryna.last
    await iryna.presses("‹ The card")
    assert iryna.last.startswith("K-")
    assert len(iryna.heard) == messages


@pytest.mark.usefixtures("taken")
async def test_a_circumstance_pressed_twice_in_one_breath_leaves_one_row_or_none(iryna: Person, town: Town) -> None:
    await iryna.presses("Circumstances")
    await town.hears(iryna.pressing("Divorce"), iryna.pressing("Divorce"))
    assert await town.count("case_codes") == 0
    await iryna.presses("Divorce")
    assert await town.count("case_codes") == 1


@pytest.mark.usefixtures("taken")
async def test_the_category_is_one_of_those_of_the_day_and_can_be_another(iryna: Person, town: Town) -> None:
    await iryna.presses("Category")
    await iryna.presses("Disability in the family")
    assert "Category: Disability in the family" in iryna.last
    await iryna.presses("Category")
    await iryna.presses("More ›")
    await iryna.presses("More ›")
    assert "COVID appeals" not in iryna.labels
    await iryna.presses("Low-income families")
    assert (await counted(town)).category == "low_income"
    for turn in ("Category", "More ›", "More ›", "✓ Low-income families"):
        await iryna.presses(turn)
    assert (await counted(town)).category is None
    await town.hears(iryna.pressing_data(encode(Mark(1, "category", "covid_appeals")), iryna.heard[-1].id))
    assert (await counted(town)).category is None


@pytest.mark.usefixtures("taken")
async def test_where_a_family_comes_from_is_noted_only_when_it_agrees(iryna: Person, town: Town) -> None:
    roma = Category("roma_families", Names("Ромські сім'ї", "Roma families"), "roma_families")
    centre = town.app.desk.centre
    object.__setattr__(town.app.desk, "centre", replace(centre, categories=(roma, *centre.categories)))
    await iryna.presses("Category")
    await iryna.presses("Roma families")
    assert "only if the person agrees" in iryna.last
    assert (await counted(town)).category is None
    await iryna.presses("The person agrees")
    assert (await counted(town)).category == "roma_families"


# Violence


@pytest.mark.usefixtures("danger")
async def test_the_first_form_is_the_main_one_until_another_is_named(olena: Person, town: Town) -> None:
    await olena.presses("Violence")
    await marks(olena, "Psychological", "Physical")
    assert {"✓ Psychological (main)", "✓ Physical", "Main form: Physical"} <= set(olena.labels)
    assert (await counted(town)).main_form == "psychological"
    await marks(olena, "Main form: Physical")
    assert (await counted(town)).main_form == "physical"
    await marks(olena, "✓ Physical (main)")
    assert (await counted(town)).main_form == "psychological"
    assert "Main form: Physical" not in olena.labels
    await marks(olena, "✓ Psychological")
    assert (await counted(town)).main_form is None


@pytest.mark.usefixtures("danger")
async def test_whom_it_befell_and_whether_before_is_one_press_each(olena: Person, town: Town) -> None:
    await olena.presses("Violence")
    await marks(olena, "Physical", "A woman", "A child saw it", "Not the first time")
    assert await counted(town) == Counted("dv_survivors", "physical", "woman", "witness", repeat=True)
    await olena.presses("‹ For the report")
    assert "Violence: Physical\nVictim: A woman\nA child saw it\nNot the first time" in olena.last
    await olena.presses("Violence")
    await marks(olena, "A man", "✓ A child saw it", "✓ Not the first time")
    assert await counted(town) == Counted("dv_survivors", "physical", "man", None, repeat=False)


@pytest.mark.usefixtures("taken")
async def test_violence_that_a_specialist_finds_starts_the_clocks_of_the_law(iryna: Person, town: Town) -> None:
    assert await runs(town) == set()
    await iryna.presses("Violence")
    await marks(iryna, "Physical")
    assert await runs(town) == {"notify_police"}
    await marks(iryna, "A child was hurt")
    assert await runs(town) == {"notify_police", "notify_child_services"}
    for turn in ("‹ For the report", "‹ The card", "Passing on", "Child services"):
        await iryna.presses(turn)
    assert "Child services: the law obliges us, no consent is needed." in iryna.last


@pytest.mark.usefixtures("taken")
async def test_what_was_pressed_by_mistake_starts_no_clock_for_good(iryna: Person, town: Town) -> None:
    await iryna.presses("Violence")
    await marks(iryna, "A child saw it", "Physical")
    assert await runs(town) == {"notify_police", "notify_child_services"}
    await marks(iryna, "✓ A child saw it")
    assert await runs(town) == {"notify_police"}
    await marks(iryna, "✓ Physical")
    assert await runs(town) == set()
    await marks(iryna, "Sexual")
    assert await runs(town) == {"notify_police"}
    for turn in ("‹ For the report", "‹ The card", "The police have the notice"):
        await iryna.presses(turn)
    for turn in ("For the report", "Violence", "✓ Sexual", "Sexual"):
        await iryna.presses(turn)
    assert await runs(town) == set()


@pytest.mark.usefixtures("danger")
async def test_a_clock_that_she_started_herself_does_not_end_by_a_mark(olena: Person, town: Town) -> None:
    before = await runs(town)
    assert "notify_police" in before
    await olena.presses("Violence")
    await marks(olena, "Physical", "✓ Physical")
    assert await runs(town) == before


@pytest.mark.usefixtures("taken")
async def test_of_all_that_the_history_tells_who_and_what(iryna: Person) -> None:
    await iryna.presses("Circumstances")
    await marks(iryna, "Divorce", "✓ Divorce")
    await iryna.presses("‹ For the report")
    await iryna.presses("Category")
    await marks(iryna, "More ›", "Large families")
    await iryna.presses("Violence")
    await marks(iryna, "Physical", "Economic", "Main form: Economic", "A woman", "✓ A woman", "A child saw it",
                "✓ A child saw it", "Not the first time", "✓ Not the first time", "✓ Physical",
                "✓ Economic")  # fmt: skip
    for turn in ("‹ For the report", "‹ The card", "History"):
        await iryna.presses(turn)
    said = iryna.last
    while "Earlier ›" in iryna.labels:
        await iryna.presses("Earlier ›")
        said += f"\n{iryna.last}"
    for what in (
        "Iryna: circumstance: Divorce", "Iryna: circumstance taken out: Divorce", "Iryna: category: Large families",
        "Iryna: form of violence: Physical", "Iryna: form of violence taken out: Economic",
        "Iryna: main form: Economic",
        "Iryna: victim: A woman", "Iryna: victim taken out: A woman", "Iryna: noted: A child saw it",
        "Iryna: taken out: A child saw it", "Iryna: not the first time", "Iryna: the first time after all",
        "this deadline has begun: Notice to the police", "this deadline is off: Notice to the police",
    ):  # fmt: skip
        assert what in said, what
    assert "a change" not in said


# Who sees and who may


@pytest.mark.safety("S25")
@pytest.mark.usefixtures("taken")
async def test_the_page_is_protected_and_each_look_at_it_is_logged(iryna: Person, town: Town) -> None:
    await iryna.presses("Violence")
    assert iryna.heard[-1].protected
    assert [reason for _, reason in await logged(town, "page")] == ["report", "report"]


@pytest.mark.safety("S25")
@pytest.mark.usefixtures("danger")
async def test_the_head_reads_it_after_saying_why_and_changes_nothing(head: Person, town: Town) -> None:
    await town.hears(head.pressing_data(encode(Page(1, "report"))))
    assert not head.sees("For the report")
    (case,) = await town.app.reader.look(lambda tx: [cases.by_id(tx, 1)])
    assert case is not None
    await head.says(f"/case {case.number}")
    await head.presses("Supervision")
    await head.presses("For the report")
    assert "Circumstances: not said" in head.last
    assert "Violence" not in head.labels
    await town.hears(head.pressing_data(encode(Mark(1, "violence", "physical")), head.heard[-1].id))
    assert await town.count("case_codes") == 0


async def closes(person: Person) -> None:
    await person.presses("Close the case")
    for answer in ("Overcome", "Overcome or reduced", "Skip", "Send"):
        await person.presses(answer)


@pytest.mark.usefixtures("taken")
async def test_a_closed_case_is_counted_by_whoever_had_it_or_by_the_head(
    iryna: Person, head: Person, petro: Person, town: Town
) -> None:
    await iryna.presses("‹ The card")
    number = iryna.last.split(" ")[0]
    await closes(iryna)
    await iryna.says(f"/case {number}")
    for turn in ("For the report", "Violence", "Physical", "‹ For the report", "‹ The card", "Services"):
        await iryna.presses(turn)
    assert "Counselling" not in iryna.labels
    assert await runs(town) == set()
    await head.says(f"/case {number}")
    for turn in ("For the report", "Circumstances", "Divorce"):
        await head.presses(turn)
    assert await codes(town, case_codes.CIRCUMSTANCES) == ["divorce"]
    await town.hears(petro.pressing_data(encode(Mark(1, "reason", "unemployment"))))
    assert await town.count("case_codes") == 2


@pytest.mark.safety("S25")
@pytest.mark.usefixtures("danger")
async def test_nobody_else_sees_or_marks_it(petro: Person, ana: Person, town: Town) -> None:
    school = await town.staff("School", "partner", "education_school", language="en")
    daria = await town.staff("Daria", "dispatcher", language="en")
    for person in (petro, ana, school, daria):
        for action in (Page(1, "report"), Page(1, "report.violence"), Mark(1, "violence", "physical")):
            await town.hears(person.pressing_data(encode(action)))
        assert not person.sees("For the report")
    assert await town.count("case_codes") == 0


@pytest.mark.usefixtures("taken")
async def test_what_no_list_has_is_stale(iryna: Person, town: Town) -> None:
    for action in (
        Mark(1, "violence", "loud"), Mark(1, "reason", "weather"), Mark(1, "main", "physical"),
        Mark(1, "victim", "nobody"), Mark(1, "child", "nobody"), Mark(1, "category", "nobody"),
    ):  # fmt: skip
        await town.hears(iryna.pressing_data(encode(action), iryna.heard[-1].id))
    assert await town.count("case_codes") == 0
    assert await counted(town) == Counted(None, None, None, None, repeat=False)


@pytest.mark.safety("S23")
@pytest.mark.usefixtures("danger")
async def test_codes_stay_countable_when_the_case_is_erased(olena: Person, town: Town) -> None:
    await olena.presses("Violence")
    await marks(olena, "Physical", "A woman")

    def erased(tx: Transaction) -> None:
        case = cases.by_id(tx, 1)
        assert case is not None
        assert erasing.erase(tx, case, now=town.clock.at)

    await town.app.writer.transact(erased)
    assert await codes(town, case_codes.VIOLENCE) == ["physical"]
    assert (await counted(town)).victim_group == "woman"
    await town.hears(olena.pressing_data(encode(Page(1, "report"))))
    assert await town.count("case_codes") == 1


@pytest.mark.safety("S01")
@pytest.mark.usefixtures("taken")
async def test_her_own_file_has_what_may_be_read_over_her_shoulder(ana: Person, iryna: Person) -> None:
    await iryna.presses("Circumstances")
    await marks(iryna, "Unemployment", "Violence")
    await iryna.presses("‹ For the report")
    await iryna.presses("Violence")
    await marks(iryna, "Physical")
    await ana.says("/mydata")
    assert "Circumstances: Unemployment\n" in f"{ana.read}\n"
    assert "Physical" not in ana.read
    assert "iolence" not in ana.read


async def test_a_case_is_counted_by_nothing_else(town: Town, ana: Person) -> None:
    await reports(ana)
    with pytest.raises(ValueError, match="not counted by number"):
        await town.app.writer.transact(lambda tx: case_codes.put(tx, 1, "number", "1"))


async def test_what_staff_have_noted_stands_in_the_tables_of_the_report(ana: Person, olena: Person, town: Town) -> None:
    await opens(olena, "Helpline")
    await olena.presses("Family")
    await comes_and_leaves(ana)
    await arrives(olena)
    await notes(olena, "Talks", "25")
    await reports(ana)
    for turn in ("Take", "For the report", "Circumstances", "Divorce", "‹ For the report", "Violence", "Physical",
                 "Economic", "A woman"):  # fmt: skip
        await olena.presses(turn)
    november = Period(date(2026, 11, 1), date(2026, 11, 30))
    report = await town.app.reader.look(lambda tx: made(town.app.desk.here(tx, town.clock.at), november))
    found = {(table.id, row.key): row.counts.get("value", {}) for table in report.tables for row in table.rows}
    assert found["R5", "divorce"]["family"] == 1
    assert [found["R6", form]["family"] for form in VIOLENCE] == [1, 0, 1, 0]
    assert found["R17", "family"]["call"] == found["R17", "silent"]["call"] == 1
    assert (found["R18", "phone"]["person"], found["R18", "phone"]["day"]) == (3, 5)
    assert found["R20", "lecture"] == {"material": 0, "event": 1, "person": 25}
