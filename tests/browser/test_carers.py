"""A seat at a training that two carers want, from the plan to the hours credited: on their phones, in each language."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.core import texts
from tests import rfc5545
from tests.browser.hands import PATIENCE, Hand, Table
from tests.process.speech import CENTRE, EN, UK, Speech
from tests.rfc5545 import Read

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

TITLES = {"uk": "Прив'язаність і втрата", "en": "Attachment and loss"}
PLACE = "Зала центру"
NEWS = {"uk": "У суботу майстерня для родин, початок о 12:00.", "en": "A workshop for families on Saturday at 12:00."}
CERTIFICATE = re.compile(r"\d{4}/\d{3}")
HOURS = 4


@dataclass
class Course:
    """One training with one seat, and what was read on the way; everybody in it reads `speech`."""

    table: Table
    speech: Speech
    day: date
    invitations: tuple[str, str]
    place_in_line: str = ""
    asked: str = ""
    why_asked: str = ""
    offer: str = ""
    offered_on: date = date.min

    @property
    def title(self) -> str:
        return TITLES[self.speech.language]

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.day, time(11), CENTRE.zone)

    @property
    def halyna(self) -> Hand:
        return self.table.halyna

    @property
    def bohdan(self) -> Hand:
        return self.table.bohdan

    @property
    def head(self) -> Hand:
        return self.table.mariia

    async def before(self, **ahead: float) -> datetime:
        """It is that long before the beginning, and no reminder has come late."""
        moment = self.starts_at - timedelta(**ahead)
        await self.table.waits_until(moment)
        return moment


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["uk", "en"])
async def course(table: Table, request: pytest.FixtureRequest) -> AsyncIterator[Course]:
    """The head has planned it for the Wednesday after next; both carers are invited."""
    speech = {"uk": UK, "en": EN}[request.param]
    await table.monday_morning()
    for hand in (table.mariia, table.halyna, table.bohdan):
        await hand.speaks(speech)
    day, title = await table.today() + timedelta(days=9), TITLES[request.param]
    await plans(table.mariia, title, day)
    heard = [await hand.hears(texts.TRAINING_INVITES, title=title) for hand in (table.halyna, table.bohdan)]
    yield Course(table, speech, day, (heard[0], heard[1]))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def full(course: Course) -> Course:
    """Halyna has the seat. Bohdan is a moment too late, and waits."""
    await course.halyna.presses(texts.I_WILL_COME)
    await course.halyna.hears(texts.TRAINING_YES, title=course.title)
    await course.bohdan.presses(texts.I_WILL_COME)
    await course.bohdan.presses(texts.WAIT_FOR_SEAT)
    course.place_in_line = await course.bohdan.hears(texts.TRAINING_WAITS, title=course.title)
    return course


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def passed_on(full: Course) -> Course:
    """A week before, Halyna says that she will come; then she cannot, and the seat is offered to Bohdan."""
    moment = await full.before(days=7)
    full.asked = await full.halyna.hears_since(moment, texts.TRAINING_REMINDER, title=full.title)
    await full.halyna.presses(texts.STILL_COME)
    await full.halyna.hears(texts.TRAINING_YES, title=full.title)
    await full.halyna.presses(texts.I_CANNOT)
    full.why_asked = await full.halyna.hears(texts.TRAINING_NO, title=full.title)
    await full.halyna.presses(texts.REASONS["illness"])
    full.offer = await full.bohdan.hears(texts.SEAT_FREE, title=full.title)
    full.offered_on = await full.table.today()
    return full


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def taken(passed_on: Course) -> Course:
    await passed_on.bohdan.presses(texts.TAKE_SEAT)
    await passed_on.bohdan.hears(texts.TRAINING_YES, title=passed_on.title)
    return passed_on


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def reminded(taken: Course) -> tuple[str, str, str]:
    """What Bohdan reads two days, a day and two hours before."""
    moment = await taken.before(days=2)
    soon = await taken.bohdan.hears_since(moment, texts.TRAINING_SOON, title=taken.title)
    await taken.bohdan.presses(texts.STILL_COME)
    moment = await taken.before(days=1)
    tomorrow = await taken.bohdan.hears_since(moment, texts.TRAINING_REMINDER, title=taken.title)
    moment = await taken.before(hours=2)
    return soon, tomorrow, await taken.bohdan.hears_since(moment, texts.TRAINING_REMINDER, title=taken.title)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def credited(taken: Course, reminded: tuple[str, str, str]) -> str:
    """The head has said that everybody came; what Bohdan reads of it."""
    assert reminded
    for _ in range(3):
        await taken.table.goes_forward(hours=1)
    await opens(taken.head, taken)
    await taken.head.presses(texts.WHO_CAME_BUTTON)
    await taken.head.hears(texts.WHO_CAME, title=taken.title)
    await taken.head.presses(texts.EVERYBODY_CAME)
    await taken.head.presses(taken.speech(texts.TICKED(label="Богдан")))
    await taken.head.presses("Богдан")
    await taken.head.presses(texts.DONE)
    await taken.head.hears(texts.ATTENDANCE_CLOSED, title=taken.title, came="1", missed="0")
    return await taken.bohdan.hears(texts.CREDITED_NUMBER, title=taken.title)


async def test_both_are_invited_to_the_one_seat(course: Course) -> None:
    for invitation in course.invitations:
        assert course.speech(course.starts_at) in invitation
        assert course.speech(texts.HOURS(HOURS)) in invitation
        assert course.speech(texts.SEATS(1)) in invitation


async def test_whoever_comes_too_late_waits_and_reads_the_place_in_the_line(full: Course) -> None:
    said = full.speech.pattern(texts.TRAINING_WAITS).search(full.place_in_line)
    assert said is not None
    assert said["place"] == "1"
    await expect(full.bohdan.standing.get_by_role("button", name=full.speech(texts.STOP_WAITING))).to_have_count(1)


async def test_a_week_before_it_is_asked_whether_the_yes_still_holds(passed_on: Course) -> None:
    assert passed_on.speech(texts.WILL_YOU_STILL) in passed_on.asked
    assert passed_on.speech(texts.WHY_NOT) in passed_on.why_asked


async def test_whoever_gives_up_a_seat_says_why_in_one_press(passed_on: Course) -> None:
    illness = texts.REASON_NOTED(reason=texts.REASONS["illness"])
    await passed_on.halyna.sees(passed_on.speech(illness))


async def test_the_seat_is_offered_to_whoever_waits_until_a_moment_that_is_said(passed_on: Course) -> None:
    said = passed_on.speech.pattern(texts.SEAT_FREE).search(passed_on.offer)
    assert said is not None
    assert passed_on.speech(passed_on.offered_on + timedelta(days=1)) in said["until"]


async def test_who_has_the_seat_takes_the_dates_into_a_calendar(taken: Course) -> None:
    [event] = await calendar(taken.bohdan)
    assert (event.title, event.place) == (taken.speech(texts.CALENDAR_TRAINING), PLACE)
    assert event.starts_at == taken.starts_at
    assert event.status == "CONFIRMED"


async def test_the_head_reads_who_comes_and_why_another_does_not(taken: Course) -> None:
    await opens(taken.head, taken)
    await taken.head.presses(texts.WHO_ANSWERED)
    answers = await taken.head.hears(texts.COMES_LINE, name="Богдан")
    assert taken.speech(texts.CANNOT_WHY_LINE(name="Галина", reason=texts.REASONS["illness"])) in answers


async def test_reminders_come_in_time_and_only_the_first_asks(taken: Course, reminded: tuple[str, str, str]) -> None:
    asks = taken.speech(texts.WILL_YOU_STILL)
    assert [asks in each for each in reminded] == [True, False, False]
    assert all(taken.speech(taken.starts_at) in each for each in reminded)
    late = taken.speech.pattern(texts.TRAINING_REMINDER_LATE)
    assert not any(late.search(each) for each in reminded)


async def test_who_cannot_come_hears_nothing_more_of_it(taken: Course, reminded: tuple[str, str, str]) -> None:
    assert reminded
    newest = await taken.halyna.standing.last.inner_text()
    assert taken.speech(texts.REASON_NOTED(reason=texts.REASONS["illness"])) in newest


async def test_who_came_reads_hours_and_number_and_opens_the_plan(taken: Course, credited: str) -> None:
    said = taken.speech.pattern(texts.CREDITED_NUMBER).search(credited)
    assert said is not None
    assert said["hours"] == taken.speech(texts.HOURS(HOURS))
    assert CERTIFICATE.fullmatch(said["certificate"].rstrip("."))
    await taken.bohdan.presses(texts.MY_PLAN)
    await taken.bohdan.hears(texts.MY_PLAN_NOTHING)
    assert await taken.bohdan.fits()


@pytest.mark.usefixtures("credited")
async def test_the_head_sees_the_month_as_a_picture_and_as_text(taken: Course) -> None:
    await taken.head.opens(texts.TRAININGS)
    await taken.head.presses(texts.MONTH)
    text = await taken.head.hears(texts.MONTH_TRAINING, title=taken.title, within=4 * PATIENCE)
    assert taken.speech(taken.day) in text
    picture = taken.head.standing.locator("img").last
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.naturalWidth") == 1080


@pytest.mark.usefixtures("credited")
async def test_a_broadcast_is_shown_to_its_writer_and_to_nobody_else(taken: Course) -> None:
    head, speech = taken.head, taken.speech
    await head.opens(texts.BROADCAST)
    await head.presses(texts.NEWS_TO_CARERS)
    await head.answers("news", "audience", "foster_parents")
    await head.writes("news", "uk", NEWS["uk"])
    await head.writes("news", "en", NEWS["en"])
    await head.answers("news", "when", "now")
    await head.presses(texts.NEWS_PREVIEW)
    above = await head.hears(texts.NEWS_ABOVE, many="2")
    assert speech(next(each.name for each in CENTRE.audiences if each.key == "foster_parents")) in above
    await expect(head.heard(NEWS[speech.language])).to_be_visible()
    for hand in (taken.halyna, taken.bohdan):
        await expect(hand.standing.filter(has_text=NEWS[speech.language])).to_have_count(0)


async def plans(head: Hand, title: str, day: date) -> None:
    """By the buttons of the form; one seat is written, no button has so few."""
    speech = head.speech
    await head.opens(texts.TRAININGS)
    await head.presses(texts.NEW_TRAINING)
    await head.writes("training", "title", title)
    await head.answers("training", "audience", "foster_parents")
    await head.picks_day("training", day)
    await head.presses("11:00", below=speech.question("training", "time"))
    await head.presses(str(HOURS), below=speech.question("training", "hours"))
    await head.writes("training", "place", PLACE)
    await head.writes("training", "capacity", "1")
    await head.presses(texts.SEND, below=speech(texts.SUMMARY))
    await head.hears(texts.TRAINING_MADE, title=title)


async def opens(head: Hand, course: Course) -> None:
    await head.opens(texts.TRAININGS)
    await head.presses(course.speech(texts.TRAINING_LINE(at=course.starts_at, title=course.title)))
    await head.hears(texts.TRAINING_STANDING, title=course.title)


async def calendar(hand: Hand) -> list[Read]:
    await hand.opens(texts.VISITS_AND_TRAININGS)
    await hand.presses(texts.TO_CALENDAR)
    link = hand.standing.locator(f'a.file[download="{hand.speech(texts.CALENDAR_NAME)}"]').last
    await expect(link).to_be_visible(timeout=PATIENCE)
    address = await link.evaluate("link => link.href")
    answer = await hand.page.request.get(address)
    return rfc5545.read(await answer.body())
