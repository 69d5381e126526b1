"""`invite`: one-time codes for staff and carers, with link and QR."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated

import segno
import typer

from bot.core.centre import AUDIENCES, ROLES, Centre
from bot.run import settings, telegram
from bot.run.clock import Clock
from bot.run.commands import session
from bot.run.settings import Settings
from storage import invites
from storage.db import Transaction

CARER = "carer"


def invite(
    role: Annotated[str, typer.Argument(help="a role of the team, or carer")],
    more: Annotated[list[str] | None, typer.Argument(help="for a carer: more audiences", show_default=False)] = None,
    district: Annotated[list[str] | None, typer.Option(help="only these districts; repeatable")] = None,
    audience: Annotated[
        list[str] | None, typer.Option("--audience", "--audiences", help="for a carer; repeatable, or with commas")
    ] = None,
    hours: Annotated[int, typer.Option(min=1, help="how long the code is good for")] = 72,
    count: Annotated[int, typer.Option(min=1, max=10_000, help="so many codes")] = 1,
    plain: Annotated[bool, typer.Option(help="the codes alone, a line each")] = False,
) -> None:
    """Prints a one-time code, its t.me link and a QR code of the link."""
    with session.plainly():
        given = settings.read()
        scope = _scope(session.centre_of(given), role, _split(district), [*_split(audience), *_split(more)])
        codes = _issued(given, role, scope, hours, count)
        if plain:
            print("\n".join(codes))
            return
        for code in codes:
            _show(given, code, hours)


def _issued(given: Settings, role: str, scope: list[str], hours: int, count: int) -> list[str]:
    until = Clock(given.clock_file).now() + timedelta(hours=hours)

    def issue(tx: Transaction) -> list[str]:
        return [invites.issue(tx, role, scope, expires_at=until) for _ in range(count)]

    return session.transact(given, issue)


def _scope(centre: Centre, role: str, districts: list[str], audiences: list[str]) -> list[str]:
    """Districts of a role, audiences of a carer; what is unknown is said with what is allowed."""
    if role == CARER:
        if not audiences:
            session.fail("invite carer: say which --audience; allowed: " + ", ".join(AUDIENCES))
        return _known(audiences, "audience", AUDIENCES)
    _known([role], "role", (*ROLES, CARER))
    if audiences:
        session.fail(f"invite {role}: an audience goes with carer only")
    return _known(districts, "district", [district.key for district in centre.districts])


def _known(given: list[str], what: str, allowed: Iterable[str]) -> list[str]:
    names = sorted(allowed)
    for each in given:
        if each not in names:
            session.fail(f"invite: {each} is no {what}; allowed: {', '.join(names)}")
    return given


def _split(values: list[str] | None) -> list[str]:
    return [part for value in values or [] for part in value.split(",") if part]


def _show(given: Settings, code: str, hours: int) -> None:
    print(f"/start {code}")
    name = asyncio.run(_username(given)) if given.bot_token else ""
    if name:
        link = f"https://t.me/{name}?start={code}"
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
