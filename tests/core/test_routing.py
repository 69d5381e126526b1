"""Who takes a case: the first row that fits, why not the others, and that none is left without a row."""

from collections.abc import Iterable
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from bot.core import routing
from bot.core.profile import find, load
from bot.core.routing import Route

DEMO = load(find("demo"))
ANSWERS = {"urgency": ("emergency", "planned"), "district": ("center", "lypky"), "need": ("money", "loss", "")}


class Rules:
    def __init__(self, routes: Iterable[Route]) -> None:
        self._routes = tuple(routes)

    @property
    def routes(self) -> tuple[Route, ...]:
        return self._routes


def test_the_first_row_that_fits_takes_it_and_each_before_it_says_on_which_field_it_failed() -> None:
    decision = routing.decide({"urgency": "planned", "form": "help", "need": "divorce"}, DEMO)
    assert (decision.team, decision.row) == ("lawyer", 5)
    assert [(each.row, each.field, each.given) for each in decision.why] == [
        (1, "urgency", "planned"),
        (2, "form", "help"),
        (3, "category", ""),
        (4, "need", "divorce"),
    ]


def test_the_explanation_names_the_row_of_the_file_and_what_follows_from_it() -> None:
    rules = Rules(
        (
            Route("lawyer", {"need": ("divorce",), "time": ("day",)}),
            Route("brigade", {"urgency": ("emergency",)}, priority=9, ladder="night", deadlines=("notify_police",)),
        )
    )
    lines = routing.explain(routing.decide({"urgency": "emergency", "need": "divorce"}, rules), file="ours.toml")
    assert lines == [
        "routes[1] does not: time is not said; it asks for day",
        "routes[2] of ours.toml takes it",
        "team: brigade",
        "priority: 9",
        "ladder: night",
        "deadlines: notify_police",
    ]


def test_what_no_list_foresaw_is_taken_by_the_last_row_so_that_nothing_is_lost() -> None:
    """A district that went out of the profile while somebody wrote."""
    rules = Rules((Route("a", {"district": ("center",)}), Route("b", {"district": ("lypky",)})))
    decision = routing.decide({"district": "gone"}, rules)
    assert (decision.team, decision.row, decision.foreseen) == ("b", 2, False)
    assert "no row was written for this" in routing.explain(decision, file="x")[1]


def test_the_first_case_that_nobody_takes_is_named() -> None:
    routes = (
        Route("brigade", {"urgency": ("emergency",)}),
        Route("specialists", {"urgency": ("planned",), "district": ("center",)}),
    )
    example = routing.uncovered(routes, ANSWERS)
    assert example is not None
    assert routing.described(example) == "urgency=planned, district=lypky"


def test_rows_that_take_everything_together_need_no_last_row_without_when() -> None:
    routes = (
        Route("brigade", {"urgency": ("emergency",)}),
        Route("specialists", {"urgency": ("planned",), "district": ("center",)}),
        Route("village", {"district": ("lypky",)}),
    )
    assert routing.uncovered(routes, ANSWERS) is None


def test_what_need_not_be_said_must_be_taken_too() -> None:
    routes = (Route("a", {"need": ("money", "loss")}),)
    assert routing.described(routing.uncovered(routes, ANSWERS) or {}) == "need not said"
    assert routing.described(routing.uncovered((), ANSWERS) or {}) == "any case"


WHEN = st.fixed_dictionaries(
    {}, optional={name: st.lists(st.sampled_from([v for v in values if v]), min_size=1, unique=True).map(tuple)
                  for name, values in ANSWERS.items()}
)  # fmt: skip


@given(st.lists(WHEN, min_size=1, max_size=6))
def test_it_agrees_with_looking_at_every_combination(whens: list[dict[str, tuple[str, ...]]]) -> None:
    routes = [Route(str(row), when) for row, when in enumerate(whens)]
    every = [
        {name: value for name, value in zip(ANSWERS, values, strict=True) if value}
        for values in product(*ANSWERS.values())
    ]
    lost = [facts for facts in every if not any(route.takes(facts) for route in routes)]
    example = routing.uncovered(routes, ANSWERS)
    assert (example is None) == (not lost)
    if example is not None:
        assert any(all(facts.get(name, "") == value for name, value in example.items()) for facts in lost)
