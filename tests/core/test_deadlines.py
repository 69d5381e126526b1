"""Which deadlines a case has, when each ends, and when it is said that it does."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.core import deadlines, profile, steps
from bot.core.cases import Case
from bot.core.centre import Deadline
from bot.core.whom import Colleague

DEMO = profile.load(profile.find("demo"))
"""Monday to Friday, 8:00 to 20:00; off on Fri 25.12.2026 and Fri 01.01.2027."""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=DEMO.zone)


def demo() -> dict[str, Any]:
    return tomllib.loads(profile.find("demo").read_text(encoding="utf-8"))


def row(value: int, unit: str, *, in_hours: bool = False, only_when: tuple[str, ...] = ()) -> Deadline:
    return Deadline("x", value, unit, "basis", "P", None, "receipt", in_hours, "", only_when)


@pytest.mark.parametrize(
    ("key", "starts", "ends", "soon"),
    [
        ("brigade_urgent_help", "2026-11-28T23:00", "2026-11-29T23:00", "2026-11-29T17:00"),
        ("brigade_urgent_help", "2026-03-28T12:00", "2026-03-29T13:00", "2026-03-29T07:00"),
        ("needs_assessment", "2026-11-23T09:00", "2026-12-01T00:00", "2026-11-30T08:00"),
        ("needs_assessment", "2026-11-22T09:00", "2026-11-28T00:00", "2026-11-27T08:00"),
        ("service_decision", "2026-12-18T09:00", "2027-01-06T00:00", "2027-01-05T08:00"),
        ("service_decision_emergency", "2026-11-23T09:00", "2026-11-24T09:00", "2026-11-24T03:00"),
        ("decision_notice", "2026-11-27T09:00", "2026-12-03T00:00", "2026-12-02T08:00"),
        ("privacy_request", "2026-11-23T09:00", "2026-12-24T00:00", "2026-12-23T08:00"),
        ("notify_police", "2026-10-24T12:00", "2026-10-25T11:00", "2026-10-25T05:00"),
    ],
)
def test_each_deadline_ends_on_its_own_clock_and_is_told_of_before(key: str, starts: str, ends: str, soon: str) -> None:
    deadline = DEMO.deadline(key)
    due_at = deadlines.ends(deadline, at(starts), DEMO)
    assert due_at == at(ends)
    assert deadlines.soon(deadline, due_at, DEMO) == at(soon)


@pytest.mark.parametrize(
    ("deadline", "ahead"),
    [
        (row(15, "minutes"), timedelta(minutes=5)),
        (row(10, "minutes"), timedelta(minutes=5)),
        (row(60, "minutes"), timedelta(minutes=15)),
        (row(24, "hours"), timedelta(hours=6)),
        (row(240, "hours"), timedelta(days=1)),
    ],
)
def test_soon_is_a_quarter_before_at_least_five_minutes_and_at_most_a_day(deadline: Deadline, ahead: timedelta) -> None:
    due_at = datetime(2026, 11, 25, 12, tzinfo=UTC)
    assert due_at - deadlines.soon(deadline, due_at, DEMO) == ahead


def test_of_one_working_day_it_is_said_while_the_centre_is_open() -> None:
    """A quarter before midnight is 18:00: open at one centre, closed at another, which says it in the morning."""
    due_at = at("2026-11-25T00:00")
    early = replace(DEMO, hours=(replace(DEMO.hours[0], closes=time(17)),))
    assert deadlines.soon(row(1, "working_days"), due_at, DEMO) == at("2026-11-24T18:00")
    assert deadlines.soon(row(1, "working_days"), due_at, early) == at("2026-11-24T08:00")


def test_minutes_in_hours_stand_still_while_the_centre_is_closed() -> None:
    ends = deadlines.ends(row(30, "minutes", in_hours=True), at("2026-11-27T19:50"), DEMO)
    assert ends == at("2026-11-30T08:20")


def test_a_case_has_the_visit_and_the_decision_of_its_urgency() -> None:
    assert deadlines.of_new_case("emergency", ()) == ["brigade_urgent_help", "service_decision_emergency"]
    assert deadlines.of_new_case("planned", ()) == ["needs_assessment", "service_decision"]
    assert deadlines.of_new_case("info", ()) == []


@pytest.mark.parametrize(
    ("form", "answers", "branch", "keys"),
    [
        ("help", {}, False, []),
        ("other", {"children": "yes"}, False, []),
        ("safety", {}, True, ["notify_police"]),
        ("safety", {"children": "no"}, True, ["notify_police"]),
        ("safety", {"children": "yes"}, True, ["notify_police", "notify_child_services"]),
        ("child", {}, True, ["notify_police", "notify_child_services", "child_safety_assessment"]),
        ("register", {"children": 0}, True, ["notify_police"]),
        ("register", {"children": 2}, True, ["notify_police", "notify_child_services"]),
        ("register", {"children": 2}, False, []),
    ],
)
def test_duties_follow_from_violence_and_from_children_near(
    form: str, answers: dict[str, object], branch: bool, keys: list[str]
) -> None:
    assert deadlines.duties(deadlines.known(form, answers, branch=branch, danger=None)) == keys


def test_a_profile_may_ask_for_a_circumstance_more() -> None:
    known = deadlines.known("safety", {}, branch=True, danger="later")
    assert deadlines.applies(row(24, "hours"), known)
    assert not deadlines.applies(row(24, "hours", only_when=("danger_now", "child")), known)
    assert deadlines.applies(row(24, "hours", only_when=("told_by_her",)), known)
    assert deadlines.applies(
        row(24, "hours", only_when=("danger_now",)), deadlines.known("safety", {}, branch=True, danger="now")
    )


def test_which_row_the_first_answer_goes_by() -> None:
    assert deadlines.first_key(DEMO, "emergency", at("2026-11-23T09:00")) == "first_human_answer"
    assert deadlines.first_key(DEMO, "emergency", at("2026-11-23T23:00")) == "first_human_answer_emergency"
    assert deadlines.first_key(DEMO, "planned", at("2026-11-23T23:00")) == "first_human_answer"


def test_a_case_without_a_next_step_is_one_that_somebody_has_spoken_with_and_nothing_is_planned_for() -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    fresh = Case(
        id=1, number="4823", key_id=1, form="help", urgency="planned", danger=None, contact="here", district="center",
        team="t", state="new", branch=False, mistaken=False, reported_at=now, answer_due_at=now, claimed_by=None,
        claimed_at=None, contacted_at=None, closed_at=None,
    )  # fmt: skip
    taken = replace(fresh, claimed_by=Colleague(2), claimed_at=now)
    contacted = replace(taken, contacted_at=now)
    nothing = {"visit": False, "tasks": 0, "with_others": False}
    assert steps.has_next(fresh, visit=False, tasks=0, with_others=False)
    assert steps.has_next(taken, visit=False, tasks=0, with_others=False)
    assert not steps.has_next(contacted, visit=False, tasks=0, with_others=False)
    for each in ({"visit": True}, {"tasks": 1}, {"with_others": True}):
        assert steps.has_next(contacted, **(nothing | each))  # type: ignore[arg-type]
    assert steps.has_next(replace(contacted, closed_at=now), visit=False, tasks=0, with_others=False)


def test_moved_days_and_who_decides_are_read_from_the_profile_and_refused_in_plain_words() -> None:
    data = demo() | {"working_days": [date(2026, 12, 19)]}
    data["deadlines"]["service_decision"] |= {"decided_by": "social_protection"}
    data["deadlines"]["notify_police"] |= {"only_when": ["danger_now", "child"]}
    ours = profile.parse(data, file="ours.toml")
    assert ours.works_on(date(2026, 12, 19))
    assert ours.deadline("service_decision").decided_by == "social_protection"
    assert ours.deadline("notify_police").only_when == ("danger_now", "child")
    with pytest.raises(profile.ProfileError, match=r"working_days\[1\]: «2026-12-25» is a day off"):
        profile.parse(demo() | {"working_days": [date(2026, 12, 25)]}, file="ours.toml")
