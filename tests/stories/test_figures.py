"""What people did in the chat is what the report of those days says, and so does the register that goes out."""

import asyncio
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.core.register import NAMES
from bot.core.report import Period, as_json
from bot.run.commands import cases
from handlers import reports
from handlers.here import Here
from storage import cases as stored
from storage import erasing
from storage.db import Transaction
from tests.people import Person, Town
from tests.properties import counting
from tests.properties.test_reports import at, written
from tests.stories.test_family import danger as family_in_danger
from tests.stories.test_family import resident
from tests.stories.test_forms import asks_for_help
from tests.stories.test_records import notes, opens
from tests.stories.test_urgent import reports as tells_of_danger


async def figures(town: Town, *tables: str, column: str = "value") -> dict[tuple[object, ...], int]:
    """Of today; a number by table, keys of its row, unit."""
    today = town.app.centre.wall_clock(town.clock.at).date()
    return await of(town, today, today, *tables, column=column)


async def of(town: Town, first: date, last: date, *tables: str, column: str = "value") -> dict[tuple[object, ...], int]:
    def made(tx: Transaction) -> counting.Book:
        here = Here(tx, town.app.centre, town.clock.at, town.clock.at, town.languages.means)
        whole = reports.made(here, Period(first, last))
        return counting.said(as_json(whole, lambda wording: town.languages.say(wording, "en")))

    book = await town.app.reader.look(made)
    return {
        (table, *path, unit): n for (table, path, at_, unit), n in book.items() if at_ == column and table in tables
    }


async def presses(person: Person, *labels: str) -> None:
    for label in labels:
        await person.presses(label)


WORK = tuple(f"R{n}" for n in (*range(1, 15), 17, 19, 20))
WEEK = (date(2026, 11, 23), date(2026, 11, 29))


async def danger(ana: Person, olena: Person) -> None:
    """Violence in the Centre, told at 11:00; by noon it is on the card, the brigade goes at 14:00 of the next day."""
    await tells_of_danger(ana)
    await presses(olena, "Take", "First contact made", "For the report", "Violence")
    await presses(olena, "Physical", "Psychological", "Main form: Psychological", "A woman", "A child saw it")
    await presses(olena, "‹ For the report", "‹ The card", "Services", "Counselling", "Counselling × 1", "Legal help")
    await presses(olena, "‹ The card", "Passing on", "The police", "It has been sent", "‹ Passing on", "‹ The card")
    await presses(olena, "Child services have the notice", "Plan a visit", "Urgent visit of the brigade", "24", "14:00")
    await presses(olena, "Send")


async def poverty(ana: Person, iryna: Person) -> None:
    """Asked for on Monday; visited on Friday, closed the same day."""
    await asks_for_help(ana)
    await ana.presses("Send")
    await presses(iryna, "Take", "First contact made", "For the report", "Category")
    await presses(
        iryna, "Disability in the family", "Circumstances", "Unemployment", "Divorce", "‹ For the report", "‹ The card"
    )
    await presses(
        iryna, "Services", "Support in hard circumstances", "‹ The card", "Needs met", "Housing", "‹ The card"
    )
    await presses(iryna, "Plan a visit", "First visit at home", "27", "14:00", "Send")


@pytest.fixture
async def worked(ana: Person, olena: Person, iryna: Person, town: Town) -> None:
    """A week of two cases, calls and booklets, and a third case that was none."""
    boris = town.person("Boris")
    await boris.says("/start")
    await boris.speaks("en")
    await boris.says("/start")
    await danger(ana, olena)
    await poverty(boris, iryna)
    vira = await town.staff("Vira", "psychologist", language="en")
    await opens(vira, "Helpline")
    await presses(vira, "Family", "Health", "Family")
    await notes(vira, "Booklets", "200", "Today", "for schools")
    await town.passes(days=1, hours=5)
    await olena.presses("It took place")
    await town.passes(days=3)
    await presses(iryna, "It took place", "Close the case", "Reduced", "Overcome or reduced", "Skip", "Send")


FIGURES = {
    ("R1", "case"): 2, ("R1", "self_referral", "case"): 2,
    ("R2", "family"): 2, ("R2", "citizen", "family"): 2,
    ("R3", "family"): 2, ("R3", "center", "family"): 2,
    ("R4", "family"): 2, ("R4", "dv_survivors", "family"): 1, ("R4", "dv_survivors", "center", "family"): 1,
    ("R4", "disability", "family"): 1, ("R4", "disability", "center", "family"): 1,
    ("R5", "family"): 2, ("R5", "unemployment", "family"): 1, ("R5", "divorce", "family"): 1,
    ("R5", "unknown", "family"): 1,
    ("R6", "family"): 1, ("R6", "trip"): 1, ("R6", "physical", "family"): 1, ("R6", "physical", "woman", "family"): 1,
    ("R6", "psychological", "family"): 1, ("R6", "psychological", "trip"): 1,
    ("R6", "psychological", "woman", "family"): 1, ("R6", "victims", "family"): 1,
    ("R6", "victims", "woman", "family"): 1, ("R6", "child_witnesses", "family"): 1,
    ("R7", "trip"): 1, ("R7", "family"): 1, ("R7", "emergency_brigade", "trip"): 1,
    ("R7", "emergency_brigade", "center", "trip"): 1, ("R7", "median", "minute"): 27 * 60,
    ("R7", "longest", "minute"): 27 * 60, ("R7", "referred", "family"): 1,
    ("R8", "deadline"): 6, ("R8", "brigade_urgent_help", "deadline"): 1,
    ("R8", "brigade_urgent_help", "late", "deadline"): 1, ("R8", "service_decision_emergency", "deadline"): 1,
    ("R8", "service_decision_emergency", "open_late", "deadline"): 1, ("R8", "notify_police", "deadline"): 1,
    ("R8", "notify_police", "in_time", "deadline"): 1, ("R8", "notify_child_services", "deadline"): 1,
    ("R8", "notify_child_services", "in_time", "deadline"): 1, ("R8", "first_human_answer", "deadline"): 2,
    ("R8", "first_human_answer", "in_time", "deadline"): 2,
    ("R9", "family"): 2, ("R9", "service"): 4, ("R9", "counselling", "family"): 1, ("R9", "counselling", "service"): 2,
    ("R9", "support_sjo", "family"): 1, ("R9", "support_sjo", "service"): 1, ("R9", "legal_help", "family"): 1,
    ("R9", "legal_help", "service"): 1,
    **{("R10", flow, *place, "family"): 1 for flow in ("opened", "served", "closed") for place in ((), ("center",))},
    ("R11", "family"): 2, ("R11", "minimised", "family"): 1, ("R11", "minimised", "center", "family"): 1,
    ("R11", "in_progress", "family"): 1, ("R11", "in_progress", "center", "family"): 1,
    ("R12", "family"): 1, ("R12", "overcome_or_minimised", "family"): 1,
    ("R13", "visit"): 2, ("R13", "emergency_brigade", "visit"): 1, ("R13", "emergency_brigade", "center", "visit"): 1,
    ("R13", "first_home_visit", "visit"): 1, ("R13", "first_home_visit", "center", "visit"): 1,
    ("R14", "family"): 1, ("R14", "housing", "family"): 1,
    ("R17", "call"): 3, ("R17", "family", "call"): 2, ("R17", "health", "call"): 1,
    ("R19", "family"): 1, ("R19", "police", "family"): 1, ("R19", "child_services", "family"): 1,
    ("R19", "police_in_time", "deadline"): 1, ("R19", "child_services_in_time", "deadline"): 1,
    ("R20", "material"): 200, ("R20", "booklets", "material"): 200, ("R20", "booklets", "for schools", "material"): 200,
}  # fmt: skip
"""On Tuesday the brigade was three hours late, and nobody has noted a decision since."""
OF_CALLS_AND_WORK = ("R17", "R20")
"""These go out with the activities, calls of the bot not at all."""


@pytest.mark.usefixtures("worked")
async def test_a_week_of_work_has_exactly_these_figures(town: Town) -> None:
    assert await of(town, *WEEK, *WORK) == FIGURES
    assert await of(town, date(2026, 11, 1), date(2026, 11, 22), *WORK) == {}


@pytest.mark.usefixtures("worked")
async def test_a_centre_that_takes_in_the_register_of_another_has_the_same_figures(town: Town, tmp_path: Path) -> None:
    """Whatever a file of cases can hold: it has no clock of a first answer, none that is still open, no calls."""
    rows = await town.app.reader.look(lambda tx: cases._cases(tx, town.app.centre))
    register = written(NAMES, [dict(zip(NAMES, row, strict=True)) for row in rows])
    elsewhere = await asyncio.to_thread(taken_in, tmp_path / "elsewhere", register)
    own = {place: n for place, n in FIGURES.items() if place[0] not in ("R8", *OF_CALLS_AND_WORK)}
    assert {place: n for place, n in elsewhere.items() if place[0] != "R8"} == own
    assert {place for place in FIGURES if place[0] == "R8" and place not in elsewhere} == {
        ("R8", "first_human_answer", "deadline"), ("R8", "first_human_answer", "in_time", "deadline"),
        ("R8", "service_decision_emergency", "deadline"), ("R8", "service_decision_emergency", "open_late", "deadline"),
    }  # fmt: skip


def taken_in(place: Path, register: str) -> dict[tuple[object, ...], int]:
    place.mkdir()
    with at("demo", place) as centre:
        centre.takes(register, "date,kind\n")
        book = counting.said(centre.report(*WEEK))
    return {
        (table, *path, unit): n
        for (table, path, column, unit), n in book.items()
        if column == "value" and table in (*WORK, "R8")
    }


@pytest.mark.usefixtures("worked")
async def test_what_was_a_mistake_counts_nowhere_and_what_is_erased_counts_on(town: Town) -> None:
    """Erasing ends what was still open."""
    await town.app.writer.transact(lambda tx: erased(tx, 1, town))
    decision = ("R8", "service_decision_emergency")
    gone = [("R11", "in_progress", "family"), ("R11", "in_progress", "center", "family"),
            (*decision, "open_late", "deadline")]  # fmt: skip
    assert await of(town, *WEEK, *WORK) == {place: n for place, n in FIGURES.items() if place not in gone} | {
        ("R11", "family"): 1, ("R12", "family"): 2, ("R12", "declined", "family"): 1,
        (*decision, "late", "deadline"): 1,
    }  # fmt: skip
    await town.app.writer.transact(lambda tx: tx.run("UPDATE cases SET mistaken = TRUE"))
    left = {place: n for place, n in (await of(town, *WEEK, *WORK)).items() if place[0] not in OF_CALLS_AND_WORK}
    assert left == {}


def erased(tx: Transaction, case_id: int, town: Town) -> None:
    case = stored.by_id(tx, case_id)
    assert case is not None
    assert erasing.erase(tx, case, now=town.clock.at)


async def test_one_who_says_that_it_was_a_mistake_is_in_no_figure(ana: Person, olena: Person, town: Town) -> None:
    await tells_of_danger(ana)
    assert (await figures(town, "R1"))["R1", "case"] == 1
    await ana.presses("This was a mistake")
    town.clock.at += timedelta(hours=2)
    assert await figures(town, *WORK) == {}
    assert olena.sees("mistake")


async def test_two_cases_of_one_family_came_as_two_and_one_of_them_is_closed_as_entered_twice(
    ana: Person, olena: Person, town: Town
) -> None:
    """What came in is counted as it came; of results and reasons only the one tells that goes on."""
    other = await resident(town, "Oksana")
    first = await family_in_danger(ana)
    await olena.presses("Take")
    second = await family_in_danger(other)
    await olena.says(f"/case {first}")
    await olena.presses(f"Join K-{second}")
    await presses(olena, "Close the case", "Overcome", "Overcome or reduced", "Skip", "Send")
    assert await figures(town, "R1", "R12") == {
        ("R1", "case"): 2, ("R1", "self_referral", "case"): 2,
        ("R12", "family"): 2, ("R12", "overcome_or_minimised", "family"): 1, ("R12", "duplicate", "family"): 1,
    }  # fmt: skip
    assert await figures(town, "R11") == {
        ("R11", "family"): 1, ("R11", "overcome", "family"): 1, ("R11", "overcome", "center", "family"): 1,
    }  # fmt: skip
