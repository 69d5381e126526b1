"""The gate cannot be gone around: its types are made in one place each, and nothing else type-checks as an address."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from mypy import api

ROOT = Path(__file__).parents[2]
OURS = ("bot", "handlers", "storage")

MADE_IN = {
    "Permit": {"bot/core/safety.py"},
    "Asker": {"bot/core/whom.py", "bot/run/desk.py"},
    "Colleague": {"storage"},
    "Carer": {"storage"},
    "Push": {"handlers/contact.py"},
    "outbox.put": {"bot/run/desk.py", "storage/erasing.py"},
    "telegram.new_message": {"bot/run/outbox.py"},
    "NewType": {"bot/core/whom.py"},
}
"""Who may call what. The sandbox plays Telegram: its Push is a line on a lock screen, and it imports none of ours."""
# Erasing takes messages away and puts nothing else there: the next test holds it to that.
FREE = {"Push": {"bot/sandbox"}}


@cache
def calls() -> tuple[tuple[str, str], ...]:
    """Every call in our own code: what is called, under its own name and under its module's, and where."""
    return tuple(_calls())


def _calls() -> Iterator[tuple[str, str]]:
    for folder in OURS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield from ((name, place) for name in _names(node.func))


def _names(called: ast.expr) -> list[str]:
    match called:
        case ast.Name(name):
            return [name]
        case ast.Attribute(ast.Name(module), name):
            return [name, f"{module}.{name}"]
        case ast.Attribute(_, name):
            return [name]
        case _:
            return []


def _lies_in(place: str, allowed: set[str]) -> bool:
    return any(place == each or place.startswith(f"{each}/") for each in allowed)


@pytest.mark.safety("S08")
@pytest.mark.parametrize("name", MADE_IN)
def test_what_lets_a_message_out_is_made_in_one_place(name: str) -> None:
    places = {place for called, place in calls() if called == name and not _lies_in(place, FREE.get(name, set()))}
    assert places, f"nobody calls {name} any more: this test looks for the wrong name"
    assert not {place for place in places if not _lies_in(place, MADE_IN[name])}


@pytest.mark.safety("S08")
def test_erasing_only_takes_messages_away() -> None:
    tree = ast.parse((ROOT / "storage/erasing.py").read_text(encoding="utf-8"))
    puts = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and "outbox.put" in _names(node.func)]
    done = {node.args[2].value for node in puts if isinstance(node.args[2], ast.Constant)}
    assert len(puts) >= 2
    assert done <= {"delete", "remove"}


@pytest.mark.safety("S08")
def test_nobody_takes_the_gates_types_under_another_name() -> None:
    """An alias would be a second door, and so would a class or a replaced field that makes one without its name."""
    for folder in OURS:
        for path in (ROOT / folder).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            renamed = [
                alias.name
                for node in ast.walk(tree)
                if isinstance(node, ast.ImportFrom | ast.Import)
                for alias in node.names
                if alias.asname and alias.name.rpartition(".")[2] in {*MADE_IN, "outbox", "whom", "safety"}
            ]
            assert not renamed, path
            told = [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Call)]
            assert not [call for call in told if call.startswith("cast(") and ("Asker" in call or "Permit" in call)]


LETTER = """
from bot.core import texts
from bot.core.events import Delete, Edit, Message, Send, Show
from storage.people import Person


def written(person: Person) -> list[Message]:
    return [
        Send(person.{address}, texts.MENU),
        Show(person.{address}, "key", texts.MENU),
        Edit(person.{address}, "key", texts.MENU),
        Delete(person.{address}, "key"),
    ]
"""


@pytest.mark.safety("S08")
def test_a_message_to_just_anybody_does_not_type_check(tmp_path: Path) -> None:
    """A resident's number is no address: for a Send, a Show, an Edit or a Delete one of four kinds is needed."""
    refused = _checked(tmp_path / "anybody.py", LETTER.format(address="id")).splitlines()
    assert len(refused) == 4
    assert all('has incompatible type "int"; expected "Asker | Colleague | Carer | Group"' in line for line in refused)
    assert _checked(tmp_path / "colleague.py", LETTER.format(address="colleague")) == ""


def _checked(path: Path, words: str) -> str:
    """What mypy has against it, as strictly as against everything else."""
    path.write_text(words, encoding="utf-8")
    said, failed, _ = api.run(["--config-file", str(ROOT / "pyproject.toml"), "--no-error-summary", str(path)])
    assert not failed
    return said
