"""Case numbers tell a slip of the finger; facts follow from answers; every case has a team."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import cases
from bot.core.profile import CENTRES, find, load
from bot.core.routing import Route

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
bases = st.integers(100, 9_999_999).map(str)


@given(bases)
def test_a_number_reads_as_it_was_said(base: str) -> None:
    number = cases.with_check_digit(base)
    for written in (f"К-{number}", f"K-{number}", f"к{number}", f" {number} ", f"K–{number}"):
        assert cases.read_number(written) == number


@given(bases, st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(base: str, place: int, by: int) -> None:
    number = cases.with_check_digit(base)
    place %= len(number)
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert cases.read_number(wrong) is None


@given(bases, st.integers(0, 6))
def test_two_neighbours_swapped_are_noticed(base: str, place: int) -> None:
    number = cases.with_check_digit(base)
    place %= len(number) - 1
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or cases.read_number(swapped) is None


@pytest.mark.parametrize("text", ["", "К-", "123", "К-123456789", "К-48a3", "²²²²", "С-4823"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert cases.read_number(text) is None


@pytest.mark.parametrize("profile", sorted(path.stem for path in CENTRES.glob("*.toml")))
@pytest.mark.parametrize("danger", ["now", "later"])
def test_a_report_of_the_branch_goes_to_the_brigade_as_an_emergency(profile: str, danger: str) -> None:
    facts = cases.facts("safety", {"danger": danger, "write": "no", "district": "unknown"})
    assert facts.urgency == "emergency"
    assert facts.branch
    assert cases.routed(facts, load(find(profile)), MONDAY).team == "brigade"


@pytest.mark.safety("S08")
def test_by_default_nothing_is_written_first() -> None:
    for write, contact in (("no", "none"), ("hours", "hours"), ("yes", "here")):
        facts = cases.facts("safety", {"danger": "now", "write": write, "district": "unknown"})
        assert facts.contact == contact


@pytest.mark.safety("S14")
def test_who_tells_of_another_family_is_never_written_to() -> None:
    facts = cases.facts(
        "other", {"reporter": "third_person", "danger": "later", "district": "unknown", "consent": "yes"}
    )
    assert facts.contact == "none"


@pytest.mark.parametrize(
    ("violence", "hour", "asked"),
    [("yes", 9, {"violence": ("yes",), "time": ("day",)}), ("no", 22, {"violence": ("no",), "time": ("night",)})],
)
def test_rules_can_ask_about_violence_and_the_hour(violence: str, hour: int, asked: dict[str, tuple[str, ...]]) -> None:
    answers = {"intake": "found_by_specialist", "violence": violence, "urgency": "planned", "unit": "family"}
    facts = cases.facts("register", answers | {"children": 0, "district": "center"})
    demo = load(find("demo"))
    rules = replace(demo, routes=(Route("lawyer", asked), Route("brigade", {})))
    assert cases.routed(facts, rules, MONDAY.replace(hour=hour)).team == "lawyer"
    assert cases.routed(facts, rules, MONDAY.replace(hour=31 - hour)).team == "brigade"
