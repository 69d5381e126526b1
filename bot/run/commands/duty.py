"""`duty import FILE.csv` and `duty show`: the roster from a table, and who is on duty when."""

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.core import duty as rules
from bot.core.centre import WEEKDAYS, Centre
from bot.core.duty import OneDay, Roster, Shift, Standing
from bot.run import settings
from bot.run.clock import Clock
from bot.run.commands import session
from handlers import roster
from storage import people, rosters
from storage.db import Transaction
from storage.people import Person

COLUMNS = ("person", "team", "weekday_or_date", "from", "to", "off")
MOST_ERRORS = 20

duty = typer.Typer(no_args_is_help=True, help="Who is on duty when.")


@dataclass(frozen=True, slots=True)
class Planned:
    """A row of the file: whose, and a shift of every week or a day that differs."""

    person_id: int
    what: Shift | OneDay


class Bad(ValueError):  # noqa: N818 - a finding, said in its own line
    """What is wrong in which column of a row."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(f"column {column}: {why}")


@duty.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="person,team,weekday_or_date,from,to,off")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only say whether the file is good")] = False,
) -> None:
    """Plans weeks and days that differ; who stands in the file has that week from now on, and no other.

    A row has the number or the name of `staff list`; a team, or nothing for all of the person's; mon … sun, or a date
    as 2026-11-26; from and to as 8:00, where an end that is not later is on the next day; off: yes, for a date without
    a shift. Nothing is imported unless all rows are good.
    """
    with session.plainly():
        given = settings.read()
        centre, now = session.centre_of(given), Clock(given.clock_file).now()
        known = session.look(given, people.everybody)
        rows = _read(file, known, centre)
        if not dry_run:
            session.transact(given, lambda tx: _plan(tx, centre, rows, now))
        persons = len({row.person_id for row in rows})
        print(f"{'good' if dry_run else 'planned'}: {len(rows)} rows for {persons} people")


@duty.command()
def show(
    *, week: Annotated[bool, typer.Option("--week", help="every shift of the coming week, and who is missing")] = False
) -> None:
    """A line a person: number, name, on duty or off, until when, the next shift."""
    with session.plainly():
        given = settings.read()
        centre, now = session.centre_of(given), Clock(given.clock_file).now()
        for line in session.look(given, lambda tx: list(_shown(tx, centre, now, week=week))):
            print(line)


def _plan(tx: Transaction, centre: Centre, rows: Sequence[Planned], now: datetime) -> None:
    before = {person_id: rosters.roster(tx, person_id) for person_id in {row.person_id for row in rows}}
    for person_id in {row.person_id for row in rows if isinstance(row.what, Shift)}:
        rosters.drop_shifts(tx, person_id)
    for person_id, day in {(row.person_id, row.what.day) for row in rows if isinstance(row.what, OneDay)}:
        rosters.drop_day(tx, person_id, day)
    for row in rows:
        if isinstance(row.what, Shift):
            rosters.add_shift(tx, row.person_id, row.what)
        else:
            rosters.add_day(tx, row.person_id, row.what)
    for person_id, old in before.items():
        roster.changed(tx, centre, person_id, old, now=now)


def _read(file: Path, known: Sequence[Person], centre: Centre) -> list[Planned]:
    """Every row, or every fault on a line of its own and exit status 2."""
    try:
        table = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    except (UnicodeDecodeError, csv.Error):
        session.fail(f"{file}: this is not a table in UTF-8 with commas")
    if not table or tuple(table[0]) != COLUMNS:
        session.fail(f"{file}, line 1: the columns are not: {','.join(COLUMNS)}")
    good, faults = [], []
    for line, cells in enumerate(table[1:], 2):
        try:
            good.append(_row(cells, known, centre))
        except Bad as why:
            faults.append(f"{file}, line {line}, {why}")
    if faults:
        _refuse(faults)
    return good


def _refuse(faults: Sequence[str]) -> NoReturn:
    print(*faults[:MOST_ERRORS], sep="\n", file=sys.stderr)
    raise SystemExit(session.WRONG_USE)


def _row(cells: Sequence[str], known: Sequence[Person], centre: Centre) -> Planned:
    if len(cells) != len(COLUMNS):
        raise Bad(COLUMNS[min(len(cells), len(COLUMNS) - 1)], f"{len(cells)} columns; {len(COLUMNS)} are needed")
    row = {name: cell.strip() for name, cell in zip(COLUMNS, cells, strict=True)}
    person = _person(row["person"], known)
    return Planned(person.id, _what(row, _team(row["team"], person, centre)))


def _person(word: str, known: Sequence[Person]) -> Person:
    found = [each for each in known if roster.may_be_planned(each) and word in (str(each.id), each.name)]
    if len(found) != 1:
        many = "several people have this name; write the number" if found else "nobody here has this number or name"
        raise Bad("person", f"«{word}»: {many}. See: python -m bot staff list")
    return found[0]


def _team(word: str, person: Person, centre: Centre) -> str:
    own = [team.key for team in roster.teams_of(centre, person)]
    if word and word not in own:
        raise Bad("team", f"«{word}» is no team of {person.name}; allowed: {', '.join(own)}, or nothing for all")
    return word


def _what(row: Mapping[str, str], team: str) -> Shift | OneDay:
    off = _yes(row["off"])
    if row["weekday_or_date"] in WEEKDAYS:
        if off:
            raise Bad("off", "a day of the week has no «off»: leave the row out, or name a date")
        return Shift(WEEKDAYS.index(row["weekday_or_date"]), *_hours(row), team)
    day = _day(row["weekday_or_date"])
    if off and (row["from"] or row["to"]):
        raise Bad("from", "a day off has no hours; leave from and to empty")
    return OneDay(day, off=True, team=team) if off else OneDay(day, False, *_hours(row), team)


def _hours(row: Mapping[str, str]) -> tuple[int, int]:
    starts, ends = _minutes(row, "from"), _minutes(row, "to")
    if starts >= rules.MINUTES:
        raise Bad("from", f"«{row['from']}» is the end of a day; a shift begins before it")
    return starts, ends if ends > starts else ends + rules.MINUTES


def _minutes(row: Mapping[str, str], column: str) -> int:
    hours, _, minutes = row[column].partition(":")
    if not (hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2) or int(minutes) > 59:  # noqa: PLR2004 - a clock
        raise Bad(column, f"«{row[column]}» is not a time of day; write it as 8:00")
    if int(hours) * 60 + int(minutes) > rules.MINUTES:
        raise Bad(column, f"«{row[column]}» is later than 24:00")
    return int(hours) * 60 + int(minutes)


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        allowed = f"allowed: {', '.join(WEEKDAYS)}, or a date as 2026-11-26"
        raise Bad("weekday_or_date", f"«{word}» is neither a day of the week nor a date; {allowed}") from None


def _yes(word: str) -> bool:
    if word not in ("", "yes", "no"):
        raise Bad("off", f"«{word}»; allowed: yes, no, or nothing")
    return word == "yes"


def _shown(tx: Transaction, centre: Centre, now: datetime, *, week: bool) -> Iterator[str]:
    planned, staff = rosters.rosters(tx), [each for each in people.everybody(tx) if roster.may_be_planned(each)]
    for person in staff:
        state = rosters.standing(tx, person.id) or Standing(on=False, since=now)
        own = planned.get(person.id, Roster())
        yield f"{person.id}\t{person.name}\t{_stands(state, own, centre, now)}\t{_next(own, centre, now)}"
        if week:
            yield from (f"\t\t{line}" for line in _week(own, centre, now))
    if week:
        days = [centre.wall_clock(now).date() + timedelta(days=later) for later in range(8)]
        for team, gap in roster.gaps(tx, centre, days, now):
            yield f"nobody\t{team.key}\t{_span(gap.starts, gap.ends, centre)}"


def _stands(state: Standing, own: Roster, centre: Centre, now: datetime) -> str:
    if rules.on_leave(own, now, centre.zone):
        return "on leave"
    teams = f" for {', '.join(state.teams)}" if state.teams else ""
    until = f" until {_clock(state.until, centre)}" if state.until else ""
    return f"on duty{teams}{until}" if state.on else "off duty"


def _next(own: Roster, centre: Centre, now: datetime) -> str:
    ahead = rules.next_shift(own, now, centre.zone)
    return f"next: {_span(ahead.starts, ahead.ends, centre)}" if ahead else "no shifts planned"


def _week(own: Roster, centre: Centre, now: datetime) -> Iterator[str]:
    today = centre.wall_clock(now).date()
    for span in rules.spans(own, centre.zone, today, today + timedelta(days=7)):
        yield f"{_span(span.starts, span.ends, centre)}\t{span.team or 'all teams'}"
    for leave in own.leaves:
        if leave.ended_at is None and leave.last_day >= today:
            yield f"leave {leave.first_day} – {leave.last_day}"


def _span(starts: datetime, ends: datetime, centre: Centre) -> str:
    return f"{_clock(starts, centre)} – {_clock(ends, centre)}"


def _clock(moment: datetime, centre: Centre) -> str:
    local = centre.wall_clock(moment)
    return f"{WEEKDAYS[local.weekday()]} {local:%Y-%m-%d %H:%M}"
