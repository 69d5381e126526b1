"""What stands written: names, guide, forms, by the place where they are shown. No chat is needed to judge them."""

from pathlib import Path

import pytest

import bot.centres
from bot.core import discretion, texts
from bot.core.centre import Centre, Words
from bot.core.filling import Form
from bot.core.forms import FORMS
from bot.core.lines import Wording
from bot.core.profile import find, load
from bot.core.questions import Asking
from bot.run.desk import COMMANDS, COMMANDS_OF_STAFF
from bot.run.language import LANGUAGES, Languages
from handlers import leaving, menu
from tests.people import MONDAY, Person, Town

PROFILES = sorted(each.stem for path in bot.centres.__path__ for each in Path(path).glob("*.toml"))


@pytest.fixture(params=PROFILES)
def centre(request: pytest.FixtureRequest) -> Centre:
    return load(find(request.param))


def said(centre: Centre, *wordings: Wording) -> list[str]:
    languages = Languages(centre)
    return [languages.say(wording, language) for wording in wordings for language in LANGUAGES]


def of_form(form: Form, centre: Centre) -> list[str]:
    """Its title, questions and options, those of the centre with them."""
    asking = Asking(centre, {}, centre.wall_clock(MONDAY))
    options = [option.label for question in form.questions for option in question.options(asking)]
    headings = [wording for question in form.questions for wording in (question.heading, question.words)]
    return said(centre, *headings, *options)


@pytest.mark.safety("S01")
def test_entries_commands_and_sections_say_nothing_to_who_looks_over_her_shoulder(centre: Centre) -> None:
    entries = said(centre, *(label for _, label in menu.FOR_ALL))
    commands = [*COMMANDS, *COMMANDS_OF_STAFF, *said(centre, *COMMANDS_OF_STAFF.values())]
    guide = said(centre, *(section.name for section in centre.guide_sections), *(item.title for item in centre.guide))
    for words in (*entries, *commands, *guide):
        assert not discretion.at_the_entrance(words), words


@pytest.mark.safety("S01")
def test_the_plainest_word_on_the_outside_is_safety_at_home(centre: Centre) -> None:
    assert said(centre, texts.SAFETY_AT_HOME) == ["Безпека вдома", "Safety at home"]
    others = said(centre, *(label for entry, label in menu.FOR_ALL if entry != "safety"))
    assert not any(discretion.telling(words) for words in others if not _of_requests(words))


def _of_requests(words: str) -> bool:
    """«My requests» and «Visits» are words of every counter, though no push may have them."""
    return bool({"звернення", "візити", "requests", "visits"} & set(words.casefold().split()))


@pytest.mark.safety("S01")
def test_the_guide_of_every_profile_is_a_guide_and_nothing_else(centre: Centre) -> None:
    for item in centre.guide:
        for words in (item.title.uk, item.title.en, item.text.uk, item.text.en):
            assert not discretion.on_the_outside(words), f"{item.key}: {discretion.on_the_outside(words)}"
            assert not discretion.unkind(words), f"{item.key}: {discretion.unkind(words)}"
            assert not discretion.links(words), f"{item.key}: {discretion.links(words)}"


@pytest.mark.safety("S01")
def test_ordinary_forms_ask_nothing_of_violence(centre: Centre) -> None:
    for form in FORMS.values():
        if not form.branch and not form.staff:
            for words in of_form(form, centre):
                assert not discretion.on_the_outside(words), f"{form.name}: {words}"


@pytest.mark.safety("S17")
def test_no_form_blames_advises_or_asks_why(centre: Centre) -> None:
    for form in FORMS.values():
        if not form.staff:
            for words in of_form(form, centre):
                assert not discretion.unkind(words), f"{form.name}: {words}"
                assert not discretion.links(words), f"{form.name}: {words}"


@pytest.mark.safety("S09")
def test_whatever_cover_she_can_choose_tells_nothing_also_in_the_sentence_around_it(centre: Centre) -> None:
    covers = discretion.covers(centre)
    pushed = said(centre, texts.GUIDE_UPDATED, *(texts.GUIDE_ITEM_NEW(title=item.title) for item in covers))
    pushed += said(centre, texts.GUIDE_OPEN)
    places = [district.name for district in centre.districts if district.key not in ("center", "centre")]
    for words in pushed:
        assert not discretion.telling(words), words
        assert not any(_named(place, words) for place in places), words


def _named(place: Words, words: str) -> bool:
    """A name of a place in any of its cases: without its last letters."""
    return any(name[:-2].casefold() in words.casefold() for name in (place.uk, place.en))


@pytest.mark.safety("S05")
def test_what_stays_when_she_has_left_tells_nothing(centre: Centre) -> None:
    hours = leaving.office_hours.__doc__ or ""
    assert not any(discretion.telling(words) for words in said(centre, texts.LEFT(hours=hours)))


@pytest.mark.safety("S02")
@pytest.mark.parametrize(("hour", "words"), [(11, "today until 20:00; at night a phone is faster"), (23, "opens")])
async def test_the_branch_opens_with_a_notice_before_any_question(
    ana: Person, olena: Person, town: Town, hour: int, words: str
) -> None:
    """Three lines: numbers, who answers and when, what cannot be undone; then the consent; the question is last."""
    assert olena.id
    town.clock.at = town.clock.at.replace(hour=hour - 2)
    await ana.presses("Safety at home")
    first, second, third, *rest = ana.last.split("\n\n")
    assert all(number in first for number in ("102", "112", "15-47"))
    assert words in second
    assert "cannot clear" in third
    assert not any("?" in line for line in (first, second, third))
    assert rest[-1].endswith("?")
    assert "Leave now" in ana.heard[-1].buttons
