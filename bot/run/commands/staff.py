"""`staff list` and `staff revoke ID`: who has access; its end."""

import typer

from bot.run import settings
from bot.run.clock import Clock
from bot.run.commands import session
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
    """Ends every role of the person in the same second."""
    with session.plainly():
        given = settings.read()
        now = Clock(given.clock_file).now()

        def end(tx: Transaction) -> int:
            return people.dismiss(tx, person_id, now=now)

        if not session.transact(given, end):
            session.fail(f"staff revoke: nobody with number {person_id} has access; see: python -m bot staff list")
        print("done")
