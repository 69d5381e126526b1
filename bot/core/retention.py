"""How long what is kept, and what happens then: a table (S27). What a centre may choose comes from its profile."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.core.centre import Retention

MONTHS_A_YEAR = 12
LAST_DAY_EVERYWHERE = 28


@dataclass(frozen=True, slots=True)
class Period:
    """So many minutes, hours, days or months; 0 is no rule at all."""

    value: int
    unit: str

    def before(self, now: datetime) -> datetime | None:
        """What is older than this moment goes; None when there is no rule."""
        if not self.value:
            return None
        if self.unit == "months":
            return _months_back(now.astimezone(UTC), self.value)
        return now - timedelta(**{self.unit: self.value})

    def __str__(self) -> str:
        return f"{self.value} {self.unit}" if self.value else "no rule set"


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: what is kept, how long, what happens then."""

    key: str
    what: str
    kept: Callable[[Retention], Period]
    then: str


RULES = (
    Rule("branch_drafts", "unfinished forms of the branch", lambda it: Period(it.branch_draft_minutes, "minutes"),
         "destroyed with their keys"),
    Rule("drafts", "other unfinished forms", lambda it: Period(it.draft_days, "days"),
         "destroyed with their keys"),
    Rule("passed", "copies of what passed through chats", lambda it: Period(it.chat_copy_hours, "hours"),
         "rows dropped; their content went when they were sent"),
    Rule("hours", "keys of what passed through", lambda it: Period(it.key_hours, "hours"),
         "destroyed, when nothing under them waits"),
    Rule("handled", "numbers of handled updates", lambda _: Period(7, "days"),
         "rows dropped; as long, a repeat is known for one"),
    Rule("faults", "what could not be handled or delivered", lambda _: Period(7, "days"),
         "dropped, looked at or not"),
    Rule("due", "what was due and is done", lambda _: Period(90, "days"),
         "rows dropped"),
    Rule("pushes", "when colleagues were told something new", lambda _: Period(1, "days"),
         "rows dropped; they only keep messages few"),
    Rule("alarms", "air-raid alarms that are over", lambda _: Period(30, "days"),
         "rows dropped; leases counted on them long ago"),
    Rule("broadcasts", "whom a broadcast did not reach, and what was not sent", lambda _: Period(90, "days"),
         "rows dropped; the text and the numbers stay"),
    Rule("rosters", "days that differed and leave that is over", lambda _: Period(365, "days"),
         "rows dropped; nothing is planned by them"),
    Rule("archive", "content of closed cases", lambda it: Period(it.closed_case_months, "months"),
         "erased by the archive's rule; the counts stay"),
    Rule("backups", "backups in the data folder", lambda _: Period(30, "days"),
         "files deleted; what was erased since is gone from them too"),
)  # fmt: skip


def _months_back(now: datetime, months: int) -> datetime:
    """The same day so many months ago, or the 28th where that month has no such day."""
    year, month = divmod(now.year * MONTHS_A_YEAR + now.month - 1 - months, MONTHS_A_YEAR)
    return now.replace(year=year, month=month + 1, day=min(now.day, LAST_DAY_EVERYWHERE))
