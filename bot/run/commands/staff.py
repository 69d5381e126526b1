"""`staff list` and `staff revoke ID`: who has access; its end."""

import sys

import typer

from bot.run import settings
from bot.run.clock import Clock
from bot.run.commands import session
from handlers import dismissal
from storage import people
from storage.db import Transaction

staff = typer.Typer(no_args_is_help=True, help="Who has access, and its end.")


@staff.command("list")
def list_() -> None:
    """A line a person: number, name, roles."""
    with session.plainly():
        for person in session.transact(settings.read(), people.everybody):
            roles = ", ".join(f"{role} {district}".strip() for role, district in person.roles) or "no access"
            print(f"{person.id}\t{person.name}\t{roles}")


@staff.command()
def revoke(person_id: int) -> None:
    """Ends every role of the person in the same second; what they had moves on while the bot runs."""
    with session.plainly():
        given = settings.read()
        now = Clock(given.clock_file).now()

        def end(tx: Transaction) -> tuple[bool, bool]:
            led = bool(people.team(tx, ("head",)))
            return dismissal.revoke(tx, person_id, now=now), led and not people.team(tx, ("head",))

        ended, headless = session.transact(given, end)
        if not ended:
            session.fail(f"staff revoke: nobody with number {person_id} has access; see: python -m bot staff list")
        if headless:
            print("staff revoke: nobody is head now. Run: python -m bot invite head", file=sys.stderr)
        print("done")
