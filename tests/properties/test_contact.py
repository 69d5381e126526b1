"""Whatever happens, in whatever order: nothing is sent to her outside what she chose, nothing chosen is lost."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import safety
from bot.core.cases import Case
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
@settings(max_examples=2000, deadline=None, database=None, derandomize=True)
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
