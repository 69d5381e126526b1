"""The link of a session's square code: of this session, version and day, and of nobody's making but ours."""

import re
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core import doors

KEY = b"a key for tests, 32 bytes long.."
DAY = date(2026, 12, 5)
AT = datetime(2026, 12, 5, 8, tzinfo=UTC)
SESSIONS = st.integers(1, 10**15 - 1)


@given(SESSIONS, st.integers(1, 10**6), st.dates())
def test_it_fits_a_start_link_and_comes_back(session: int, version: int, day: date) -> None:
    for made in (doors.code(KEY, session, version, day), doors.invitation(KEY, session)):
        assert re.fullmatch(r"[A-Za-z0-9_-]{24,64}", made)
        found = doors.read(made)
        assert found is not None
        assert found.session == session


def test_the_door_opens_to_its_own_version_and_day_alone() -> None:
    found = doors.read(doors.code(KEY, 7, 2, DAY))
    assert found is not None
    assert doors.opens(KEY, found, version=2, day=DAY)
    assert not doors.opens(KEY, found, version=3, day=DAY)
    assert not doors.opens(KEY, found, version=2, day=DAY + timedelta(days=1))
    assert not doors.opens(bytes(32), found, version=2, day=DAY)
    assert not doors.invites(KEY, found)


def test_an_invitation_is_no_key_to_the_door_and_of_one_session() -> None:
    found = doors.read(doors.invitation(KEY, 7))
    assert found is not None
    assert doors.invites(KEY, found)
    assert not doors.opens(KEY, found, version=1, day=DAY)
    other = doors.read(doors.invitation(KEY, 7).replace("go-7-", "go-8-"))
    assert other is not None
    assert not doors.invites(KEY, other)
    swapped = doors.read(doors.invitation(KEY, 7).replace("go-", "at-"))
    assert swapped is not None
    assert not doors.opens(KEY, swapped, version=1, day=DAY)


@given(st.text(max_size=64))
def test_what_is_none_of_ours_claims_nothing(start: str) -> None:
    found = doors.read(start)
    assert found is None or not (doors.invites(KEY, found) or doors.opens(KEY, found, version=1, day=DAY))


def test_an_invitation_to_the_team_is_never_taken_for_it() -> None:
    """Those have sixteen letters (storage/invites.py)."""
    assert doors.read("go-7-abcdefghijk") is None
    assert len(doors.invitation(KEY, 1)) > 16


def test_the_door_is_open_from_an_hour_before_to_an_hour_after() -> None:
    ends, minute = AT + timedelta(hours=4), timedelta(minutes=1)
    moments = (AT - timedelta(hours=1), ends + timedelta(hours=1))
    assert all(doors.is_open(AT, ends, now=each) for each in moments)
    assert not doors.is_open(AT, ends, now=moments[0] - minute)
    assert not doors.is_open(AT, ends, now=moments[1] + minute)
