"""Trainings as a table (contract, section 4): what each column may hold, and what no cell shows alone."""

from datetime import datetime

from bot.core import identifiers, sheets
from bot.core.centre import AUDIENCES, TITLE, Centre, known_words
from bot.core.register import code
from bot.core.sheets import Column, Kind, Row, Table, Wrong

NAMES = (
    "programme", "audience", "title", "starts_at", "hours", "place", "capacity", "invited", "came", "certificate",
)  # fmt: skip
MOST_SEATS, MOST_HOURS, MOST_PEOPLE, PLACE = 5000, 500, 100_000, 200
"""Seats as in the bot's own form; a table may hold whole courses, and campaigns for a town."""


def table(centre: Centre, now: datetime) -> Table:
    people = sheets.whole(0, MOST_PEOPLE)
    return Table(
        (
            Column("programme", sheets.text(TITLE), required=True),
            Column("audience", code(known_words(centre.audiences, identifiers.AUDIENCES), AUDIENCES), required=True),
            Column("title", sheets.text(120), required=True),
            Column("starts_at", sheets.moment(centre.zone), required=True),
            Column("hours", sheets.whole(1, MOST_HOURS), required=True),
            Column("place", sheets.text(PLACE)),
            Column("capacity", sheets.whole(1, MOST_SEATS)),
            Column("invited", people),
            Column("came", people),
            Column("certificate", certificates(people), empty=(None, ())),
        ),
        unique=("programme", "audience", "title", "place", "starts_at"),
        rule=lambda row: _fits(row, now),
    )


def certificates(people: Kind) -> Kind:
    """How many, and their numbers where these are written down: `12`, or `2025/014;2025/015`."""

    def read(word: str) -> tuple[int, tuple[str, ...]]:
        if word.isdecimal():
            return people(word), ()
        numbers = sheets.several(sheets.text(60))(word)
        return len(numbers), numbers

    return read


def _fits(row: Row, now: datetime) -> None:
    """Raises Wrong."""
    if row["starts_at"] > now:
        _ahead(row)
        return
    if row["invited"] is not None and row["came"] is not None and row["came"] > row["invited"]:
        raise Wrong(f"{row['came']} came", f"at most the {row['invited']} who were invited", column="came")
    if row["certificate"][0] is not None and row["came"] is not None and row["certificate"][0] > row["came"]:
        raise Wrong(f"{row['certificate'][0]} certificates", f"at most {row['came']}, who came", column="certificate")


def _ahead(row: Row) -> None:
    if row["capacity"] is None:
        raise Wrong("nothing stands here, and the session is ahead", "how many seats it has", column="capacity")
    for name in ("invited", "came"):
        if row[name]:
            raise Wrong(f"{row[name]}, but the session is still ahead", "nothing yet", column=name)
    if row["certificate"][0]:
        raise Wrong("the session is still ahead", "nothing yet", column="certificate")
