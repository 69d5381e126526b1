"""Whatever happens in a centre, in whatever order: no case ends in silence, and nobody is called before their turn."""

import asyncio
import contextlib
import os
import random
import secrets
import shutil
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.properties import races, rounds, turns
from tests.properties.ledger import BrokenError
from tests.properties.test_contact import place as place  # noqa: PLC0414 - a fixture is found by its name
from tests.properties.turns import Turn

LONG = bool(os.environ.get("PORUCH_LONG"))
HISTORIES = int(os.environ.get("PORUCH_HISTORIES", "1000" if LONG else "30"))
RACES = 200
SEED = int(os.environ.get("PORUCH_SEED", str(secrets.randbelow(10**9) if LONG else 1)))

number = st.integers(0, 7)
arrivals = st.builds(
    turns.Arrives,
    st.sampled_from(["help", "help", "safety", "safety", "child", "other", "register", "register", "notice"]),
    number,
    st.sampled_from([0, 0, 0, 1, 2]),
    st.integers(0, 1),
    st.booleans(),
    st.booleans(),
)
takes = st.builds(turns.Takes, number, number)
minutes = st.sampled_from([1, 5, 11, 16, 31, 47, 90, 200, 11 * 60, 26 * 60, 62 * 60])
OFTEN: list[st.SearchStrategy[Turn]] = [
    takes,
    st.builds(turns.HolderDoes, st.just("contacted"), number, number),
    st.builds(turns.Passes, minutes),
]
SOMETIMES: list[st.SearchStrategy[Turn]] = [
    arrivals,
    arrivals,
    st.builds(turns.TakeTogether, number, number, st.integers(0, 1)),
    st.builds(turns.Declines, number, number, st.integers(0, 4)),
    st.builds(
        turns.HolderDoes, st.sampled_from(["extends", "gives_back", "hands_on", "asks_whom"]), number, st.integers(0, 4)
    ),
    st.builds(turns.Answers, number),
    st.builds(turns.LeaseLapses, number),
    st.builds(turns.HandsOver, number, number, st.sampled_from(["yes", "yes", "no", "nothing"])),
    st.builds(turns.HeadAssigns, number, number, number),
    st.builds(turns.PlansVisit, number, st.integers(0, 3), st.sampled_from(["9:00", "14:00", "19:30"])),
    st.builds(turns.PlansMany, number, st.integers(1, 5), st.sampled_from(["Every week", "Three times a week"])),
    st.builds(
        turns.ChangesMany,
        number,
        st.sampled_from(["cancel.one", "cancel.on", "move.one", "move.on"]),
        st.integers(1, 9),
    ),
    st.builds(
        turns.Goes,
        number,
        st.sampled_from(["on_way", "inside", "out", "longer", "police", "held", "not_held", "cancel", "step"]),
        number,
    ),
    st.builds(turns.WholeVisit, number, st.sampled_from([5, 40, 100, 200]), st.booleans(), number),
    st.builds(
        turns.SheDoes,
        st.sampled_from(["withdraw", "withdraw", "go_on", "go_on", "mistaken", "keeps_role", "keeps_name"]),
        number,
        number,
    ),
    st.builds(turns.OnDuty, number, st.booleans()),
    st.builds(turns.Clocks, number, st.sampled_from(["met", "sent"])),
    st.builds(turns.Tasks, number, st.sampled_from(["done", "later"])),
    st.builds(
        turns.Families, number, st.sampled_from(["join", "join", "part", "part", "part", "apart"]), st.booleans()
    ),
    st.builds(turns.PowerFails, st.integers(3, 160)),
]
SELDOM: list[st.SearchStrategy[Turn]] = [
    st.builds(turns.Closes, number),
    st.builds(turns.SheDoes, st.sampled_from(["erase", "keep"]), number, number),
    st.builds(turns.Erases, number),
    st.builds(turns.EverybodyGoes, st.sampled_from(["brigade", "specialist"])),
    st.builds(turns.HandsDuty, number, number, st.booleans()),
    st.builds(turns.TakesLeave, number, st.integers(0, 1), st.integers(0, 3)),
    st.builds(turns.NoLeave, number),
    st.builds(
        turns.ShiftPlanned,
        number,
        st.sampled_from(["8:00", "20:00", "22:30"]),
        st.sampled_from(["3:30", "8:00", "17:00"]),
        st.booleans(),
    ),
    st.builds(turns.IsRevoked, number),
    st.builds(turns.Joins, st.sampled_from(["brigade", "specialist", "deputy"]), st.booleans()),
    st.builds(turns.Restarts, st.sampled_from([0, 1, 20, 300])),
    st.builds(turns.Sounds, st.booleans()),
]
what_happens = st.sampled_from([*OFTEN * 5, *SOMETIMES * 2, *SELDOM]).flatmap(lambda turn: turn)
starts = st.builds(
    lambda near, later: near + timedelta(minutes=later),
    st.sampled_from(
        [
            datetime(2026, 3, 28, 6, tzinfo=UTC),
            datetime(2026, 10, 24, 6, tzinfo=UTC),
            datetime(2026, 11, 23, 7, tzinfo=UTC),
            datetime(2026, 11, 27, 14, tzinfo=UTC),
            datetime(2026, 12, 24, 9, tzinfo=UTC),
        ]
    ),
    st.integers(0, 24 * 60),
)


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
@pytest.mark.safety("S02", "S28")
def test_no_case_ends_in_silence_and_nobody_is_called_before_their_turn(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: Counter[str] = Counter()
    with asyncio.Runner() as runner:
        runner.run(rounds.prepare(place / "centre"))

        @seed(SEED)
        @settings(
            max_examples=HISTORIES,
            deadline=None,
            report_multiple_bugs=False,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        @given(start=starts, first=arrivals, second=arrivals, later=st.lists(what_happens, min_size=30, max_size=45))
        def every_history(start: datetime, first: Turn, second: Turn, later: list[Turn]) -> None:
            seen.update(runner.run(lived(place, start, [first, second, *later])))

        try:
            every_history()
        finally:
            with capsys.disabled() if LONG else contextlib.nullcontext():
                print(f"\nseed {SEED}:", ", ".join(f"{count} {what}" for what, count in sorted(seen.items())))


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
async def test_of_several_presses_in_the_same_moment_exactly_one_counts(place: Path) -> None:
    """Take against Take, against the head's «Give to», against the end of the taker's work, against her «withdraw»."""
    await rounds.prepare(place / "centre")
    chance, seen = random.Random(SEED), Counter[str]()
    async with rounds.Rounds(
        rounds.copied(place / "centre", place / "town"), datetime(2026, 11, 23, 9, tzinfo=UTC)
    ) as life:
        await turns.Arrives("help", 0, 0, 0, now=False, more=False).happens(life)
        for _ in range(RACES):
            race = chance.choice(races.KINDS)
            seen[race] += 1
            seen[await races.run(life, race, chance)] += 1
            await races.waits_again(life)
    assert seen["taken"] > RACES / 3, seen
    assert seen["given"] > 5, seen
    assert seen["withdrawn"] > 5, seen


async def lived(place: Path, start: datetime, happens: list[Turn]) -> Counter[str]:
    """One history to its end, and what there was to be seen in it. What breaks a rule says after which steps."""
    home = rounds.copied(place / "centre", place / "town")
    done: list[str] = []
    try:
        async with rounds.Rounds(home, start) as life:
            try:
                for turn in happens:
                    done.append(f"{life.now:%a %d.%m %H:%M} {turn}")
                    life.seen[f"turn {type(turn).__name__}"] += 1
                    await turn.happens(life)
                await turns.ends(life)
            except BrokenError as broken:
                raise BrokenError("\n".join([str(broken), "after:", *done])) from None
        life.seen["histories"] += 1
        return life.seen
    finally:
        shutil.rmtree(home)
