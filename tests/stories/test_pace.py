"""No faster than Telegram allows; what people wait for does not wait for a broadcast."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.run.outbox import BURST, Pace


def starts(pace: Pace, prompts: list[float]) -> Iterator[float]:
    """A broadcast that always has more, and replies at their moments, for four seconds."""
    waiting = sorted(prompts)
    at = 0.0
    while at < 4:
        while waiting and waiting[0] <= at:
            pace.started(waiting.pop(0), prompt=True)
            yield at
        for _ in range(pace.room(at)):
            pace.started(at, prompt=False)
            yield at
        at += 0.01


def most_in_a_second(moments: list[float]) -> int:
    return max(sum(1 for each in moments if first <= each < first + 1) for first in moments)


def test_a_broadcast_alone_fills_the_rate_and_never_passes_it() -> None:
    moments = list(starts(Pace(30), []))
    assert most_in_a_second(moments) == 30
    assert len(moments) >= 4 * 0.9 * 30


@given(st.lists(st.floats(0, 4), max_size=12))
def test_with_replies_in_between_it_leaves_them_room(prompts: list[float]) -> None:
    moments = list(starts(Pace(30), prompts))
    assert most_in_a_second(moments) <= 30 + len(prompts)
    assert moments == sorted(moments)


def test_steady_replies_keep_the_whole_within_the_rate() -> None:
    moments = list(starts(Pace(30), [number / 4 for number in range(16)]))
    assert most_in_a_second(moments) <= 30


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
    assert pace.room(0.0) > 0
    assert all(pace.wait(1, 0.0, group=False) == 0.0 for _ in range(100))
