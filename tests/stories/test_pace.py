"""No faster than Telegram allows, as Telegram counts; what people wait for does not wait for a broadcast."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.run.pace import BURST, EVEN, Pace
from tests.bench.figures import busiest_second

STEP = 0.002
"""So late a timer may be in the simulation."""


@dataclass
class Day:
    """A broadcast that always has more, and replies at their moments, in time that is only counted."""

    pace: Pace
    trip: tuple[float, float] = (0.004, 0.004)
    chance: random.Random = field(default_factory=lambda: random.Random(4))
    counted: list[float] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    answers: list[tuple[float, float]] = field(default_factory=list)
    paced: int = 0

    def lives(self, seconds: float, replies: Sequence[float] = ()) -> "Day":
        waiting = sorted(replies)
        at = 0.0
        while at < seconds:
            self._answered(at)
            while waiting and waiting[0] <= at and self.pace.prompt_in(at) <= 0:
                self.waited.append(at - waiting.pop(0))
                self._starts(at, prompt=True)
            while not (waiting and waiting[0] <= at) and self.pace.paced_in(at) <= 0:
                self.paced += 1
                self._starts(at, prompt=False)
            at += STEP
        return self

    def _starts(self, at: float, *, prompt: bool) -> None:
        """Telegram counts it somewhere on the way."""
        self.pace.started(at, prompt=prompt)
        there, back = (self.chance.uniform(*self.trip) / 2 for _ in range(2))
        self.counted.append(at + there)
        heappush(self.answers, (at + there + back, at))

    def _answered(self, at: float) -> None:
        while self.answers and self.answers[0][0] <= at:
            landed, started = heappop(self.answers)
            self.pace.landed(landed, trip=landed - started)


def test_a_broadcast_alone_fills_the_rate_and_never_passes_it() -> None:
    day = Day(Pace(30)).lives(340)
    assert busiest_second(day.counted) == 30
    assert day.paced >= 0.97 * 30 * 340


@pytest.mark.parametrize("replies_a_second", [1, 5, 15])
def test_ten_thousand_take_what_replies_leave_and_replies_find_a_gap_at_once(replies_a_second: int) -> None:
    chance = random.Random(replies_a_second)
    seconds = 10_000 / (30 - replies_a_second)
    replies = [chance.uniform(0, seconds) for _ in range(int(replies_a_second * seconds))]
    day = Day(Pace(30), (0.002, 0.03)).lives(seconds, replies)
    assert busiest_second(day.counted) <= 30
    assert day.paced >= 0.95 * (30 * seconds - len(replies))
    assert sorted(day.waited)[len(replies) * 99 // 100] < (0.2 if replies_a_second < 10 else 0.5)


@pytest.mark.parametrize("trip", [(0.001, 0.4), (0.06, 0.12), (0.05, 2.5)])
def test_however_long_the_way_is_no_second_at_the_other_end_holds_more(trip: tuple[float, float]) -> None:
    day = Day(Pace(30), trip).lives(60, [number / 3 for number in range(180)])
    assert busiest_second(day.counted) <= 30


def test_a_usual_way_costs_little() -> None:
    day = Day(Pace(30), (0.06, 0.08)).lives(100)
    assert day.paced >= 0.95 * 30 * 100


@given(st.lists(st.floats(0, 4), max_size=12))
def test_a_few_replies_in_between_keep_the_whole_within_the_rate(replies: list[float]) -> None:
    day = Day(Pace(30)).lives(5, replies)
    assert busiest_second(day.counted) <= 30
    assert max(day.waited, default=0) <= 1


def test_replies_alone_do_not_wait() -> None:
    pace = Pace(30)
    for _ in range(40):
        assert pace.prompt_in(0.0) == 0.0
        pace.started(0.0, prompt=True)


def test_what_never_comes_back_keeps_its_place_and_no_other() -> None:
    pace = Pace(30)
    pace.started(0.0, prompt=False)
    for number in range(29):
        pace.started(5.0, prompt=False)
        assert (pace.opens_in(5.0) > 0) == (number == 28)


def test_after_a_pause_it_begins_evenly_and_not_with_a_second_at_once() -> None:
    pace = Pace(30)
    started = 0
    while pace.paced_in(100.0) <= 0:
        pace.started(100.0, prompt=False)
        started += 1
    assert started <= 5
    assert 0 < pace.paced_in(100.0) <= EVEN / 30 + 1e-6


def test_one_chat_has_a_short_burst_and_then_one_a_second() -> None:
    pace = Pace(30)
    assert [pace.wait(1, 0.0, group=False) for _ in range(int(BURST))] == [0.0] * int(BURST)
    assert pace.wait(1, 0.0, group=False) == pytest.approx(1.0)
    assert pace.wait(2, 0.0, group=False) == 0.0
    assert pace.wait(1, 1.0, group=False) == 0.0


def test_a_group_has_twenty_a_minute() -> None:
    pace = Pace(30)
    sent = sum(pace.wait(1, second / 10, group=True) == 0.0 for second in range(600))
    assert sent <= 25


def test_without_a_rate_nothing_waits() -> None:
    pace = Pace(0)
    assert pace.paced_in(0.0) == 0.0
    assert pace.prompt_in(0.0) == 0.0
    assert all(pace.wait(1, 0.0, group=False) == 0.0 for _ in range(100))
