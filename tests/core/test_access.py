"""The table of rights names everything that can be done, and nothing else."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import handlers
from bot.core import access
from bot.core.access import CARER, EVERYBODY, RESIDENT, TABLE
from bot.core.buttons import ACTIONS
from bot.core.centre import ROLES
from bot.core.forms import FORMS
from handlers import menu

CODE = Path(handlers.__file__).parent
WHERE = "One line each in TABLE of bot/core/access.py, saying who may: "


def cases_of(*names: str) -> set[str]:
    """The words that these functions of the router match."""
    router = ast.parse((CODE / "route.py").read_text(encoding="utf-8"))
    functions = [each for each in ast.walk(router) if isinstance(each, ast.FunctionDef) and each.name in names]
    assert len(functions) == len(names), f"the router has no {names} any more; tell this test where it went"
    return {
        each.value.value
        for function in functions
        for each in ast.walk(function)
        if isinstance(each, ast.MatchValue) and isinstance(each.value, ast.Constant) and type(each.value.value) is str
    }


def entries() -> set[str]:
    return cases_of("_enter", "_enter_staff") | {entry for entry, _ in (*menu.FOR_ALL, *menu.FOR_STAFF)} | pressed()


def pressed() -> set[str]:
    """Every `Enter("…")` of the handlers."""
    return {str(value) for name, value in _made() if name == "Enter"}


def moves() -> set[str]:
    """Every button with a move that is made with the move spelled out, as far as its class has no line of its own."""
    return {f"button {name} {value}" for name, value in _made() if name in split()}


def split() -> set[str]:
    """The classes whose moves are for different people."""
    return {what.split()[1] for what in listed("button") if len(what.split()) > 2}


def listed(kind: str) -> set[str]:
    return {what for what in TABLE if what.split()[0] == kind}


def _made() -> Iterator[tuple[str, object]]:
    """Name and last argument of each button that the handlers make."""
    names = {kind.__name__ for kind in ACTIONS.values()}
    for file in CODE.glob("*.py"):
        for each in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id in names and each.args:
                last = each.args[-1]
                if isinstance(last, ast.Constant) and isinstance(last.value, str):
                    yield each.func.id, last.value


@pytest.mark.safety("S25")
def test_every_button_stands_in_the_table() -> None:
    whole = {f"button {kind.__name__}" for kind in ACTIONS.values() if kind.__name__ not in split()}
    missing = (whole | moves()) - listed("button")
    assert not missing, WHERE + ", ".join(sorted(missing))


@pytest.mark.safety("S25")
def test_every_entry_command_and_form_stands_in_the_table() -> None:
    wanted = {f"entry {entry}" for entry in entries()} | {f"command {name}" for name in cases_of("_command")}
    missing = (wanted | {f"form {form}" for form in FORMS}) - set(TABLE)
    assert not missing, WHERE + ", ".join(sorted(missing))


@pytest.mark.safety("S25")
def test_the_table_names_nothing_that_does_not_exist() -> None:
    there = {f"button {kind.__name__}" for kind in ACTIONS.values() if kind.__name__ not in split()}
    there |= {what for what in listed("button") if len(what.split()) > 2 and _occurs(what)}
    there |= {f"entry {entry}" for entry in entries()} | {f"command {name}" for name in cases_of("_command")}
    there |= {f"form {form}" for form in FORMS}
    gone = set(TABLE) - there
    assert not gone, "TABLE of bot/core/access.py names what is not there any more: " + ", ".join(sorted(gone))


def _occurs(what: str) -> bool:
    _, name, move = what.split()
    known = {kind.__name__ for kind in ACTIONS.values() if "move" in kind.__slots__}
    return name in known and any(f'"{move}"' in file.read_text(encoding="utf-8") for file in CODE.glob("*.py"))


def test_every_line_lets_somebody_and_only_people_who_exist() -> None:
    for what, who in TABLE.items():
        assert who, what
        assert who <= EVERYBODY, what
    assert set(ROLES) < EVERYBODY


def test_a_form_is_of_the_staff_exactly_when_no_resident_and_no_carer_may_fill_it() -> None:
    for form in FORMS.values():
        assert form.staff == TABLE[f"form {form.name}"].isdisjoint({RESIDENT, CARER}), form.name


@pytest.mark.safety("S25")
def test_what_stands_in_no_line_nobody_may() -> None:
    assert not access.may(EVERYBODY, "button Unheard")
    assert not access.may(EVERYBODY, "entry unheard")


@pytest.mark.safety("S25")
def test_the_administrator_sees_no_cases() -> None:
    of_cases = ("Claim", "Decline", "Open", "Because", "Glass", "Allow", "Contacted", "PlanVisit", "Close")
    for what in (*(f"button {name}" for name in of_cases), "entry queue", "entry day", "command case", "form register"):
        assert not access.may(access.parts(["admin"], carer=False), what), what
