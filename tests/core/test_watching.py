"""Somebody is called when the bot is silent, again every half hour, and once more when it is back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.watching import Watched

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
AFTER = timedelta(minutes=5)
LOOKS = timedelta(seconds=30)


def watched_for(minutes: int, *, moves: range) -> list[tuple[int, str]]:
    """In which minute which word is said, if the bot moves in those minutes alone."""
    watched, said = Watched(NOON), []
    for look in range(minutes * 2):
        now = NOON + look * LOOKS
        watched = watched.seen(now if look // 2 not in moves else None)
        if watched.calls(after=AFTER, now=now):
            said.append((look // 2, "silent"))
            watched = replace(watched, called_at=now)
        elif watched.is_back(after=AFTER, now=now):
            said.append((look // 2, "back"))
            watched = replace(watched, called_at=None)
    return said


def test_a_pause_of_less_than_five_minutes_calls_nobody() -> None:
    assert watched_for(60, moves=range(10, 14)) == []


def test_a_silence_calls_after_five_minutes_and_every_half_hour_until_it_is_over() -> None:
    assert watched_for(100, moves=range(10, 80)) == [(14, "silent"), (44, "silent"), (74, "silent"), (80, "back")]


def test_two_silences_are_two() -> None:
    assert [word for _, word in watched_for(40, moves=range(10, 17))] == ["silent", "back"]
    twice = Watched(NOON - timedelta(minutes=6))
    assert twice.calls(after=AFTER, now=NOON)


def test_what_was_seen_earlier_takes_nothing_back() -> None:
    watched = Watched(NOON)
    assert watched.seen(NOON - timedelta(hours=1)) == watched.seen(None) == watched
