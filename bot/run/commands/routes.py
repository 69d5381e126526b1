"""`routes explain` and `routes check`: which row of the profile takes a case, and that every case has one."""

from collections.abc import Collection, Mapping
from typing import Annotated

import typer

from bot.core import routing
from bot.run import settings
from bot.run.commands import session

routes = typer.Typer(no_args_is_help=True, help="Who takes which case.")


@routes.command()
def explain(
    known: Annotated[
        list[str],
        typer.Argument(help="urgency=emergency district=center child=yes …; what is left out was not said"),
    ],
) -> None:
    """Which row of the profile takes such a case, and why those before it do not."""
    with session.plainly():
        given = settings.read()
        centre = session.centre_of(given)
        facts = dict(_fact(each, centre.facts) for each in known)
        for line in routing.explain(routing.decide(facts, centre), file=session.file_of(given)):
            print(line)


@routes.command()
def check() -> None:
    """Whether every case that the profile can tell apart has a row; exit status 2 with the first that has none."""
    with session.plainly():
        centre = session.centre_of(settings.read())
        print(f"good: {len(centre.routes)} rows, every case has one")


def _fact(word: str, answers: Mapping[str, Collection[str]]) -> tuple[str, str]:
    name, is_, value = word.partition("=")
    if not is_:
        session.fail(f"routes explain: «{word}» is not FIELD=VALUE; fields: {', '.join(answers)}")
    if name not in answers:
        session.fail(f"routes explain: no rule can ask about «{name}»; allowed: {', '.join(answers)}")
    if value not in answers[name]:
        session.fail(f"routes explain: {name} is never «{value}»; allowed: {', '.join(answers[name])}")
    return name, value
