"""What people should have been reminded of, worked out again from the documents; nothing of the bot's own is used here.

A `Subject` is one training or one visit as it truly stands, with the phones of those it concerns. Its `debts` are the
reminders that are due to a phone by now. Whatever reaches a phone is held against it at the moment when it is handed
over; whatever was not said, although nothing stood in the way, is lost.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

KYIV = ZoneInfo("Europe/Kyiv")
MINUTE = timedelta(minutes=1)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
FRESH, TOO_NEAR = timedelta(days=2), timedelta(hours=36)
"""Whoever said yes so recently is not asked whether it holds, and so near to the start nobody is."""
LATE_AFTER = 15 * MINUTE
BEFORE_START = 30 * MINUTE
"""What waits for the morning leaves so much time."""
SLACK = 26 * MINUTE
"""A held reminder is looked at every ten minutes, a failed send tried again after five at most, then a task made."""
DAYS = {"training": {"week": 7, "day": 1}, "visit": {"day": 1}}
REMINDER = re.compile(
    r"^(Reminder: training|Soon: training|This reminder comes later than it should: training) “Group (\d+)”"
)
GROUP = re.compile(r"“Group (\d+)”")
TO_RESIDENT = re.compile(r"A specialist will come to you( today| tomorrow)?: ")
TO_SPECIALIST = re.compile(r"(?:(Today|Tomorrow), )?\w{3} \d+ \w+, \d+:\d\d: visit for K-(\d+)\.")
LATE = "This reminder comes later than it should"
SOON, STILL = "Soon: training", "Will you still come?"

Why = Literal["wrong", "lost", "doubled"]


class WrongReminderError(AssertionError):
    """One of the three that must not be, and the subject it is of."""

    def __init__(self, why: Why, what: str, subject: "Subject") -> None:
        super().__init__(f"{why}: {what}\n{subject}\n" + "\n".join(subject.steps))
        self.why, self.what, self.subject = why, what, subject


@dataclass(frozen=True, slots=True)
class Night:
    """When a phone is to be silent, in minutes of the day on the wall clock of its owner."""

    zone: ZoneInfo = KYIV
    start: int = 21 * 60
    end: int = 8 * 60

    def covers(self, moment: datetime) -> bool:
        local = moment.astimezone(self.zone)
        minute = local.hour * 60 + local.minute
        if self.start <= self.end:
            return self.start <= minute < self.end
        return not self.end <= minute < self.start

    def over(self, moment: datetime) -> datetime:
        today = moment.astimezone(self.zone).date()
        ends = (self._wall(today + timedelta(days=days), self.end) for days in (0, 1))
        return next(each for each in ends if each > moment)

    def began(self, moment: datetime) -> datetime:
        today = moment.astimezone(self.zone).date()
        starts = (self._wall(today - timedelta(days=days), self.start) for days in (0, 1))
        return next(each for each in starts if each <= moment)

    def _wall(self, day: date, minute: int) -> datetime:
        return datetime.combine(day, time(*divmod(minute, 60)), self.zone).astimezone(UTC)


@dataclass(slots=True)
class Debt:
    """A reminder that is due. `free`: since when nothing has stood in its way."""

    kind: str
    moment: datetime
    free: datetime | None = None


@dataclass(slots=True)
class Place:
    """A seat: whose it is, what was answered, and for a yes since when, and whether it was said once more."""

    phone: "Phone"
    answer: str = ""
    since: datetime = LONG_AGO
    confirmed: bool = False

    def asked(self, now: datetime) -> bool:
        """Whether a yes may be asked about."""
        return self.answer == "yes" and not self.confirmed and now - self.since >= FRESH


@dataclass(eq=False)
class Phone:
    """One phone and one subject. `night`: when it is not to be disturbed; None for staff."""

    chat: int
    person: int
    night: Night | None
    staff: bool = False
    blocked: bool = False
    gone: bool = False
    """Told off: it is not this phone's subject any more."""
    news: bool = True
    """Has not been told yet that it is planned; an outage may keep that for a day."""
    reminded_on: date | None = None
    """The last day on which it was reminded."""
    asked: int = 0
    """Old buttons pressed, that are answered with how it stands."""
    plan: dict[str, datetime] = field(default_factory=dict)
    debts: dict[str, Debt] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    said: Counter[tuple[int, str]] = field(default_factory=Counter)
    doubtful: Counter[tuple[int, str]] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        return f"{'specialist' if self.staff else 'phone'} {self.chat}"


@dataclass(eq=False)
class Subject:
    """A training or a visit as it truly stands. `number` is how texts name it; `row` its row in the database."""

    kind: Literal["training", "visit"]
    number: int
    row: int
    case: int
    district: str
    starts_at: datetime
    phones: list[Phone]
    capacity: int = 0
    version: int = 1
    stands: bool = True
    seats: dict[int, Place] = field(default_factory=dict)
    """By the seat's row."""
    reach: datetime = LONG_AGO
    """The latest moment that the bot's clock has shown; it may have been put back since."""
    next_at: datetime | None = None
    steps: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        at = self.starts_at.astimezone(KYIV)
        state = "stands" if self.stands else "off"
        return f"{self.kind} {self.number}, row {self.row}, version {self.version}, {state}, {at:%a %d.%m.%Y %H:%M}"

    def _looks_ahead(self) -> None:
        """When something of it becomes due next, or is owed now."""
        ahead = [m for phone in self.phones for kind, m in phone.plan.items() if kind not in phone.settled]
        self.next_at = min(ahead) if ahead and self.stands else None

    def note(self, now: datetime, what: str) -> None:
        self.steps.append(f"  {now.astimezone(KYIV):%a %d.%m %H:%M:%S} {what}")

    # How it stands

    def planned(self, now: datetime) -> None:
        """From now on it stands for `starts_at`, in this version."""
        self.reach = now
        for phone in self.phones:
            phone.debts.clear()
            phone.settled.clear()
            phone.plan = expected(self.kind, self.starts_at, phone.night, now) if not phone.gone else {}
        self._looks_ahead()

    def called_off(self) -> None:
        self.stands = False
        for phone in self.phones:
            phone.debts.clear()
            phone.plan = {}
        self._looks_ahead()

    def given(self, to: Phone, now: datetime) -> None:
        """Another specialist goes; nothing changes for the resident."""
        for phone in self.phones:
            if phone.staff and phone is not to:
                phone.gone, phone.plan = True, {}
                phone.debts.clear()
        if to not in self.phones:
            self.phones.append(to)
        to.gone, to.debts = False, {}
        to.plan = expected(self.kind, self.starts_at, to.night, now)
        to.settled -= set(to.plan)
        self._looks_ahead()

    def concerns(self, phone: Phone) -> bool:
        """Whether that phone still has something to do with it."""
        if not self.stands or phone.gone:
            return False
        answers = [seat.answer for seat in self.seats.values() if seat.phone is phone]
        return not answers or any(answer != "no" for answer in answers)

    def asks(self, phone: Phone, now: datetime) -> bool:
        """Whether a message asks that phone if it still holds: an older yes that was not said again, early enough."""
        mine = [seat for seat in self.seats.values() if seat.phone is phone]
        return self.starts_at - now > TOO_NEAR and any(seat.asked(now) for seat in mine)

    def answered(self, number: int, version: int, move: str, now: datetime) -> None:
        """A press of any button, before it begins. A yes counts while there is a seat; another keeps it."""
        if number not in self.seats or not self.stands or version != self.version or now >= self.starts_at:
            return
        seat = self.seats[number]
        taken = sum(each.answer == "yes" for each in self.seats.values() if each is not seat)
        if move in ("no", "other"):
            self.seats[number] = Place(seat.phone, "no", now)
        elif seat.answer == "yes":
            seat.confirmed = True
        elif taken < self.capacity:
            self.seats[number] = Place(seat.phone, "yes", now)

    def knows(self, phone: Phone, version: int) -> None:
        """Whoever answers is answered with how it stands, in the place of what waits: nothing is owed any more."""
        if version <= self.version:
            self.settle(phone)

    # What is due

    def grows(self, now: datetime) -> None:
        """What has become due by now; a nearer one takes the place of what was due before it."""
        self.reach = max(self.reach, now)
        for phone in self.phones:
            self._asks_on_its_own(phone, now)
            ripe = self._ripe(phone, self.reach)
            for moment, kind in ripe:
                if kind not in phone.settled and kind not in phone.debts:
                    phone.debts[kind] = Debt(kind, moment)
            for _, kind in ripe[:-1]:
                phone.debts.pop(kind, None)
                phone.settled.add(kind)
            if phone.debts and (not self.concerns(phone) or (phone.staff and now >= self.starts_at)):
                self.settle(phone)

    def _ripe(self, phone: Phone, now: datetime) -> list[tuple[datetime, str]]:
        """The reminders that have become due, the nearest last; the question is none of them."""
        return sorted((at, kind) for kind, at in phone.plan.items() if at <= now and kind != "keep")

    def _asks_on_its_own(self, phone: Phone, now: datetime) -> None:
        """Two days before; to nobody who was reminded that day, and it is owed only as long as there is what to ask."""
        at = phone.plan.get("keep")
        if at is None or at > self.reach or "keep" in phone.settled:
            return
        asked = self.asks(phone, now) and phone.reminded_on != now.astimezone(KYIV).date() and not phone.blocked
        if asked and "keep" not in phone.debts:
            asked = any(seat.phone is phone and seat.asked(self._two_days_before()) for seat in self.seats.values())
            phone.debts["keep"] = Debt("keep", at)
        if not asked:
            phone.debts.pop("keep", None)
            phone.settled.add("keep")

    def _two_days_before(self) -> datetime:
        """When it is seen who has to be asked."""
        return _by_day(_days_before(2, self.starts_at, KYIV), self.starts_at, Night())

    def settle(self, phone: Phone) -> None:
        phone.settled.update(phone.debts)
        phone.debts.clear()
        self._looks_ahead()

    def owed_since(self, phone: Phone, now: datetime, *, stopped: bool) -> Debt | None:
        """What should have been said or handed to somebody by now, if nothing stands in the way long enough."""
        for debt in phone.debts.values():
            free = not stopped and now >= debt.moment and not self.must_wait(phone, now)
            debt.free = (debt.free or now) if free else None
            if debt.free is not None and now - debt.free > SLACK:
                return debt
        return None

    def must_wait(self, phone: Phone, now: datetime) -> bool:
        """For the end of a night, if that is early enough."""
        night = phone.night
        return night is not None and night.covers(now) and night.over(now) <= self.starts_at - BEFORE_START

    # What was said

    def heard(self, phone: Phone, now: datetime, text: str, *, arrived: bool = True, sure: bool = True) -> None:
        """Anything that names it in that chat. `sure`: the bot knows that it arrived; else it repeats it once."""
        self.note(now, f"{phone.name} <- {text!r}{'' if sure else ' (unanswered)'}")
        if is_reminder(text):
            self._reminded(phone, now, text, arrived=arrived, sure=sure)
        elif phone.debts and arrived and self._clock(phone) in text:
            self.settle(phone)

    def _reminded(self, phone: Phone, now: datetime, text: str, *, arrived: bool, sure: bool) -> None:
        kind = self._kind(phone, now, text)
        told = TO_RESIDENT.search(text)
        plain = told is not None and not told[1] and LATE not in text and self.concerns(phone)
        if plain and (kind is None or phone.asked or phone.news):
            if sure:  # what nobody answered comes once more
                phone.asked -= kind is not None and phone.asked > 0 and not phone.news
                phone.news = False
            return  # the news that it is planned, or the answer to an old button, in the same words
        why = self._false(phone, now, text, kind)
        if why:
            raise WrongReminderError(
                "wrong", f"{why}, {now.astimezone(KYIV):%a %d.%m %H:%M} {phone.name}: {text}", self
            )
        this = (self.version, kind or "")
        if phone.said[this] > phone.doubtful[this]:
            raise WrongReminderError("doubled", f"{kind} for {phone.name}: {text}", self)
        if arrived or phone.doubtful[this]:
            self.settle(phone)
            phone.settled.add(kind or "")
            phone.reminded_on = now.astimezone(KYIV).date()
            self._looks_ahead()
        phone.said[this] += 1
        phone.doubtful[this] += not sure

    def _kind(self, phone: Phone, now: datetime, text: str) -> str | None:
        """Which one it is: the question, or the nearest whose moment the bot's clock has shown.

        After the clock was set back that may be one whose moment is ahead again, unless another's is just now.
        """
        shown = max(now, self.reach)
        due_now = self._ripe(phone, now)
        if shown > now and due_now and not phone.said[self.version, due_now[-1][1]]:
            shown = now
        if text.startswith(SOON):
            return "keep" if phone.plan.get("keep", shown + MINUTE) <= shown else None
        asks = STILL in text and LATE in text  # a late question begins like a late reminder
        keep = [(at, "keep") for at in (phone.plan.get("keep"),) if at is not None and at <= shown and asks]
        ripe = sorted([*self._ripe(phone, shown), *keep])
        return ripe[-1][1] if ripe else None

    def _false(self, phone: Phone, now: datetime, text: str, kind: str | None) -> str:
        """What of it is not true at this moment; empty when all is."""
        late = kind is not None and now - phone.plan[kind] > LATE_AFTER
        faults = {
            "nobody at that phone is concerned": not self.concerns(phone),
            "another time": self._clock(phone) not in text,
            "it has begun": now >= self.starts_at,
            "before its time": kind is None,
            "late, or not late": kind is not None and (LATE in text) != late,
            "in the night": self.must_wait(phone, now),
            "it asks, or does not": (STILL in text) != self.asks(phone, now),
            "the question on its own, without one": kind == "keep" and STILL not in text,
            "a second one on that day": kind == "keep"
            and phone.reminded_on == now.astimezone(KYIV).date()
            and not phone.said[self.version, "keep"],
        }
        return next((what for what, so in faults.items() if so), "") or self._wrong_day(now, text)

    def _clock(self, phone: Phone) -> str:
        """Trainings by her own clock; whoever comes to her comes to where the centre is."""
        return clock(self.starts_at, phone.night.zone if phone.night and self.kind == "training" else KYIV)

    def _wrong_day(self, now: datetime, text: str) -> str:
        found = TO_RESIDENT.search(text) or TO_SPECIALIST.search(text)
        if found is None:
            return ""
        days = (self.starts_at.astimezone(KYIV).date() - now.astimezone(KYIV).date()).days
        said = (found[1] or "").strip().casefold()
        return "" if said == {0: "today", 1: "tomorrow"}.get(days, "") else f"{said!r}, but it is in {days} days"


def is_reminder(text: str) -> bool:
    return bool(REMINDER.search(text) or TO_RESIDENT.search(text) or TO_SPECIALIST.search(text))


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """As texts say it: by her own clock, the centre's beside it, with the day where it is another."""
    own, theirs = moment.astimezone(zone), moment.astimezone(KYIV)
    if zone == KYIV:
        return _said(own)
    beside = f"{theirs.hour}:{theirs:%M}" if own.date() == theirs.date() else _said(theirs)
    return f"{_said(own)} ({beside} Kyiv time)"


def _said(at: datetime) -> str:
    return f"{at:%a} {at.day} {at:%B}, {at.hour}:{at:%M}"


def expected(kind: str, starts_at: datetime, night: Night | None, planned_at: datetime) -> dict[str, datetime]:
    """By kind the moments that are still ahead: days on the wall clock, hours as hours, none of them in the night."""
    zone = night.zone if night else KYIV
    moments = {name: _days_before(days, starts_at, zone) for name, days in DAYS[kind].items()}
    moments["hours"] = starts_at - 120 * MINUTE
    if night is not None:
        moments = {name: _by_day(at, starts_at, night) for name, at in moments.items()}
    ahead = {name: at for name, at in moments.items() if at > planned_at}
    return (
        ahead
        if kind == "visit" or night is None
        else _once_a_day(ahead, zone) | _question(starts_at, night, planned_at)
    )


def _once_a_day(moments: dict[str, datetime], zone: ZoneInfo) -> dict[str, datetime]:
    """Of two on one day the earlier says it."""
    first: dict[date, str] = {}
    for name, at in sorted(moments.items(), key=lambda each: each[1]):
        first.setdefault(at.astimezone(zone).date(), name)
    return {name: moments[name] for name in first.values()}


def _question(starts_at: datetime, night: Night, planned_at: datetime) -> dict[str, datetime]:
    """Two days before by the centre's clock it is seen who is to be asked, each by day where she is."""
    centre, own = (_by_day(_days_before(2, starts_at, each.zone), starts_at, each) for each in (Night(), night))
    seen = max(centre, own)
    return {"keep": night.over(seen) if night.covers(seen) else seen} if centre > planned_at else {}


def _days_before(days: int, moment: datetime, zone: ZoneInfo) -> datetime:
    local = moment.astimezone(zone)
    return (local.replace(tzinfo=None) - timedelta(days=days)).replace(tzinfo=zone, fold=local.fold).astimezone(UTC)


def _by_day(at: datetime, starts_at: datetime, night: Night) -> datetime:
    """The morning after, if it is the same day and early enough; else the evening before."""
    if not night.covers(at):
        return at
    morning = night.over(at)
    same = morning.astimezone(night.zone).date() == at.astimezone(night.zone).date()
    return morning if same and morning <= starts_at - BEFORE_START else night.began(at) - 15 * MINUTE
