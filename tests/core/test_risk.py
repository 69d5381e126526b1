"""What a visit may hold for those who go."""

from datetime import UTC, datetime

import pytest

from bot.core import profile, risk, steps

DAY, NIGHT = datetime(2026, 11, 27, 14, 0, tzinfo=UTC), datetime(2026, 11, 27, 23, 0, tzinfo=UTC)
DEMO = profile.load(profile.find("demo"))


@pytest.mark.parametrize(
    ("told", "danger", "repeat", "at", "expected"),
    [
        ({}, None, False, DAY, ()),
        ({}, "later", False, None, ()),
        ({"weapons": "no", "home": "alone"}, "later", False, DAY, ()),
        ({"weapons": "yes"}, "later", False, DAY, ("weapon",)),
        ({"home": "here"}, "now", False, DAY, ("danger", "feared")),
        ({"near": "feared"}, "now", False, None, ("danger", "feared")),
        ({}, "later", True, DAY, ("repeat",)),
        ({}, "later", False, NIGHT, ("night",)),
        ({"weapons": "yes", "home": "here"}, "now", True, NIGHT, ("weapon", "danger", "feared", "repeat", "night")),
    ],
)
def test_the_risks_are_those_of_the_facts(
    told: dict[str, str], danger: str | None, repeat: bool, at: datetime | None, expected: tuple[str, ...]
) -> None:
    assert risk.of_visit(told, danger=danger, repeat=repeat, local=at) == expected


@pytest.mark.parametrize(("hour", "minute", "night"), [(6, 59, True), (7, 0, False), (19, 59, False), (20, 0, True)])
def test_the_night_begins_and_ends_on_the_minute(hour: int, minute: int, night: bool) -> None:
    assert risk.at_night(DAY.replace(hour=hour, minute=minute)) is night


@pytest.mark.parametrize(
    ("risks", "police"),
    [
        ((), False), (("danger",), False), (("feared",), False), (("repeat", "night"), False),
        (("weapon",), True), (("danger", "feared"), True),
    ],
)  # fmt: skip
def test_the_police_go_along_where_there_is_a_weapon_or_the_one_who_is_feared(
    risks: tuple[str, ...], police: bool
) -> None:
    assert risk.with_police(risks) is police


@pytest.mark.safety("S21")
@pytest.mark.parametrize(
    ("form", "told", "branch", "children", "concerned"),
    [
        ("child", {}, True, 1, True),
        ("safety", {"children": "yes"}, True, None, True),
        ("safety", {"children": "no"}, True, None, False),
        ("safety", {}, True, None, False),
        ("register", {}, True, 2, True),
        ("register", {}, True, 0, False),
        ("register", {}, False, 2, False),
        ("help", {}, False, 3, False),
    ],
)
def test_a_child_is_concerned_who_was_hurt_or_saw_it(
    form: str, told: dict[str, str], branch: bool, children: int | None, concerned: bool
) -> None:
    assert risk.child_concerned(form, told, branch=branch, children=children) is concerned


@pytest.mark.parametrize(
    ("step", "now", "expected"),
    [
        ("visit_again", "2026-11-27T12:00", "2026-11-29T12:00"),
        ("call", "2026-11-23T09:00", "2026-11-26T09:00"),
        ("call", "2026-11-26T09:00", "2026-12-01T09:00"),
        ("find", "2026-12-24T08:00", "2026-12-28T08:00"),
        ("with_police", "2026-12-24T08:00", "2026-12-25T08:00"),
        ("visit_again", "2026-10-23T09:00", "2026-10-25T10:00"),
        ("visit_again", "2027-03-26T08:00", "2027-03-28T07:00"),
    ],
)
def test_the_next_step_is_so_many_days_on_at_the_same_hour_of_the_clock_on_the_wall(
    step: str, now: str, expected: str
) -> None:
    """Christmas is a day off in this centre; both changes of the clock are among the rows."""
    at = steps.due_at(DEMO, step, datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert at == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_every_end_of_a_visit_has_a_next_step() -> None:
    assert set(steps.AFTER) == {"held", *steps.NOT_HELD}
    assert {each for proposed in steps.AFTER.values() for each in proposed} == set(steps.STEPS)
    assert all(steps.AFTER.values())
