"""A visit: planned by buttons, reminded of on both sides while it stands, and only then."""

import pytest

from bot.core import texts
from tests.process.week import Week


def test_the_specialist_is_reminded_a_day_and_two_hours_before(week: Week) -> None:
    assert week.kept.reminded["tue 14:01"] == []
    assert week.kept.reminded["wed 13:55"] == []
    assert week.kept.reminded["wed 14:01"] == ["tomorrow"]
    assert week.kept.reminded["thu 12:01"] == ["soon"]
    assert week.kept.reminded["thu 16:01"] == week.kept.reminded["fri 14:01"] == []


def test_the_resident_who_may_be_written_to_is_reminded_too(week: Week) -> None:
    assert week.kept.told["planned"] == ["arranged"]
    assert week.kept.told["wed 13:55"] == []
    assert week.kept.told["wed 14:01"] == ["tomorrow"]
    assert week.kept.told["thu 12:01"] == ["today"]
    assert all(heard["at"].endswith("14:00") for heard in week.kept.resident.all_heard(texts.VISIT_TODAY))


def test_the_specialist_learns_that_she_will_be_in(week: Week) -> None:
    heard = next(week.kept.specialist.all_heard(texts.SHE_WILL_BE_IN, number=week.kept.number))
    assert heard["at"].endswith("14:00")


def test_a_visit_that_was_moved_is_reminded_of_at_its_new_time_only(week: Week) -> None:
    for moment in ("tue 14:01", "wed 13:55", "wed 14:01", "thu 12:01"):
        assert week.moved.reminded[moment] == week.moved.told[moment] == []
    assert week.moved.reminded["thu 16:01"] == ["tomorrow"]
    assert week.moved.told["thu 16:01"] == ["tomorrow"]
    assert week.moved.reminded["fri 14:01"] == ["soon"]
    assert week.moved.told["fri 14:01"] == ["today"]
    assert all(heard["at"].endswith("16:00") for heard in week.moved.resident.all_heard(texts.VISIT_TODAY))


def test_a_visit_that_was_cancelled_is_never_reminded_of(week: Week) -> None:
    assert [moment for moment, said in week.cancelled.reminded.items() if said] == []
    assert [moment for moment, said in week.cancelled.told.items() if said] == ["planned"]


@pytest.mark.safety("S09")
def test_from_the_branch_a_visit_is_never_spoken_of(week: Week) -> None:
    for story in (week.branch_uk, week.branch_en):
        assert story.reminded["wed 14:01"] == ["tomorrow"]
        assert story.reminded["thu 12:01"] == ["soon"]
        assert {words for said in list(story.told.values())[1:] for words in said} == {
            story.resident.speech(texts.GUIDE_UPDATED)
        }


@pytest.mark.safety("S30")
def test_what_bears_a_case_number_cannot_be_passed_on(week: Week) -> None:
    bearing = [
        message
        for story in week.stories
        for somebody in (story.resident, story.specialist)
        for message in somebody.phone.heard
        if story.number in message.text
    ]
    assert bearing
    assert [message.text for message in bearing if not message.protected] == []
