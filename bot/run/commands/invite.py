"""`invite`: one-time codes for staff, carers, other bodies and groups of teams, with link and QR."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

import segno
import typer

from bot.core.centre import AUDIENCES, PARTNER, ROLES, Centre
from bot.run import settings, telegram
from bot.run.clock import Clock
from bot.run.commands import session
from bot.run.settings import Settings
from storage import invites
from storage.db import Transaction

CARER = "carer"
GROUP = "group"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the operator has typed."""

    role: str
    districts: list[str]
    audiences: list[str]
    source: str
    team: str


def invite(
    role: Annotated[str, typer.Argument(help="a role of the team, carer, partner or group")],
    more: Annotated[list[str] | None, typer.Argument(help="for a carer: more audiences", show_default=False)] = None,
    district: Annotated[list[str] | None, typer.Option(help="only these districts; repeatable")] = None,
    audience: Annotated[
        list[str] | None, typer.Option("--audience", "--audiences", help="for a carer; repeatable, or with commas")
    ] = None,
    source: Annotated[str, typer.Option(help="for a partner: which body, a source of the profile")] = "",
    team: Annotated[str, typer.Option(help="for a group: whose it is")] = "",
    hours: Annotated[int, typer.Option(min=1, help="how long the code is good for")] = 72,
    count: Annotated[int, typer.Option(min=1, max=10_000, help="so many codes")] = 1,
    plain: Annotated[bool, typer.Option(help="the codes alone, a line each")] = False,
) -> None:
    """Prints a one-time code, its t.me link and a QR code of the link."""
    with session.plainly():
        given = settings.read()
        asked = Asked(role, _split(district), [*_split(audience), *_split(more)], source, team)
        scope = _scope(session.centre_of(given), asked)
        codes = _issued(given, role, scope, hours, count)
        if plain:
            print("\n".join(codes))
            return
        for code in codes:
            _show(given, code, hours, group=role == GROUP)


def _issued(given: Settings, role: str, scope: list[str], hours: int, count: int) -> list[str]:
    until = Clock(given.clock_file).now() + timedelta(hours=hours)

    def issue(tx: Transaction) -> list[str]:
        return [invites.issue(tx, role, scope, expires_at=until) for _ in range(count)]

    return session.transact(given, issue)


def _scope(centre: Centre, asked: Asked) -> list[str]:
    """Districts of a role, audiences of a carer, the body of a partner, team and district of a group."""
    _known([asked.role], "role", (*ROLES, CARER, GROUP))
    _fits(asked)
    if asked.role == CARER:
        return _needed(asked.audiences, asked.role, "audience", AUDIENCES)
    if asked.role == PARTNER:
        return _needed([asked.source], asked.role, "source", [source.key for source in centre.sources])
    districts = _known(asked.districts, "district", [district.key for district in centre.districts])
    if asked.role != GROUP:
        return districts
    if len(districts) > 1:
        session.fail("invite group: one --district at most; a group of several is one of all: leave it out")
    return [*_needed([asked.team], asked.role, "team", [team.key for team in centre.teams]), *districts]


def _fits(asked: Asked) -> None:
    """What goes with another role only is said."""
    for given, what, role in (
        (asked.audiences, "an audience", CARER),
        (asked.source, "a source", PARTNER),
        (asked.team, "a team", GROUP),
    ):
        if given and asked.role != role:
            session.fail(f"invite {asked.role}: {what} goes with {role} only")
    if asked.districts and asked.role == PARTNER:
        session.fail(f"invite {PARTNER}: a district does not go with it; say --source")


def _needed(given: list[str], role: str, what: str, allowed: Iterable[str]) -> list[str]:
    names = list(allowed)
    if not any(given):
        session.fail(f"invite {role}: say which --{what}; allowed: " + ", ".join(names))
    return _known(given, what, names)


def _known(given: list[str], what: str, allowed: Iterable[str]) -> list[str]:
    names = sorted(allowed)
    for each in given:
        if each not in names:
            session.fail(f"invite: {each} is no {what}; allowed: {', '.join(names)}")
    return given


def _split(values: list[str] | None) -> list[str]:
    return [part for value in values or [] for part in value.split(",") if part]


def _show(given: Settings, code: str, hours: int, *, group: bool) -> None:
    """A group's code is written in the group; its link asks into which one."""
    name = asyncio.run(_username(given)) if given.bot_token else ""
    print(f"/start@{name} {code}" if group and name else f"/start {code}")
    if name:
        link = f"https://t.me/{name}?{'startgroup' if group else 'start'}={code}"
        print(link)
        segno.make(link, error="m").terminal(compact=True)
    print(f"Good once, for {hours} hours.")


async def _username(given: Settings) -> str:
    """The bot's name, as far as the Bot API can be asked."""
    try:
        async with telegram.client(given.bot_token, given.bot_api_url, given.bot_file_url, poll_seconds=1) as bot:
            return bot.username
    except telegram.ApiError:
        return ""
