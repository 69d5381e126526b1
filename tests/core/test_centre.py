import copy
import dataclasses
import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import centre, profile, routing
from bot.core.centre import Category, Centre, Deadline, GuideItem, Hours, Item, Phone, Words
from bot.core.profile import ProfileError

KYIV = ZoneInfo("Europe/Kyiv")
DEMO = profile.load(profile.find("demo"))
KALUSH = profile.load(profile.find("kalush"))
ALL = [profile.load(path) for path in sorted(profile.CENTRES.glob("*.toml"))]
EACH = pytest.mark.parametrize("profile", ALL, ids=lambda profile: profile.key)

ROUND_THE_CLOCK = Hours(frozenset(range(7)), time(0), time(0))
NIGHTS = Hours(frozenset(range(7)), time(3, 30), time(6))

Profile = dict[str, Any]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KYIV)


def everything(value: object, kind: type[Any] | tuple[type[Any], ...]) -> Iterator[Any]:
    """Every value of that kind inside a profile."""
    if isinstance(value, kind):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from everything(inner, kind)
    elif isinstance(value, dict):
        yield from everything(tuple(value.values()), kind)
    elif dataclasses.is_dataclass(value):
        for place in dataclasses.fields(value):
            yield from everything(getattr(value, place.name), kind)


def labels(profile: Centre) -> list[tuple[str, Words]]:
    titles = [(item.key, item.title) for item in profile.guide]
    rows = [*everything(profile, Item), *profile.districts, *profile.teams, *profile.phones]
    return titles + [(row.key, row.name) for row in rows]


def outside(profile: Centre) -> list[Words]:
    """What anybody reads who holds the phone: the choices, the numbers, the guide."""
    lists = (profile.needs, profile.districts, profile.audiences, profile.phones, profile.guide_sections)
    return [profile.name, profile.city, *everything((lists, profile.guide), Words)]


# The profiles that come with the bot


@EACH
def test_every_key_and_label_fits_a_button(profile: Centre) -> None:
    for key, name in labels(profile):
        assert re.fullmatch("[a-z0-9_]{1,20}", key)
        assert len(name.uk) <= 40
        assert len(name.en) <= 40


@EACH
def test_nothing_that_a_resident_reads_cheers(profile: Centre) -> None:
    assert not [words for words in everything(profile, Words) if "!" in words.uk + words.en]


@EACH
def test_ukrainian_is_written_in_ukrainian(profile: Centre) -> None:
    for words in everything(profile, Words):
        assert re.search("[а-яіїєґ]", words.uk, re.IGNORECASE)
        assert not re.search("[ыэъё]", words.uk, re.IGNORECASE)
        assert not re.search("[а-яіїєґ]", words.en, re.IGNORECASE)


@pytest.mark.safety("S01")
@EACH
def test_the_outside_never_says_violence(profile: Centre) -> None:
    said = re.compile("насил|кривд|жорсток|постраждал|violen|abus|victim|survivor", re.IGNORECASE)
    assert not [words for words in outside(profile) if said.search(words.uk + words.en)]


@pytest.mark.safety("S09")
@EACH
def test_a_title_of_the_guide_may_stand_on_a_lock_screen(profile: Centre) -> None:
    forbidden = re.compile(
        r"насильств|бригад|психолог|поліц|притул|зверн|\bсправ|візит|\bкод\b|чергов"
        r"|violen|brigade|psycholog|police|shelter|\bcases?\b|visit|\bcode\b|on duty|\d{3}",
        re.IGNORECASE,
    )
    titles = [item.title for item in profile.guide] + [section.name for section in profile.guide_sections]
    assert not [title for title in titles if forbidden.search(f"{title.uk} {title.en}")]


@pytest.mark.safety("S02")
@EACH
def test_the_first_screen_has_its_three_numbers(profile: Centre) -> None:
    assert [phone.number for phone in profile.urgent_phones] == ["102", "112", "15-47"]


@pytest.mark.safety("S21")
@EACH
def test_a_child_sees_the_line_for_children_first(profile: Centre) -> None:
    assert profile.child_phones[0].number == "116 111"
    assert {phone.number for phone in profile.child_phones} >= {"102", "112"}


@EACH
def test_nothing_counts_as_verified_before_the_centre_has_verified_it(profile: Centre) -> None:
    dated = everything(profile, (Deadline, Phone, Hours, GuideItem))
    assert not [row for row in dated if row.verified_on]
    assert not profile.lawyer_confirmed


@EACH
def test_every_deadline_says_what_it_rests_on(profile: Centre) -> None:
    assert set(profile.deadlines) == set(centre.DEADLINES)
    assert all(deadline.basis and deadline.mark for deadline in profile.deadlines.values())
    assert all(profile.deadline(key).key == key for key in centre.DEADLINES)


@pytest.mark.safety("S27")
@EACH
def test_what_is_kept_is_kept_as_long_as_the_rules_say(profile: Centre) -> None:
    kept = profile.retention
    assert (kept.branch_draft_minutes, kept.branch_sweep_minutes) == (30, 60)
    assert (kept.chat_copy_hours, kept.key_hours, kept.draft_days) == (47, 48, 14)


def test_the_demo_shows_every_need_every_section_and_every_service() -> None:
    assert 6 <= len(DEMO.needs) <= 9
    assert len(DEMO.guide) >= 14
    assert [service.counts_under for service in DEMO.services] == list(centre.SERVICES)
    assert [team.key for team in DEMO.teams] == [
        "brigade", "district_specialists", "psychologist", "foster_care", "lawyer",
    ]  # fmt: skip


def test_kalush_prints_its_nineteen_categories_in_its_own_order() -> None:
    assert [category.key for category in KALUSH.categories] == list(centre.CATEGORIES[:19])
    assert KALUSH.categories[0].printed.startswith("Постраждалі від жорстокого поводження")


def test_kalush_names_nine_services_and_four_kinds_of_intake() -> None:
    assert len(KALUSH.services) == 9
    assert {kind.key for kind in KALUSH.intake} == set(centre.INTAKE)


@pytest.mark.parametrize("ours", [each for each in ALL if each.key != "demo"], ids=lambda ours: ours.key)
def test_no_real_centre_invents_a_phone_of_its_own(ours: Centre) -> None:
    assert {phone.number for phone in ours.phones} < {phone.number for phone in DEMO.phones}


# Looking things up


@EACH
def test_every_list_of_districts_ends_with_not_said(profile: Centre) -> None:
    assert profile.districts[-1].name == Words("не вказано", "not said")
    assert profile.district("unknown") == profile.districts[-1]


def test_a_district_that_is_no_more_counts_as_not_said() -> None:
    assert DEMO.district("sadovyi").name.uk == "Садовий"
    assert DEMO.district("dissolved").key == "unknown"


def test_teams_and_phones_are_found_by_their_keys() -> None:
    assert DEMO.team("lawyer").roles == ("lawyer",)
    assert DEMO.phone("legal_aid").number == "0 800 213 103"


def test_a_category_is_valid_to_its_last_day() -> None:
    covid = Category("covid_appeals", Words("COVID", "COVID"), "covid_appeals", date(2020, 3, 12), date(2023, 6, 30))
    assert covid.valid_on(date(2020, 3, 12))
    assert covid.valid_on(date(2023, 6, 30))
    assert not covid.valid_on(date(2023, 7, 1))
    assert not covid.valid_on(date(2020, 3, 11))


def test_a_category_without_dates_is_always_valid() -> None:
    assert DEMO.categories[0].valid_on(date(1991, 8, 24))


def test_a_name_finds_a_profile_of_ours_and_a_path_finds_a_file() -> None:
    assert profile.find("kalush").name == "kalush.toml"
    assert profile.find("/etc/poruch/ours.toml") == Path("/etc/poruch/ours.toml")


def test_an_unknown_centre_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ProfileError, match=r"«lviv» is not a centre; allowed: .*demo.*kalush.*\.toml file"):
        profile.find("lviv")


def test_a_file_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"^ours\.toml: the file cannot be read: "):
        profile.load(tmp_path / "ours.toml")


def test_a_file_that_is_not_toml_is_said_with_its_line(tmp_path: Path) -> None:
    broken = tmp_path / "ours.toml"
    broken.write_text('key = "ours\n', encoding="utf-8")
    with pytest.raises(ProfileError, match=r"^ours\.toml: this is not TOML in UTF-8: .*line 1"):
        profile.load(broken)


def test_a_file_in_an_old_encoding_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "ours.toml"
    broken.write_bytes('city = "Калуш"'.encode("cp1251"))
    with pytest.raises(ProfileError, match="this is not TOML in UTF-8"):
        profile.load(broken)


def test_a_file_saved_by_notepad_is_read(tmp_path: Path) -> None:
    saved = tmp_path / "ours.toml"
    saved.write_text(profile.find("demo").read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert profile.load(saved) == DEMO


# When the centre is open


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-26 07:59:59", False),
        ("2026-11-26 08:00", True),
        ("2026-11-26 19:59:59", True),
        ("2026-11-26 20:00", False),
        ("2026-11-28 12:00", False),  # Saturday
        ("2026-12-25 12:00", False),  # a day off of the demo's own calendar, a Friday
        ("2026-12-24 12:00", True),
    ],
)
def test_the_centre_is_open_in_its_hours(moment: str, is_open: bool) -> None:
    assert DEMO.open_at(at(moment)) is is_open


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-26 02:00", "2026-11-26 08:00"),
        ("2026-11-26 08:00", "2026-11-27 08:00"),
        ("2026-11-26 21:00", "2026-11-27 08:00"),
        ("2026-11-27 20:00", "2026-11-30 08:00"),  # over a weekend
        ("2026-12-24 20:00", "2026-12-28 08:00"),  # over a day off and a weekend
        ("2026-12-31 23:59", "2027-01-04 08:00"),
        ("2026-03-27 20:00", "2026-03-30 08:00"),  # the clock goes forward on Sunday
        ("2026-10-23 20:00", "2026-10-26 08:00"),  # the clock goes back on Sunday
    ],
)
def test_the_next_opening_is_the_next_working_morning(moment: str, opening: str) -> None:
    assert DEMO.next_opening(at(moment)) == at(opening)


def test_the_weekend_is_an_hour_shorter_in_spring_and_longer_in_autumn() -> None:
    spring, autumn = at("2026-03-27 20:00"), at("2026-10-23 20:00")
    assert DEMO.next_opening(spring) - spring.astimezone(UTC) == timedelta(hours=59)
    assert DEMO.next_opening(autumn) - autumn.astimezone(UTC) == timedelta(hours=61)


def test_a_moment_of_another_zone_is_read_by_the_centre_clock() -> None:
    assert DEMO.open_at(datetime(2026, 11, 26, 6, 0, tzinfo=UTC))
    assert not DEMO.open_at(datetime(2026, 11, 26, 5, 59, tzinfo=UTC))
    assert DEMO.open_at(datetime(2026, 7, 2, 5, 0, tzinfo=UTC))
    assert DEMO.next_opening(datetime(2026, 11, 26, 5, 59, tzinfo=UTC)).utcoffset() == timedelta(hours=2)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        DEMO.open_at(datetime(2026, 11, 26, 12, 0))  # noqa: DTZ001 - this is the mistake


def test_a_day_off_is_no_working_day() -> None:
    assert DEMO.works_on(date(2026, 12, 24))
    assert not DEMO.works_on(date(2026, 12, 25))
    assert not DEMO.works_on(date(2026, 12, 26))


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
@pytest.mark.parametrize("minutes", range(0, 6 * 60, 30))
def test_round_the_clock_means_every_hour_of_the_days_that_jump(day: str, minutes: int) -> None:
    always = dataclasses.replace(DEMO, hours=(ROUND_THE_CLOCK,))
    midnight = at(day).astimezone(UTC)
    assert always.open_at(midnight + timedelta(minutes=minutes))


def test_an_opening_in_the_hour_that_does_not_exist_is_moved_into_one_that_does() -> None:
    nightly = dataclasses.replace(DEMO, hours=(NIGHTS,))
    opening = nightly.next_opening(at("2026-03-29 01:00"))
    assert opening == at("2026-03-29 04:30")
    assert nightly.open_at(opening)


def test_an_opening_in_the_hour_that_comes_twice_happens_once() -> None:
    nightly = dataclasses.replace(DEMO, hours=(NIGHTS,))
    first = nightly.next_opening(at("2026-10-25 01:00"))
    assert first.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert nightly.next_opening(first) == at("2026-10-26 03:30")


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(MOMENTS)
def test_the_next_opening_is_ahead_and_the_centre_is_open_then(moment: datetime) -> None:
    opening = DEMO.next_opening(moment)
    assert opening > moment
    assert DEMO.open_at(opening)
    assert not DEMO.open_at(opening - timedelta(seconds=1))


@given(MOMENTS, st.floats(0, 1))
def test_a_closed_centre_stays_closed_until_the_next_opening(moment: datetime, share: float) -> None:
    opening = DEMO.next_opening(moment)
    between = moment + (opening.astimezone(UTC) - moment) * share
    assert DEMO.open_at(moment) or between >= opening or not DEMO.open_at(between)


# Who takes a case


@pytest.mark.parametrize(
    ("facts", "team"),
    [
        ({"form": "safety", "urgency": "emergency"}, "brigade"),
        ({"form": "help", "urgency": "emergency", "need": "money"}, "brigade"),
        ({"form": "safety", "urgency": "planned"}, "brigade"),
        ({"form": "help", "urgency": "planned", "need": "feelings"}, "psychologist"),
        ({"form": "help", "urgency": "planned", "need": "divorce"}, "lawyer"),
        ({"form": "staff", "urgency": "planned", "category": "foster_families"}, "foster_care"),
        ({"form": "help", "urgency": "planned", "need": "money"}, "district_specialists"),
        ({}, "district_specialists"),
    ],
)
def test_a_case_goes_to_the_first_team_that_fits(facts: dict[str, str], team: str) -> None:
    assert routing.decide(facts, DEMO).team == team


FACTS = st.dictionaries(
    st.sampled_from(["urgency", "form", "need", "category", "child", "intake", "district", "weather"]),
    st.sampled_from(["emergency", "safety", "feelings", "foster_families", "yes", "unknown", "sunny"])
    | st.text("abc ", max_size=5),
)


@EACH
@given(facts=FACTS)
def test_no_case_is_left_without_a_team(profile: Centre, facts: dict[str, str]) -> None:
    assert profile.team(routing.decide(facts, profile).team).roles


# What is refused, and in which words

RAW = tomllib.loads(profile.find("demo").read_text(encoding="utf-8"))


def put(*path: str | int, value: object) -> Callable[[Profile], None]:
    def change(data: Any) -> None:
        for name in path[:-1]:
            data = data[name]
        data[path[-1]] = value

    return change


def cut(*path: str | int) -> Callable[[Profile], None]:
    def change(data: Any) -> None:
        for name in path[:-1]:
            data = data[name]
        del data[path[-1]]

    return change


def more(name: str, row: object) -> Callable[[Profile], None]:
    return lambda data: data[name].append(row)


REFUSED = [
    (
        put("teams", 1, "roles", value=["brigad"]),
        f"teams[2].roles: «brigad» is not a role; allowed: {', '.join(centre.STAFF_ROLES)}",
    ),
    (put("teams", 0, "roles", value=[]), "teams[1].roles: the list is too short; at least 1 needed"),
    (put("teams", 0, "roles", value="brigade"), "teams[1].roles: «brigade» is not a list"),
    (
        put("teams", 0, "by_district", value="yes"),
        "teams[1].by_district: «yes» is not yes or no; allowed: true, false",
    ),
    (
        put("teams", 0, "rolse", value=[]),
        "teams[1]: «rolse» is not known here; allowed: key, name, roles, by_district",
    ),
    (cut("teams", 2, "roles"), "teams[3]: «roles» is missing"),
    (put("colour", value="red"), "«colour» is not known here; allowed: key, name, city, timezone, "),
    (cut("phones"), "«phones» is missing"),
    (put("needs", value=[]), "needs: the list is too short; at least 1 needed"),
    (put("needs", 0, value="money"), "needs[1]: «money» is not a table of names and values"),
    (
        put("needs", 0, "key", value="гроші"),
        "needs[1].key: «гроші» is not a key; allowed: 1 to 20 of a-z, 0-9 and _",
    ),
    (
        put("needs", 0, "key", value="a" * 21),
        f"needs[1].key: «{'a' * 21}» is not a key; allowed: 1 to 20 of a-z, 0-9 and _",
    ),
    (put("needs", 1, "key", value="money"), "needs: the key «money» stands there twice"),
    (
        put("needs", 0, "name", "uk", value="г" * 41),
        "needs[1].name.uk: the text has 41 characters; allowed: 40 at most",
    ),
    (
        put("needs", 0, "name", "en", value=" "),
        "needs[1].name.en: « » is not a text; write some words in quotes",
    ),
    (cut("needs", 0, "name", "en"), "needs[1].name: «en» is missing"),
    (put("needs", 0, "name", "pl", value="x"), "needs[1].name: «pl» is not known here; allowed: uk, en"),
    (put("key", value=7), "key: «7» is not a key; allowed: 1 to 20 of a-z, 0-9 and _"),
    (put("timezone", value="Kyiv"), "timezone: «Kyiv» is not a time zone; write it as Europe/Kyiv"),
    (put("timezone", value="../etc"), "timezone: «../etc» is not a time zone; write it as Europe/Kyiv"),
    (put("lawyer_confirmed", value=1), "lawyer_confirmed: «1» is not yes or no; allowed: true, false"),
    (put("hours", value=[]), "hours: the list is too short; at least 1 needed"),
    (
        put("hours", 0, "days", value=["пн"]),
        "hours[1].days: «пн» is not a day of the week; allowed: mon, tue, wed, thu, fri, sat, sun",
    ),
    (put("hours", 0, "opens", value="8"), 'hours[1].opens: «8» is not a time of day; write it as "8:00"'),
    (
        put("hours", 0, "closes", value="24:00"),
        'hours[1].closes: «24:00» is not a time of day; write it as "8:00"',
    ),
    (
        put("hours", 0, "closes", value="7:00"),
        "hours[1].closes: it closes before it opens; 0:00 is the end of the day, a night is two rows",
    ),
    (
        put("hours", 0, "verified_on", value="вчора"),
        "hours[1].verified_on: «вчора» is not a date; write it as 2026-11-26, without quotes",
    ),
    (
        put("holidays", value=["2026-12-25"]),
        "holidays[1]: «2026-12-25» is not a date; write it as 2026-11-26, without quotes",
    ),
    (
        put("holidays", value=[datetime(2026, 12, 25, 8, 0, tzinfo=UTC)]),
        "holidays[1]: «2026-12-25 08:00:00+00:00» is not a date; write it as 2026-11-26, without quotes",
    ),
    (
        put("categories", 0, "key", value="beaten"),
        "categories[1].key: «beaten» is not a shared identifier; allowed: dv_survivors, single_mothers, ",
    ),
    (
        put("categories", 0, "counts_under", value="idps"),
        "categories[1].counts_under: «idps» is not a shared identifier; allowed: dv_survivors, ",
    ),
    (
        lambda data: data["categories"][0].update(valid_from=date(2024, 1, 2), valid_to=date(2024, 1, 1)),
        "categories[1].valid_to: «2024-01-01» is before «2024-01-02», the day it starts",
    ),
    (
        put("audiences", 0, "key", value="teachers"),
        "audiences[1].key: «teachers» is not a shared identifier; allowed: foster_parents, ",
    ),
    (cut("deadlines", "notify_police"), "deadlines: «notify_police» is missing"),
    (
        put("deadlines", "notify_police", "value", value=0),
        "deadlines.notify_police.value: «0» does not fit; allowed: a whole number from 1 to 1000",
    ),
    (
        put("deadlines", "notify_police", "value", value=True),
        "deadlines.notify_police.value: «True» does not fit; allowed: a whole number from 1 to 1000",
    ),
    (
        put("deadlines", "notify_police", "unit", value="weeks"),
        "deadlines.notify_police.unit: «weeks» is not a unit; allowed: minutes, hours, ",
    ),
    (
        put("deadlines", "notify_police", "from", value="birth"),
        "deadlines.notify_police.from: «birth» is not a beginning; allowed: report, receipt, decision, ",
    ),
    (
        put("deadlines", "notify_police", "mark", value="?"),
        "deadlines.notify_police.mark: «?» is not a mark; allowed: S, S2, M, P",
    ),
    (cut("deadlines", "notify_police", "basis_uk"), "deadlines.notify_police: «basis_uk» is missing"),
    (
        put("phones", 0, "number", value="one-o-two"),
        "phones[1].number: «one-o-two» is not a phone; allowed: digits, spaces, brackets, dashes",
    ),
    (
        lambda data: [phone.pop("urgent", None) for phone in data["phones"]],
        "phones: no phone is urgent; at least one needs «urgent = true»",
    ),
    (
        lambda data: [phone.pop("child", None) for phone in data["phones"]],
        "phones: no phone is for children; at least one needs «child = true»",
    ),
    (
        put("routes", 0, "team", value="firemen"),
        "routes[1].team: «firemen» is not a team of this profile; allowed: brigade, district_specialists, ",
    ),
    (
        put("routes", 0, "when", value={"weather": ["rain"]}),
        "routes[1].when: «weather» is not known here; allowed: urgency, form, child, need, ",
    ),
    (
        put("routes", 0, "when", value={"urgency": ["asap"]}),
        "routes[1].when.urgency: «asap» is not an answer; allowed: emergency, planned, info",
    ),
    (
        put("routes", 3, "when", "need", value=["gold"]),
        "routes[4].when.need: «gold» is not an answer; allowed: money, care, ",
    ),
    (
        put("routes", value=[{"team": "brigade", "when": {"urgency": ["emergency"]}}]),
        "routes: urgency=planned: no route; add one, or let the last have no «when»",
    ),
    (
        put("teams", 4, "roles", value=["admin", "dispatcher"]),
        "teams[5].roles: nobody in this team could take a case; it needs a role besides dispatcher, admin",
    ),
    (
        put("routes", 0, "priority", value=10),
        "routes[1].priority: «10» does not fit; allowed: a whole number from 0 to 9",
    ),
    (
        put("routes", 0, "deadlines", value=["soon"]),
        "routes[1].deadlines: «soon» is not a deadline; allowed: brigade_urgent_help, ",
    ),
    (put("duty_check", value="2 pm"), 'duty_check: «2 pm» is not a time of day; write it as "8:00"'),
    (more("routes", {"team": "lawyer"}), "routes: route 6 takes every case; those after it are never read"),
    (
        put("guide", 0, "section", value="sport"),
        "guide[1].section: «sport» is not a section of this guide; allowed: hours, payments, ",
    ),
    (
        put("guide", 0, "text", "uk", value="г" * 901),
        "guide[1].text.uk: the text has 901 characters; allowed: 900 at most",
    ),
    (
        put("guide", 0, "owner", value="nobody"),
        "guide[1].owner: «nobody» is not a role; allowed: specialist, ",
    ),
    (
        more("guide_sections", {"key": "sport", "name": {"uk": "Спорт", "en": "Sport"}}),
        "guide: the section «sport» has no item, its button would open nothing",
    ),
    (
        put("retention", "chat_copy_hours", value=48),
        "retention.chat_copy_hours: «48» does not fit; allowed: a whole number from 1 to 47",
    ),
    (
        put("districts", 0, "counts_under", value="Центр"),
        "districts[1].counts_under: «Центр» is not an identifier; allowed: 1 to 60 of a-z, 0-9 and _",
    ),
    (
        put("districts", 0, "counts_under", value="a" * 61),
        f"districts[1].counts_under: «{'a' * 40}» is not an identifier; allowed: 1 to 60 of a-z, 0-9 and _",
    ),
    (
        put("helpline_topics", 0, "key", value="weather"),
        "helpline_topics[1].key: «weather» is not a shared identifier; allowed: interpersonal, ",
    ),
    (
        cut("helpline_topics", -1),
        "helpline_topics: «silent» is missing; calls in which nobody speaks are counted too",
    ),
    (
        put("day_centre", "places", value=0),
        "day_centre.places: «0» does not fit; allowed: a whole number from 1 to 1000",
    ),
    (cut("day_centre", "days"), "day_centre: «days» is missing"),
    (
        put("day_centre", "routes", value=["taxi"]),
        "day_centre.routes: «taxi» is not a way in; allowed: phone, in_person, brigade, police",
    ),
    (put("report_tables", 0, "id", value="R23"), "report_tables[1].id: «R23» is not a table; allowed: R1, R2, "),
    (put("report_tables", 1, "id", value="R1"), "report_tables: the table «R1» stands there twice"),
    (
        put("report_tables", 0, "by", value="month"),
        "report_tables[1].by: «month» is not what a table is divided by; allowed: district",
    ),
    (
        put("report_tables", 0, "title", value="г" * 101),
        "report_tables[1].title: the text has 101 characters; allowed: 100 at most",
    ),
    (
        put("report_tables", 0, "prose", value="Надійшло {total звернень."),
        "report_tables[1].prose: a brace is open or closed alone; a blank is written {total} or {key of a row}",
    ),
    (
        put("report_tables", 0, "prose", value="Надійшло {усього} звернень."),
        "report_tables[1].prose: «{усього}» is not a blank; write {total} or {key of a row}",
    ),
    (
        put("report_tables", 0, "prose", value="Надійшло {total:>9} звернень."),
        "report_tables[1].prose: «{total}» is not a blank; write {total} or {key of a row}",
    ),
    (
        put("report_tables", 0, "prose", value="Надійшло {total.letters}."),
        "report_tables[1].prose: «{total.letters}» is not a blank; write {total} or {key of a row}",
    ),
    (
        put("report_tables", 0, "prose", value="Надійшло {} звернень."),
        "report_tables[1].prose: «{}» is not a blank; write {total} or {key of a row}",
    ),
    (put("signed_by", value="Директор"), "signed_by: «Директор» is not a table of names and values"),
    (
        put("guide_check", "days", value="90"),
        "guide_check.days: «90» does not fit; allowed: a whole number from 1 to 366",
    ),
]


@pytest.mark.parametrize(("spoil", "sentence"), REFUSED, ids=[sentence for _, sentence in REFUSED])
def test_a_mistake_is_refused_in_plain_words(spoil: Callable[[Profile], None], sentence: str) -> None:
    data = copy.deepcopy(RAW)
    spoil(data)
    with pytest.raises(ProfileError) as refused:
        profile.parse(data, file="ours.toml")
    assert str(refused.value).startswith(f"ours.toml: {sentence}")


def test_a_profile_may_place_not_said_where_it_likes() -> None:
    data = copy.deepcopy(RAW)
    data["districts"].insert(0, {"key": "unknown", "name": {"uk": "Не кажу", "en": "I would rather not say"}})
    assert profile.parse(data, file="ours.toml").districts[0].name.uk == "Не кажу"
    assert len(profile.parse(data, file="ours.toml").districts) == len(DEMO.districts)


def test_a_second_person_is_asked_for_only_where_the_profile_says_so() -> None:
    data = copy.deepcopy(RAW)
    data.pop("second_person", None)
    assert not profile.parse(data, file="ours.toml").second_person
    data["second_person"] = True
    assert profile.parse(data, file="ours.toml").second_person
    data["second_person"] = "yes"
    with pytest.raises(ProfileError, match="second_person: «yes» is not yes or no; allowed: true, false"):
        profile.parse(data, file="ours.toml")


def test_a_profile_without_needs_and_without_a_time_for_visits_has_all_ten_and_an_hour() -> None:
    data = copy.deepcopy(RAW)
    data.pop("needs_met", None)
    data.pop("visit_minutes", None)
    data.pop("plan_on", None)
    ours = profile.parse(data, file="ours.toml")
    assert tuple(item.counts_under for item in ours.needs_met) == centre.NEEDS_MET
    assert (ours.visit_minutes, ours.plan_on) == (60, "last")


def test_a_profile_may_list_the_needs_of_its_own_table_and_say_how_long_a_visit_takes() -> None:
    data = copy.deepcopy(RAW)
    data["needs_met"] = [{"key": "home", "counts_under": "housing", "name": {"uk": "Дах", "en": "A roof"}}]
    data["visit_minutes"], data["plan_on"] = 45, "first"
    ours = profile.parse(data, file="ours.toml")
    assert [(item.key, item.counts_under) for item in ours.needs_met] == [("home", "housing")]
    assert (ours.visit_minutes, ours.plan_on) == (45, "first")
    data["needs_met"][0]["counts_under"] = "roof"
    with pytest.raises(ProfileError, match="«roof» is not a shared identifier"):
        profile.parse(data, file="ours.toml")
    data["needs_met"][0]["counts_under"], data["visit_minutes"] = "housing", 5
    with pytest.raises(ProfileError, match="visit_minutes: «5» does not fit"):
        profile.parse(data, file="ours.toml")


def test_a_profile_may_say_where_goes_what_recurs_when_the_centre_does_not_work() -> None:
    data = copy.deepcopy(RAW)
    data.pop("working_day_shift", None)
    assert profile.parse(data, file="ours.toml").working_day_shift == "next"
    data["working_day_shift"] = "previous"
    assert profile.parse(data, file="ours.toml").working_day_shift == "previous"
    data["working_day_shift"] = "later"
    with pytest.raises(
        ProfileError, match="«later» is not a way to move what recurs; allowed: none, next, previous, skip"
    ):
        profile.parse(data, file="ours.toml")


def test_a_profile_that_says_nothing_of_reports_goes_on_loading_and_prints_everything() -> None:
    said = ("helpline_topics", "day_centre", "report_tables", "signed_by")
    ours = profile.parse({name: value for name, value in RAW.items() if name not in said}, file="ours.toml")
    assert tuple(topic.identifier for topic in ours.helpline_topics) == centre.TOPICS
    assert (ours.day_centre, ours.report_tables, ours.signed_by) == (None, (), centre.SIGNED_BY)


def test_a_profile_says_what_is_printed_in_which_order_and_in_which_words() -> None:
    data = copy.deepcopy(RAW)
    data["report_tables"] = [
        {"id": "R9", "title": "Послуги", "prose": "Надано {total}, з них порад {counselling}."},
        {"id": "R3", "by": ""},
        {"id": "R10", "by": "district"},
    ]
    data["signed_by"] = {"uk": "Начальник", "en": "Chief"}
    ours = profile.parse(data, file="ours.toml")
    assert [(table.id, table.by) for table in ours.report_tables] == [("R9", ""), ("R3", ""), ("R10", "district")]
    assert ours.report_tables[0].title == "Послуги"
    assert ours.report_tables[0].prose.format(total=5, counselling=3) == "Надано 5, з них порад 3."
    assert ours.signed_by == Words("Начальник", "Chief")


def test_a_day_centre_may_be_entered_in_every_way_where_the_profile_does_not_say() -> None:
    data = copy.deepcopy(RAW)
    data["day_centre"] = {"places": 6, "rooms": 2, "days": 10}
    assert profile.parse(data, file="ours.toml").day_centre == centre.DayCentre(6, 2, 10, centre.ENTRY_ROUTES)
    data["day_centre"]["routes"] = ["police"]
    assert profile.parse(data, file="ours.toml").day_centre == centre.DayCentre(6, 2, 10, ("police",))


def test_a_verified_row_carries_its_date() -> None:
    data = copy.deepcopy(RAW)
    data["phones"][0]["verified_on"] = date(2026, 11, 26)
    assert profile.parse(data, file="ours.toml").phones[0].verified_on == date(2026, 11, 26)


def test_a_profile_without_norms_goes_on_loading_and_has_no_plans_and_no_numbers() -> None:
    data = {name: value for name, value in RAW.items() if name not in ("training_plans", "certificates")}
    centre = profile.parse(data, file="ours.toml")
    assert (centre.training_plans, centre.certificates) == ((), "")


def test_a_norm_without_months_has_those_of_the_term_for_carers() -> None:
    months = {norm.audience: norm.months for norm in DEMO.training_plans}
    assert months["foster_parents"] == DEMO.deadline("carer_training").value


def _norms(**changed: object) -> Profile:
    row = {"audience": "guardians", "hours": 12, "basis_uk": "Б", "mark": "P", "verified_on": ""}
    return copy.deepcopy(RAW) | {"training_plans": [row | changed]}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            _norms(audience="aunts"),
            r"training_plans\[1\].audience: «aunts» is not an audience; allowed: foster_parents",
        ),
        (_norms(hours=0), r"training_plans\[1\].hours: «0» does not fit; allowed: a whole number from 1 to 1000"),
        (_norms(months=500), r"training_plans\[1\].months: «500» does not fit"),
        (_norms() | {"training_plans": _norms()["training_plans"] * 2}, "training_plans: «guardians» stands twice"),
        (copy.deepcopy(RAW) | {"certificates": "{n}"}, "certificates: «{n}» does not tell numbers apart"),
        (copy.deepcopy(RAW) | {"certificates": "{year}/{m}"}, "certificates: «{year}/{m}» does not tell numbers apart"),
    ],
)
def test_a_wrong_norm_is_told_plainly(data: Profile, sentence: str) -> None:
    with pytest.raises(ProfileError, match=rf"^ours\.toml: {sentence}"):
        profile.parse(data, file="ours.toml")
