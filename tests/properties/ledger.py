"""What must be true of the queue after every step, read from the tables themselves and from what reached the chats.

Nothing here imports the bot: the profile is read as the file that it is, times are counted a second time. Where this
and the handlers disagree, one of them is wrong.
"""

import re
import sqlite3
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

KYIV = ZoneInfo("Europe/Kyiv")
A_TICK = timedelta(seconds=2)
HELD_AT_MOST = timedelta(hours=3)
PROFILE = tomllib.loads((Path(__file__).parents[2] / "bot/centres/demo.toml").read_text(encoding="utf-8"))
TEAMS = {team["key"]: frozenset(team["roles"]) for team in PROFILE["teams"]}
BY_DISTRICT = {team["key"] for team in PROFILE["teams"] if team["by_district"]}
LADDERS = {
    name: {step["whom"]: int(step["after"]) for step in ladder["steps"]} for name, ladder in PROFILE["ladders"].items()
}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOLIDAYS = frozenset(PROFILE["holidays"])
IN_LINE = frozenset({"head", "deputy", "dispatcher", "admin"})
STAFF = frozenset({*IN_LINE, *(role for roles in TEAMS.values() for role in roles)})
ALERT = re.compile(r"(?:^|\n)(?:Urgent c|C)ase K-(\d+)\. ")
SOON = re.compile(r"(?:^|\n)K-(\d+)\. .*there is little time left", re.DOTALL)
NOBODY_CAN = "Nobody can take it so far."
TOLD_OF = ("missed_deadline", "wait_decision")
"""Tasks that a deadline makes when its time is over."""

Row = sqlite3.Row


class BrokenError(AssertionError):
    """Something that must always be true is not."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A new message in a chat. `asked`: its reader has just pressed or written something."""

    at: datetime
    person: int
    text: str
    asked: bool


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody as the tables have it. `duty`: the teams that they are on duty for; None when they are off duty."""

    id: int
    roles: frozenset[str]
    districts: frozenset[str]
    duty: frozenset[str] | None
    away: bool

    def in_team(self, team: str) -> bool:
        return bool(self.roles & TEAMS[team])

    def on_duty(self, team: str) -> bool:
        return self.in_team(team) and self.duty is not None and (not self.duty or team in self.duty)


@dataclass
class Looked:
    """One look at the tables."""

    at: datetime
    cases: dict[int, Row]
    staff: dict[int, Staff]
    due: dict[tuple[str, int], list[Row]]
    tasks: list[Row]
    visits: list[Row]
    deadlines: list[Row]
    kept_away: set[tuple[int, int | str]]
    declined: dict[int, bool]
    broken: list[Row]
    series: list[Row]

    def open_tasks(self) -> Iterator[Row]:
        return (task for task in self.tasks if task["done_at"] is None)

    def bells(self, kind: str, subject: int) -> list[datetime]:
        return [moment(row["at"]) for row in self.due.get((kind, subject), [])]

    def spared(self, case: Row, person: Staff) -> bool:
        """Whether nobody has kept this person from the case."""
        return not any((case["id"], each) in self.kept_away for each in (person.id, *person.roles))


@dataclass
class Ledger:
    """Looks at the tables of one town after every step, and remembers the look before."""

    database: Path
    seen: Counter[str] = field(default_factory=Counter)
    last: Looked | None = None

    def check(self, now: datetime, sent: list[Sent], faults: list[str]) -> None:
        """Raises BrokenError with everything that is not as it must be."""
        looked = look(self.database, now)
        before = self.last or looked
        wrong = [*faults, *_wrong(looked), *_rung(before, looked, sent)]
        for each in sent:
            wrong += _called(before, looked, each, self.seen)
        self.last = looked
        if wrong:
            raise BrokenError("\n".join([f"{now:%a %d.%m %H:%M:%S} UTC", *wrong]))


def look(database: Path, now: datetime) -> Looked:
    with closing(sqlite3.connect(f"file:{database.resolve()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row

        def rows(sql: str) -> list[Row]:
            return connection.execute(sql).fetchall()

        due: dict[tuple[str, int], list[Row]] = {}
        for row in rows("SELECT * FROM due WHERE done_at IS NULL"):
            due.setdefault((row["kind"], row["subject_id"]), []).append(row)
        alerts = "SELECT case_id, count(*) AS n, count(declined_at) AS declined FROM alerts GROUP BY case_id"
        return Looked(
            now,
            {row["id"]: row for row in rows("SELECT * FROM cases")},
            _staff(rows, now),
            due,
            rows("SELECT * FROM tasks"),
            rows("SELECT * FROM visits WHERE state = 'planned'"),
            rows("SELECT * FROM deadlines"),
            {(row["case_id"], row["person_id"] or row["role"]) for row in rows("SELECT * FROM exclusions")},
            {row["case_id"]: row["n"] == row["declined"] for row in rows(alerts)},
            rows("SELECT * FROM inbox WHERE fault IS NOT NULL"),
            rows("SELECT * FROM series WHERE ended_at IS NULL AND subject = 'visit'"),
        )


def _staff(rows: Any, now: datetime) -> dict[int, Staff]:
    today = now.astimezone(KYIV).date().isoformat()
    away = {
        row["person_id"]
        for row in rows("SELECT * FROM leaves WHERE ended_at IS NULL")
        if row["first_day"] <= today <= row["last_day"]
    }
    duty = {row["person_id"]: row for row in rows("SELECT * FROM duty WHERE on_duty")}
    roles: dict[int, list[Row]] = {}
    for row in rows("SELECT * FROM roles WHERE ended_at IS NULL"):
        roles.setdefault(row["person_id"], []).append(row)
    return {
        person: Staff(
            person,
            frozenset(row["role"] for row in of),
            frozenset(row["district"] for row in of),
            frozenset(filter(None, duty[person]["teams"].split(","))) if person in duty else None,
            person in away,
        )
        for person, of in roles.items()
        if any(row["role"] in STAFF for row in of)
    }


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


# What must be true


def _wrong(looked: Looked) -> Iterator[str]:
    yield from (f"an update was given up: {row['fault']}" for row in looked.broken)
    for case in looked.cases.values():
        if case["closed_at"] is None and case["withdrawn_at"] is None:
            yield from (f"K-{case['number']} (case {case['id']}): {why}" for why in _case(looked, case))
    yield from _holders(looked)
    yield from _tasks(looked)
    yield from _deadlines(looked)
    yield from _series(looked)


def _case(looked: Looked, case: Row) -> Iterator[str]:
    """An open case has one owner or stands in one queue, and something runs that brings it up again."""
    if case["joined_to"] is not None:
        main = looked.cases.get(case["joined_to"])
        if main is None or main["closed_at"] or main["withdrawn_at"] or main["joined_to"] is not None:
            yield "goes on in a case that does not go on itself"
        elif main["claimed_by"] != case["claimed_by"]:
            yield "has another holder than the case in which it goes on"
    elif case["claimed_by"] is None:
        yield from _waiting(looked, case)
    elif case["claimed_by"] not in looked.staff:
        yield f"is with person {case['claimed_by']}, who has no role"
    elif case["contacted_at"] is None:
        yield from _leased(looked, case)
    elif not _has_next(looked, case):
        yield "was spoken about and has no next step: no visit, no task, no deadline at another body"


def _waiting(looked: Looked, case: Row) -> Iterator[str]:
    if case["team"] not in TEAMS:
        yield f"waits for a team that does not exist: {case['team']}"
    steps = looked.bells("ladder", case["id"])
    if not steps:
        yield "waits, and no step of the ladder is planned"
    if any(at <= looked.at for at in steps):
        yield f"waits, and a step of the ladder that was due at {min(steps)} has not come"
    if looked.bells("lease_over", case["id"]):
        yield "waits, and a lease of it still runs"


def _leased(looked: Looked, case: Row) -> Iterator[str]:
    ends = looked.bells("lease_over", case["id"])
    if case["lease_until"] is None or not ends:
        yield f"was taken, nobody has been in touch, and no lease runs ({case['lease_until']}, {ends})"
        return
    latest = moment(case["lease_until"])
    if case["held_since"] is not None:
        latest = max(latest, moment(case["held_since"]) + HELD_AT_MOST)
    if max(ends) <= looked.at or min(ends) > latest:
        yield f"has a lease until {latest}, and its end is planned for {ends}"
    if looked.bells("ladder", case["id"]):
        yield "was taken, and its ladder still runs"


def _has_next(looked: Looked, case: Row) -> bool:
    visit = any(each["case_id"] == case["id"] for each in looked.visits)
    task = any(each["case_id"] == case["id"] for each in looked.open_tasks())
    elsewhere = any(
        each["case_id"] == case["id"] and each["sent_at"] and not each["met_at"] and not each["dropped_at"]
        for each in looked.deadlines
    )
    return visit or task or elsewhere


def _holders(looked: Looked) -> Iterator[str]:
    """Nobody without a role has anything in hand."""
    for case in looked.cases.values():
        if case["closed_at"] is None and case["claimed_by"] is not None and case["claimed_by"] not in looked.staff:
            yield f"case {case['id']} is with person {case['claimed_by']}, who has no role"
    for visit in looked.visits:
        if visit["specialist_id"] not in looked.staff:
            yield f"visit {visit['id']} is with person {visit['specialist_id']}, who has no role"
        if looked.cases[visit["case_id"]]["closed_at"] is not None:
            yield f"visit {visit['id']} is planned for a case that is closed"


def _series(looked: Looked) -> Iterator[str]:
    """What recurs goes on as long as its case does, with whoever has the case."""
    for series in looked.series:
        case = looked.cases[series["subject_id"]]
        if case["closed_at"] is not None or case["withdrawn_at"] is not None:
            yield f"series {series['id']} goes on, and its case does not"
        if not any(at > looked.at for at in looked.bells("series_ahead", series["id"])):
            yield f"series {series['id']} goes on, and no bell brings its next visits"
    for visit in looked.visits:
        case = looked.cases[visit["case_id"]]
        if visit["series_id"] is not None and case["claimed_by"] not in (None, visit["specialist_id"]):
            yield f"visit {visit['id']} recurs, and goes on with person {visit['specialist_id']}, who has not the case"


def _tasks(looked: Looked) -> Iterator[str]:
    for task in looked.open_tasks():
        what = f"task {task['id']} ({task['kind']}, case {task['case_id']})"
        if task["person_id"] not in looked.staff:
            yield f"{what} is with person {task['person_id']}, who has no role"
        if task["case_id"] is not None and looked.cases[task["case_id"]]["closed_at"] is not None:
            yield f"{what} is open, and its case is closed"
        bells = looked.due.get(("task_due", task["id"]), [])
        mine = [row for row in bells if (row["person_id"], row["version"]) == (task["person_id"], task["version"])]
        if not any(moment(row["at"]) > looked.at for row in mine):
            yield f"{what} has no bell: it was due {task['due_at']}, and nobody will hear of it again"


def _deadlines(looked: Looked) -> Iterator[str]:
    """None passes without being noted, and what was noted is somebody's task as long as it runs."""
    for each in looked.deadlines:
        case = looked.cases[each["case_id"]]
        what = f"deadline {each['id']} ({each['key']}, case {each['case_id']})"
        runs = each["met_at"] is None and each["dropped_at"] is None
        if runs and case["closed_at"] is not None:
            yield f"{what} runs, and its case is closed"
        if runs and each["missed_at"] is None and moment(each["due_at"]) < looked.at - A_TICK:
            yield f"{what} was due {each['due_at']}, and nobody has noted that it was missed"
        if runs and each["missed_at"] is not None and not _somebodys(looked, each):
            yield f"{what} was missed at {each['missed_at']}, and it is nobody's task"


def _somebodys(looked: Looked, deadline: Row) -> bool:
    """One task a case says what is late, so it may be older than this; it was open when this was missed, or since."""
    family = {deadline["case_id"]} | {
        case["id"] for case in looked.cases.values() if case["joined_to"] == deadline["case_id"]
    }
    return any(
        task["kind"] in TOLD_OF
        and task["case_id"] in family
        and (task["done_at"] is None or task["done_at"] >= deadline["missed_at"])
        for task in looked.tasks
    )


# Who was told, and who was called


def _rung(before: Looked, looked: Looked, sent: list[Sent]) -> Iterator[str]:
    """A task whose moment has come was told to whoever has it."""
    heard = {each.person for each in sent}
    for task in before.open_tasks():
        after = next(each for each in looked.tasks if each["id"] == task["id"])
        same = (after["person_id"], after["version"], after["done_at"]) == (task["person_id"], task["version"], None)
        bells = [moment(row["at"]) for row in before.due.get(("task_due", task["id"]), [])]
        due = any(before.at < at <= looked.at for at in bells)
        if same and due and task["person_id"] not in heard:
            yield f"task {task['id']} ({task['kind']}) came due, and person {task['person_id']} was not told"


def _called(before: Looked, looked: Looked, sent: Sent, seen: Counter[str]) -> Iterator[str]:
    """A new message that calls somebody to a case that waits: on duty, or the ladder has come so far."""
    person = before.staff.get(sent.person) or looked.staff.get(sent.person)
    number = next((found[1] for found in (ALERT.search(sent.text), SOON.search(sent.text)) if found), None)
    if person is None or number is None or sent.asked:
        return
    case = next(each for each in looked.cases.values() if each["number"] == number)
    was = before.cases.get(case["id"], case)
    if case["claimed_by"] is not None or case["waits_since"] is None:
        case = was
    if case["waits_since"] is None or case["claimed_by"] is not None:
        return
    seen["calls"] += 1
    why = _allowed(before, looked, case, person, sent.text)
    seen[f"calls: {why}"] += 1
    if not why:
        waited = sent.at - moment(case["waits_since"])
        yield (
            f"person {person.id} ({', '.join(sorted(person.roles))}; on duty: {person.duty}) was called to case "
            f"{case['id']}, which has waited for {waited}, {sent.at - looked.at} from now: {sent.text!r}"
        )


def _allowed(before: Looked, looked: Looked, case: Row, person: Staff, text: str) -> str:
    """Why this person may be called now; empty when nothing says so."""
    looks, team, id_ = (before, looked), case["team"], person.id
    if not all(each.spared(case, person) for each in looks):
        return ""
    emergency, mine = case["urgency"] == "emergency", person.in_team(team)
    steps = LADDERS[case["ladder"] or ("emergency" if emergency else "planned")]
    waited = _waited(moment(case["waits_since"]), looked.at, any_hour=emergency)
    answers = any(_answers(each, case, person) for each in looks)
    reasons = {
        "on duty": any(each.staff[id_].on_duty(team) for each in looks if id_ in each.staff),
        "their step": any(waited >= steps[role] for role in steps.keys() & person.roles),
        "the team's step": mine and waited >= steps["team"],
        "stands in": answers and waited >= min(steps["head"], steps["dispatcher"]),
        "everybody has passed": NOBODY_CAN in text and (mine or answers),
        "came back twice": answers and case["returns"] >= 2,
        "nobody is on duty": _nobody_there(looks, case, person, answers=answers, emergency=emergency),
    }
    return next((why for why, so in reasons.items() if so), "")


def _nobody_there(looks: tuple[Looked, Looked], case: Row, person: Staff, *, answers: bool, emergency: bool) -> bool:
    """Nobody of the team is on duty: all of it is called, and for an emergency, or without a team, who answers."""
    team = case["team"]
    present = [[each for each in look.staff.values() if look.spared(case, each)] for look in looks]
    if all(any(each.on_duty(team) for each in there) for there in present):
        return False
    alone = not all(any(each.in_team(team) for each in there) for there in present)
    hears = person.in_team(team) or (answers and (emergency or alone))
    return hears and (emergency or _open(looks[1].at))


def _answers(looked: Looked, case: Row, person: Staff) -> bool:
    """Whether this person answers for the case: the head; where there is none, or on leave, the next in line."""
    there = [each for each in looked.staff.values() if looked.spared(case, each)]
    for absent in (False, True):
        for role in ("head", "deputy", "dispatcher", "admin"):
            found = [each for each in there if role in each.roles and (absent or not each.away)]
            if found:
                return person.id in {each.id for each in found}
    return False


# Time, counted a second time


def _waited(since: datetime, now: datetime, *, any_hour: bool) -> int:
    """Whole minutes, of day and night or of the hours in which the centre is open."""
    if any_hour:
        return int((now - since) / timedelta(minutes=1))
    days = (now.astimezone(KYIV).date() - since.astimezone(KYIV).date()).days
    first = since.astimezone(KYIV).date()
    inside = (_overlap(first + timedelta(days=n), since, now) for n in range(days + 1))
    return int(sum(inside, timedelta()) / timedelta(minutes=1))


def _overlap(day: date, since: datetime, now: datetime) -> timedelta:
    spans = ((max(opens, since), min(closes, now)) for opens, closes in _hours(day))
    return sum((ends - starts for starts, ends in spans if ends > starts), timedelta())


def _open(at: datetime) -> bool:
    return any(opens <= at < closes for opens, closes in _hours(at.astimezone(KYIV).date()))


def _hours(day: date) -> Iterator[tuple[datetime, datetime]]:
    for hours in PROFILE["hours"] if day not in HOLIDAYS else ():
        if DAYS[day.weekday()] in hours["days"]:
            opens, closes = (datetime.combine(day, _clock(hours[edge]), KYIV) for edge in ("opens", "closes"))
            yield opens.astimezone(UTC), closes.astimezone(UTC)


def _clock(written: str) -> time:
    hour, minute = written.split(":")
    return time(int(hour), int(minute))
