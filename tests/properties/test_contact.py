"""Whatever happens, in whatever order: nothing is sent to her outside what she chose, nothing chosen is lost."""

import asyncio
import contextlib
import os
import secrets
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from bot.core import profile, safety
from bot.core.cases import Case
from storage import seal
from tests.properties import life, moves
from tests.properties.moves import Move
from tests.properties.oracle import KYIV, Choice

CHANGES = [
    datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2027, 3, 28, 1, tzinfo=UTC),
    datetime(2027, 10, 31, 1, tzinfo=UTC),
]
"""When the clocks in Kyiv are changed: forward in March, back in October."""
LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
REASONS: tuple[safety.Reason, ...] = ("taken", "reply", "visit", "late", "agreed_call")

LONG = bool(os.environ.get("PORUCH_LONG"))
HISTORIES = int(os.environ.get("PORUCH_HISTORIES", "10000" if LONG else "300"))
SEED = int(os.environ.get("PORUCH_SEED", str(secrets.randbelow(10**9) if LONG else 1)))
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - only a faster place for the same files

moments = st.builds(
    lambda change, minutes, seconds: change + timedelta(minutes=minutes, seconds=seconds),
    st.sampled_from([*CHANGES, datetime(2026, 11, 23, 9, tzinfo=UTC)]),
    st.integers(-9 * 24 * 60, 9 * 24 * 60) | st.integers(-180, 180),
    st.sampled_from([0, 0, 1, 59]),
)
hours = st.lists(
    st.tuples(st.integers(0, 23), st.integers(1, 24)).filter(lambda span: span[0] < span[1])
    | st.sampled_from([(8, 12), (12, 16), (16, 20), (2, 3), (3, 4), (2, 4), (0, 24), (23, 24), (0, 1)]),
    max_size=3,
    unique=True,
)
days = st.frozensets(st.integers(0, 6), max_size=7) | st.just(frozenset[int]())
choices = st.builds(
    lambda channel, hours, days: Choice(channel, tuple(hours), days),
    st.sampled_from(["here", "here", "hours", "hours", "hours", "call", "come", "none", ""]),
    hours,
    days,
)
sometimes = st.sampled_from([None, None, None, None, None, LONG_AGO])


@st.composite
def cases(draw: st.DrawFn, choice: Choice) -> Case:
    """A case in any state, with that choice."""
    return Case(
        id=1,
        number="4823",
        key_id=1,
        form=draw(st.sampled_from(["safety", "safety", "help", "child", "other", "register"])),
        urgency=draw(st.sampled_from(["emergency", "planned"])),
        danger=draw(st.sampled_from([None, "now", "later"])),
        contact=choice.channel,
        district="center",
        team="brigade",
        state=draw(st.sampled_from(["new", "claimed", "contacted", "visit_planned", "visited"])),
        branch=draw(st.booleans()),
        mistaken=draw(st.booleans()),
        reported_at=LONG_AGO,
        answer_due_at=LONG_AGO,
        claimed_by=None,
        claimed_at=None,
        contacted_at=None,
        closed_at=draw(sometimes),
        contact_days="".join(str(day) for day in sorted(choice.days)),
        contact_hours=",".join(f"{first:02}-{last:02}" for first, last in choice.hours),
        cover=draw(st.sampled_from(["", "office_hours"])),
        duress_at=draw(sometimes),
        withdrawn_at=draw(sometimes),
        erase_at=draw(sometimes),
        erased_at=draw(sometimes),
    )


@pytest.mark.safety("S08", "S14")
@settings(max_examples=50_000 if LONG else 1500, deadline=None, database=None, derandomize=True)
@given(data=st.data(), choice=choices, reason=st.sampled_from(REASONS), now=moments)
def test_the_gate_opens_at_the_first_minute_that_she_chose_and_for_nothing_else(
    data: st.DataObject, choice: Choice, reason: safety.Reason, now: datetime
) -> None:
    case = data.draw(cases(choice))
    permit = safety.may_contact(case, reason, now.astimezone(KYIV))
    over = [case.closed_at, case.duress_at, case.withdrawn_at, case.erase_at, case.erased_at]
    anothers = case.form not in ("help", "safety", "child")
    silent = anothers or any(over) or (reason == "late" and not case.branch)
    expected = None if silent else choice.first(now)
    assert (permit.at.astimezone(UTC) if permit else None) == expected
    assert permit is None or permit.words == (not case.branch)


# The whole bot


spans: st.SearchStrategy[tuple[tuple[int, int], ...]] = st.sampled_from(
    [(), ((8, 12),), ((12, 16),), ((16, 20),), ((16, 20),), ((8, 12), (16, 20)), ((8, 12), (12, 16), (16, 20))]
)
soon = st.integers(0, 4)
covers = st.sampled_from(list(moves.COVERS))
weekdays = st.sampled_from(list(moves.DAYS))
phones: st.SearchStrategy[moves.Phone] = st.sampled_from(["ana", "ana", "ana", "bea"])
first_moves: st.SearchStrategy[Move] = st.one_of(
    st.builds(moves.Reports, st.sampled_from(["here", "hours", "hours", "none"])),
    st.builds(moves.Reports, st.just("hours"), spans),
    st.builds(moves.Reports, st.just("hours"), spans),
    st.builds(moves.AsksForHelp, st.sampled_from(["here", "here", "call", "come"])),
)
new_choices = st.one_of(
    st.builds(Choice, st.just("hours"), spans, weekdays, covers),
    st.builds(Choice, st.just("here"), st.just(()), st.just(frozenset[int]()), covers),
    st.builds(Choice, st.sampled_from(["call", "none"])),
)
OFTEN: list[st.SearchStrategy[Move]] = [
    st.builds(moves.Answers),
    st.builds(moves.Answers),
    st.builds(moves.Passes, st.sampled_from([1, 7, 45, 61, 240, 300, 24 * 60, 2 * 24 * 60])),
    st.builds(moves.Passes, st.sampled_from([61, 300, 24 * 60])),
]
SOMETIMES: list[st.SearchStrategy[Move]] = [
    st.builds(moves.NamesHours, spans),
    st.builds(moves.GoesOn, weekdays, covers, st.booleans()),
    st.builds(moves.GoesOn, weekdays, covers, st.just(value=True)),
    st.builds(moves.ComesBack, phones, st.sampled_from([True, True, False])),
    st.builds(moves.ComesBack, st.just("bea"), st.just(value=True)),
    st.builds(moves.Chooses, phones, new_choices),
    st.builds(moves.PlansVisit, st.integers(0, 4), st.sampled_from(["08:00", "09:30", "14:00", "19:30"])),
    st.builds(moves.Checks, st.sampled_from([True, True, False])),
]
SELDOM: list[st.SearchStrategy[Move]] = [
    st.builds(moves.ChoosesSecondCode, phones),
    st.builds(moves.IsMadeToOpenIt, phones),
    st.builds(moves.SaysSafeAgain),
    st.builds(moves.Writes, phones),
    st.builds(moves.LeavesNow, phones),
    st.builds(moves.Blocks, phones),
    st.builds(moves.Unblocks, phones),
    st.builds(moves.EndsVisit, st.sampled_from(["Cancel it", "It took place"])),
    st.builds(moves.ClosesCase),
    st.builds(moves.RenewsCode),
    st.builds(moves.ReadsTalk),
    st.builds(moves.Rests, st.sampled_from([0, 1, 200, 1500])),
    st.builds(moves.Fails, st.lists(st.sampled_from(["wait", "network", "late"]), max_size=2).map(tuple), soon),
    st.builds(moves.Fails, st.just(("lost",)), soon),
    st.builds(moves.Crashes, st.sampled_from(["sent", "unsent"]), soon),
]
later_moves = st.sampled_from([st.builds(moves.Takes), *OFTEN * 4, *SOMETIMES * 2, *SELDOM]).flatmap(lambda move: move)
starts = st.builds(
    lambda near, minutes: near + timedelta(minutes=minutes),
    st.sampled_from([*CHANGES, datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 12, 24, 9, tzinfo=UTC)]),
    st.integers(-60 * 60, 24 * 60),
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where towns are built: in memory, where there is such a place; codes are quick, the profile is read once."""
    monkeypatch.setattr(seal, "CODE_COST", 2)
    monkeypatch.setattr(profile, "load", cache(profile.load))
    if not os.access(IN_MEMORY, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder:
        yield Path(folder)


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
@pytest.mark.safety("S08", "S09", "S10", "S11", "S13")
def test_nothing_is_sent_outside_what_she_chose_and_nothing_chosen_is_lost(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: Counter[str] = Counter()
    with asyncio.Runner() as runner:
        runner.run(life.prepare(place / "prepared"))

        @seed(SEED)
        @settings(
            max_examples=HISTORIES,
            deadline=None,
            report_multiple_bugs=False,
            database=None,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(start=starts, first=first_moves, later=st.lists(later_moves, min_size=6, max_size=16))
        def every_history(start: datetime, first: Move, later: list[Move]) -> None:
            seen.update(runner.run(lived(place, start, [first, *later])))

        try:
            every_history()
        finally:
            with capsys.disabled() if LONG else contextlib.nullcontext():
                print(f"\nseed {SEED}:", ", ".join(f"{count} {what}" for what, count in sorted(seen.items())))


async def lived(place: Path, start: datetime, happens: list[Move]) -> Counter[str]:
    """One history to its end, and what there was to be seen in it."""
    home = life.copied(place / "prepared", place / "town")
    try:
        async with life.Life(home, start) as alive:
            for move in happens:
                await move.happens(alive)
            await moves.is_looked_back_at(alive)
        alive.seen["histories"] += 1
        return alive.seen
    finally:
        shutil.rmtree(home)
