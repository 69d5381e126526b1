"""A city centre from one evening to the next: nothing is lost, nobody is called too often, every case has its end."""

import contextlib
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from time import perf_counter

import pytest
import pytest_asyncio

from bot.core import texts
from bot.sandbox.clock import Clock
from tests.process import city as of
from tests.process.city import (
    BY_DAY,
    BY_NIGHT,
    DAY_TRIP,
    DEPUTY,
    DISMISSED,
    DISPATCHER,
    FIRST_AT_NIGHT,
    FOSTER,
    HEAD,
    LAWYER,
    OF_A_CHILD,
    OF_DISTRICT,
    OF_VIOLENCE,
    OTHERS,
    City,
    together,
)
from tests.process.console import console
from tests.process.speech import UK
from tests.process.town import Registry, Town, at

pytestmark = pytest.mark.asyncio(loop_scope="module")

REPORTS = 60
HANDED_ON = 5
"""Cases of the two who fell ill and of the one who was dismissed; every other return is a lapse."""


@dataclass(frozen=True)
class Row:
    """A case as the database has it at the end."""

    holder: str | None
    state: str
    returns: int
    missed: frozenset[str]
    tasks: frozenset[tuple[str, str]]
    visit: tuple[str, str] | None


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def day(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[City]:
    """The whole day, walked through; the bot has been stopped."""
    place = tmp_path_factory.mktemp("city")
    (place / "empty").mkdir()
    clock = Clock(place / "clock")
    evening = at(of.sunday_after(clock.now()), "20:30")
    clock.forward(evening.timestamp() - clock.now())
    registry = Registry(place / "empty", {}, place / "clock")
    async with Town.opened(place / "town", registry, CENTRE=str(of.of_a_city(place))) as town, console(town) as runs:
        city = City(town, runs, place, evening.date())
        town.world.watchers.append(city.hears_all)
        began = perf_counter()
        await _settles_in(city)
        await _evening(city)
        await _night(city)
        await _opening(city)
        await _ill(city)
        await _morning(city)
        await _noon(city)
        await _afternoon(city)
        await _power_cut(city)
        await _last_hours(city)
        city.ids = await _ids(city)
        city.updates = town.count("SELECT count(*) FROM inbox")
        assert await town.bot.stop() == 0
        city.seconds = perf_counter() - began
        yield city


async def _settles_in(city: City) -> None:
    """Everybody joins by invitation; the roster comes from a table."""
    for district, name in OF_DISTRICT.items():
        await city.joins(name, "specialist", "--district", district)
    for name in (*BY_DAY, *BY_NIGHT):
        await city.joins(name, "brigade")
    for role, names in OTHERS.items():
        for name in names:
            await city.joins(name, role)
    await city.joins("Поліція", "partner", "--source", "police")
    (city.town.place / "week.csv").write_text(of.roster(), encoding="utf-8")
    planned = await city.runs("duty", "import", "week.csv")
    assert planned.status == 0, planned.err
    assert "for 20 people" in planned.out
    await city.town.settles()
    city.mark("settled")


async def _evening(city: City) -> None:
    """Sunday 21:05: what is urgent calls the night shift, and only it; what is planned calls nobody."""
    first, second = BY_NIGHT
    await city.comes("21:05", days=0)
    await together(
        city.file("a1", "safety", "amur"),
        city.file("a2", "safety", "sobornyi", danger="later"),
        city.file("a3", "help", "samarskyi"),
        city.file("a4", "help", "sobornyi", need="feelings"),
        city.file("a5", "help", "amur", need="divorce"),
        city.file("a6", "other", "chechelivskyi"),
        city.file("a7", "child", "industrialnyi"),
        city.file("a8", "notice", "tsentralnyi", danger="now"),
        city.file("a9", "help", "shevchenkivskyi"),
        city.file("a10", "other", "novokodatskyi", danger="now"),
    )
    await city.town.rests()
    city.mark("evening")
    await together(city.take(first, "a1"), city.take(second, "a2", "a10"))
    await city.take(first, "a7", contact=False)
    await city.plans("a1", "22:30")
    await city.comes("21:27", days=0)
    await city.take(DEPUTY, "a8")
    await city.comes("21:40", days=0)
    city.lapsed("a7")
    await city.take(second, "a7")
    await city.comes("22:25", days=0)
    await city.goes("a1", texts.ON_THE_WAY, texts.INSIDE)
    await city.comes("23:00", days=0)
    await city.goes("a1", texts.OUT, texts.HELD)


async def _night(city: City) -> None:
    """Monday 2:00: one that nobody takes climbs the ladder to the deputy, and comes again an hour later."""
    first, second = BY_NIGHT
    await city.comes("02:00")
    await together(
        city.file("b1", "safety", "chechelivskyi"),
        city.file("b2", "safety", "amur", danger="later", write="no"),
        city.file("b3", "help", "sobornyi"),
        city.file("b4", "help", "novokodatskyi"),
        city.file("b5", "help", "tsentralnyi"),
        city.file("b6", "help", "amur"),
    )
    await city.take(first, "b1")
    for clock in ("02:04", "02:09", "02:14", "02:19", "02:25"):
        await city.comes(clock)
        city.mark(clock)
    await city.comes("03:03")
    city.late("b2", missed=(FIRST_AT_NIGHT,))
    await city.gives(HEAD, "b2", second)
    await city.in_touch("b2")


async def _opening(city: City) -> None:
    """At eight those of the day are called to what the night has brought; the weekend's notices are entered."""
    city.mark("closed")
    await city.comes("08:01")
    city.mark("open")
    await together(
        city.take("Юрій", "a3"),
        city.take("Віра", "a4"),
        city.take("Надія", "a6"),
        city.take("Роман", "a9", contact=False),
        city.take("Софія", "b3"),
        city.take("Ганна", "b4"),
        city.take("Остап", "b5"),
        city.take("Олена", "b6"),
        city.take(LAWYER, "a5", contact=False),
    )
    saturday = f"{city.sunday - timedelta(days=1):%d.%m}"
    for place in range(1, 6):
        await city.enters(f"w{place}", "sobornyi", received=f"{saturday} 14:{place:02}")
    await city.town.rests()
    city.mark("weekend")
    await city.take_batch("Софія", "w1", "w2", "w3", "w4")
    await city.enters("w6", "chechelivskyi", urgency="emergency", violence="yes")
    await city.take(BY_DAY[0], "w6")
    await city.enters("w7", "amur", category="foster_families")
    await city.take(FOSTER, "w7")
    await city.comes("08:17")
    city.late("a5", "a9", "w5")
    await city.in_touch("a5")


async def _ill(city: City) -> None:
    """Two fall ill and hand on what they have; one forgets a case, and the dispatcher gives it to somebody else."""
    await city.comes("08:22")
    await city.falls_ill("Ганна", "b4")
    await city.falls_ill("Віра", "a4")
    await city.town.rests()
    await together(city.take("Юрій", "b4"), city.take("Любов", "a4"))
    await city.comes("08:36")
    city.lapsed("a9")
    await city.comes("09:00")
    await city.gives(DISPATCHER, "a9", "Олена")
    await city.in_touch("a9")
    await city.take("Софія", "w5")


async def _morning(city: City) -> None:
    """Half past nine: a busy hour. Who takes a case and is not in touch loses it to the other of the shift."""
    first, second = BY_DAY
    await city.comes("09:30")
    await together(
        city.file("d1", "safety", "sobornyi"),
        city.file("d2", "safety", "shevchenkivskyi", danger="later"),
        city.file("d3", "help", "novokodatskyi"),
        city.file("d4", "help", "amur"),
        city.file("d5", "help", "industrialnyi"),
        city.file("d6", "help", "samarskyi"),
        city.file("d7", "help", "chechelivskyi"),
        city.file("d8", "help", "shevchenkivskyi"),
        city.file("d9", "help", "amur", need="feelings"),
        city.file("d10", "help", "tsentralnyi"),
        city.file("d11", "other", "samarskyi"),
        city.file("d12", "notice", "amur"),
    )
    await together(
        city.take(first, "d1", contact=False),
        city.take(second, "d2"),
        city.take("Петро", "d3", "d5"),
        city.take("Олена", "d4", "d12"),
        city.take("Юрій", "d6", "d11"),
        city.take("Надія", "d7"),
        city.take("Роман", "d8"),
        city.take("Любов", "d9"),
        city.take("Остап", "d10"),
    )
    await city.plans("d10", "15:00")
    await city.comes("10:02")
    city.late("d1")
    city.lapsed("d1")
    await city.take(second, "d1")


async def _noon(city: City) -> None:
    """An alarm sounds for an hour; in the middle of it somebody is dismissed, and everything moves on."""
    await city.comes("11:45")
    await together(
        city.file("e1", "help", "tsentralnyi"),
        city.file("e2", "help", "samarskyi"),
        city.file("e3", "other", "chechelivskyi"),
        city.file("e4", "child", "sobornyi", danger="later"),
    )
    await together(
        city.take(DISMISSED, "e1", contact=False),
        city.take("Юрій", "e2", contact=False),
        city.take("Надія", "e3"),
        city.take(BY_DAY[0], "e4"),
    )
    await city.comes("11:55")
    await city.air(texts.AIR_ALARM)
    await city.comes("12:00")
    city.late("e1", "e2")
    await city.dismisses(DISMISSED, "b5", "d10", "e1")
    city.mark("dismissed")
    await together(city.take("Роман", "b5"), city.take("Софія", "d10"), city.take("Надія", "e1"))
    await city.comes("12:30")
    await together(
        city.file("f1", "help", "amur"),
        city.file("f2", "help", "industrialnyi"),
        city.file("f3", "safety", "samarskyi"),
        city.file("f4", "other", "sobornyi", danger="now"),
    )
    await together(
        city.take("Олена", "f1"), city.take("Петро", "f2"), city.take(BY_DAY[0], "f3"), city.take(BY_DAY[1], "f4")
    )
    await city.comes("12:55")
    await city.air(texts.AIR_CLEAR)
    await city.comes("13:10")
    city.mark("all clear")
    await city.in_touch("e2")


async def _afternoon(city: City) -> None:
    """Hand-overs and visits; one comes out, one does not come out in time."""
    await city.comes("14:00")
    await together(
        city.file("g1", "help", "industrialnyi"),
        city.file("g2", "safety", "tsentralnyi"),
        city.file("g3", "safety", "amur", danger="later"),
        city.file("g4", "help", "sobornyi", need="divorce"),
        city.file("g5", "help", "sobornyi"),
        city.file("g6", "help", "shevchenkivskyi"),
    )
    await together(
        city.take("Петро", "g1"),
        city.take(BY_DAY[0], "g2"),
        city.take(BY_DAY[1], "g3"),
        city.take(LAWYER, "g4"),
        city.take("Софія", "g5"),
        city.take("Роман", "g6"),
    )
    await city.hands_over("g1", "Олена")
    await city.plans("g2", "15:00")
    await city.comes("14:50")
    await city.goes("d10", texts.ON_THE_WAY)
    await city.goes("g2", texts.ON_THE_WAY)
    await city.comes("15:00")
    await city.goes("d10", texts.INSIDE)
    await city.goes("g2", texts.INSIDE)
    await city.comes("15:20")
    await together(
        city.file("h1", "help", "amur"), city.file("h2", "help", "chechelivskyi"), city.file("h3", "help", "sobornyi")
    )
    await together(city.take("Олена", "h1", contact=False), city.take("Надія", "h2"), city.take("Софія", "h3"))
    await city.comes("15:40")
    city.late("h1")
    await city.goes("d10", texts.OUT, texts.HELD)


async def _power_cut(city: City) -> None:
    """The bot dies without a word. What was asked meanwhile, and what became due, is there when it is back."""
    town = city.town
    await town.bot.kill()
    meanwhile = city.arrives("h4", "help", "industrialnyi")
    town.world.clock.forward((at(city.monday, "15:56") - town.local).total_seconds())
    town.bot = town.another_life()
    await town.bot.start()
    await city.comes("15:57")
    await meanwhile
    city.lapsed("h1")
    await together(city.take("Олена", "h1"), city.take("Петро", "h4"))
    city.mark("inside")
    await city.comes("16:01")
    city.mark("not out")
    await city.reached(HEAD, "g2")
    await city.comes("16:20")
    city.mark("reached")
    await city.goes("g2", texts.HELD)


async def _last_hours(city: City) -> None:
    """The evening again: what nobody takes before the centre closes waits for the morning, with a task for the head."""
    await city.comes("17:00")
    await together(
        city.file("i1", "help", "amur"),
        city.file("i2", "help", "industrialnyi"),
        city.file("i3", "help", "samarskyi", need="loss"),
        city.file("i4", "notice", "chechelivskyi"),
        city.file("i5", "other", "shevchenkivskyi"),
    )
    await together(
        city.take("Олена", "i1"),
        city.take("Петро", "i2"),
        city.take("Любов", "i3"),
        city.take("Надія", "i4"),
        city.take("Роман", "i5"),
    )
    await city.closes("Олена", "i1")
    await city.comes("19:50")
    await together(city.file("j1", "help", "sobornyi"), city.file("j2", "safety", "samarskyi"))
    await city.comes("20:01")
    city.mark("evening again")
    await city.take(BY_NIGHT[0], "j2")
    await city.comes("20:10")
    city.late("j1")
    await city.comes("20:45")
    await city.comes("21:25")
    for name, keys in (("a1", OF_VIOLENCE[1:]), ("a2", OF_VIOLENCE), ("a7", OF_A_CHILD), ("a8", DAY_TRIP),
                       ("a10", DAY_TRIP)):  # fmt: skip
        case = city.cases[name]
        case.missed |= set(keys)
        case.tasks.add(("missed_deadline", case.holder or ""))
    city.mark("end")


async def _ids(city: City) -> dict[int, str]:
    """Which number of the database is whose."""
    listed = await city.runs("staff", "list")
    return {int(line.split("\t")[0]): line.split("\t")[1] for line in listed.out.splitlines()}


async def test_every_case_has_the_end_that_the_table_says(day: City) -> None:
    found = _register(day)
    expected = {
        name: Row(case.holder, case.state, case.returns, frozenset(case.missed), frozenset(case.tasks), case.visit)
        for name, case in day.cases.items()
    }
    assert len(found) == REPORTS
    assert {name: (row, expected[name]) for name, row in found.items() if row != expected[name]} == {}


def _register(day: City) -> dict[str, Row]:
    """Every case as the database has it, read-only."""
    names = {case.number: name for name, case in day.cases.items()}
    with contextlib.closing(sqlite3.connect(f"file:{day.town.data / 'poruch.db'}?mode=ro", uri=True)) as connection:
        cases = connection.execute("SELECT id, number, claimed_by, state, returns FROM cases").fetchall()
        missed = connection.execute("SELECT case_id, key FROM deadlines WHERE missed_at IS NOT NULL").fetchall()
        tasks = connection.execute("SELECT case_id, kind, person_id FROM tasks WHERE done_at IS NULL").fetchall()
        visits = connection.execute("SELECT case_id, state, specialist_id FROM visits ORDER BY id").fetchall()
    visit = {case_id: (state, day.ids[goes]) for case_id, state, goes in visits}
    return {
        names[str(number)]: Row(
            day.ids[taker] if taker else None,
            state,
            returns,
            frozenset(key for case_id, key in missed if case_id == each),
            frozenset((kind, day.ids[person]) for case_id, kind, person in tasks if case_id == each),
            visit.get(each),
        )
        for each, number, taker, state, returns in cases
    }


@pytest.mark.safety("S26")
async def test_what_calls_people_bears_number_district_danger_deadline_and_nothing_else(day: City) -> None:
    strange = [each.text for each in day.said if of.alert_of(each.text) and not of.is_plain_alert(each.text)]
    assert strange == []


@pytest.mark.safety("S25")
async def test_what_was_told_is_read_by_nobody_who_never_had_the_case(day: City) -> None:
    readers = {(name, said.to) for said in day.said for name, case in day.cases.items() if case.word in said.text}
    wrote = {(name, DISPATCHER) for name, case in day.cases.items() if case.form == "register"}
    assert {pair for pair in readers - wrote if pair[1] not in day.cases[pair[0]].had} == set()
    outside = {name for name, case in day.cases.items() if case.form not in ("safety", "child")}
    seen = {name for name, _ in readers}
    assert outside - seen <= {"j1"}, "the words can be found, where they may be read"


async def test_at_night_what_is_planned_calls_nobody_and_what_is_urgent_only_who_is_on_duty(day: City) -> None:
    night = day.between("settled", "evening")
    for name in ("a3", "a4", "a5", "a6", "a9"):
        assert day.calls(day.cases[name].number, day.between("settled", "closed")) == Counter()
    for name in ("a1", "a2", "a7", "a8", "a10"):
        assert day.calls(day.cases[name].number, night) == Counter(BY_NIGHT)


async def test_step_by_step_the_ladder_calls_the_team_the_dispatchers_the_head_and_the_deputy(day: City) -> None:
    number = day.cases["b2"].number
    steps = [day.calls(number, day.said[: day.marks[clock]]) for clock in ("02:04", "02:09", "02:14", "02:19", "02:25")]
    duty = Counter(BY_NIGHT)
    team = duty + Counter((*BY_NIGHT, *BY_DAY))
    dispatchers = team + Counter(OTHERS["dispatcher"])
    assert steps == [duty, team, dispatchers, dispatchers + Counter([HEAD]), dispatchers + Counter([HEAD, DEPUTY])]


async def test_at_eight_each_is_called_once_to_what_is_theirs(day: City) -> None:
    said = day.between("closed", "open")
    whose = {"a3": "Юрій", "a6": "Надія", "a9": "Роман", "b3": "Софія", "b4": "Ганна", "b5": "Остап", "b6": "Олена"}
    for name, who in whose.items():
        assert day.calls(day.cases[name].number, said) == Counter([who])
    assert day.calls(day.cases["a4"].number, said) == Counter(OTHERS["psychologist"])
    assert day.calls(day.cases["a5"].number, said) == Counter([LAWYER])


async def test_a_weekend_of_notices_sounds_once(day: City) -> None:
    heard = [each for each in day.between("open", "weekend") if each.new and each.to == "Софія"]
    numbers = {day.cases[f"w{place}"].number for place in range(1, 6)}
    assert [of.alert_of(each.text) in numbers for each in heard].count(True) == 1


async def test_whoever_let_a_lease_lapse_is_told_and_the_alarm_stops_the_time(day: City) -> None:
    told = Counter(each.to for each in day.said if each.new and of.lapse_is_told(each.text))
    assert told == Counter([BY_NIGHT[0], "Роман", BY_DAY[0], "Олена"])
    assert day.lapses == told.total()


async def test_who_is_dismissed_hears_nothing_more(day: City) -> None:
    assert [each for each in day.said[day.marks["dismissed"] :] if each.to == DISMISSED] == []
    for word in (case.word for case in day.cases.values()):
        assert not any(word in message.text for message in day.staff[DISMISSED].phone.heard)


async def test_who_is_not_out_in_time_is_asked_and_then_looked_for_until_somebody_has_reached_them(day: City) -> None:
    goes = BY_DAY[0]
    asked = [each for each in day.said if each.new and UK.pattern(texts.NOT_IN_TIME).search(each.text)]
    assert {each.to for each in asked} == {goes}
    called = [each for each in day.said if each.new and UK.pattern(texts.NOBODY_OUT).search(each.text)]
    assert Counter(each.to for each in called) == Counter([BY_DAY[1], HEAD, DEPUTY])
    assert all(each in day.between("inside", "not out") for each in called)


async def test_the_dead_are_not_asked_twice_what_was_said_before_the_power_cut(day: City) -> None:
    for name in ("h1", "h2", "h3", "h4"):
        twice = 1 + day.cases[name].returns
        assert set(day.calls(day.cases[name].number).values()) <= {1, twice}


async def test_nobody_is_called_to_planned_work_more_often_than_the_hour_allows(day: City) -> None:
    for name in day.staff:
        at_work = sorted(each.at for each in day.said if each.to == name and each.new and of.is_planned(each.text))
        most = max((sum(0 <= later - first < 3600 for later in at_work) for first in at_work), default=0)
        assert most <= of.PUSHES_AN_HOUR + day.returned_to(name), name


async def test_the_figures_of_the_day(day: City) -> None:
    figures = day.figures()
    print(figures)
    assert figures["reports"] == REPORTS
    assert figures["lapses"] == sum(case.returns for case in day.cases.values()) - HANDED_ON
    assert figures["missed"] == sum(len(case.missed) for case in day.cases.values())
