"""What a button means. This module alone knows what stands in callback data.

A button is a frozen dataclass of short keys and numbers; its data is its letter and its fields, at most 64 bytes.
To add one: a class here, in ACTIONS and in Action; the router's match then fails to type-check until it is handled.
"""

from dataclasses import dataclass, fields
from typing import Any

LIMIT = 64
"""Bytes of callback data that Telegram takes (Bot API, InlineKeyboardButton)."""
LONGEST = 15
"""Digits of a row, a page or a day; what is longer nobody's screen has shown."""


@dataclass(frozen=True, slots=True)
class Enter:
    """An entry of the menu: help, safety, child, other, mine, visits, guide, language, privacy, or a staff entry."""

    entry: str


@dataclass(frozen=True, slots=True)
class Choose:
    """An answer to a question of a draft."""

    draft: int
    question: str
    option: str


@dataclass(frozen=True, slots=True)
class Turn:
    """Another page of the same question: a month of the calendar, more options."""

    draft: int
    question: str
    page: str


@dataclass(frozen=True, slots=True)
class Step:
    """back, skip, cancel, send, done (of several), enough (no more additions), again (start over), go_on, keep."""

    draft: int
    question: str
    move: str


@dataclass(frozen=True, slots=True)
class Correct:
    """Edit one line of the summary."""

    draft: int
    question: str


@dataclass(frozen=True, slots=True)
class ShareNumber:
    draft: int
    question: str


@dataclass(frozen=True, slots=True)
class Leave:
    """Quick exit (S05)."""


@dataclass(frozen=True, slots=True)
class Fine:
    """«It is about something else»: the question about danger goes (S18)."""


@dataclass(frozen=True, slots=True)
class Explain:
    """The whole text behind a short one: consent, privacy."""

    topic: str


@dataclass(frozen=True, slots=True)
class Speak:
    language: str


@dataclass(frozen=True, slots=True)
class Read:
    """A section or an item of the guide."""

    section: str
    item: str


@dataclass(frozen=True, slots=True)
class Amend:
    """Staff: rewrite a guide item, or say that it is still right."""

    item: str
    right: int


@dataclass(frozen=True, slots=True)
class Mistaken:
    """«A mistake»: marks the case, never deletes it (S04)."""

    case: int


@dataclass(frozen=True, slots=True)
class Own:
    """A press in one's own opened case: show, write, contact, code …; «rights.…», «call.…»."""

    case: int
    move: str


@dataclass(frozen=True, slots=True)
class Claim:
    case: int


@dataclass(frozen=True, slots=True)
class Passed:
    """Why a case was passed on; the press before has passed it already."""

    case: int
    why: str


@dataclass(frozen=True, slots=True)
class Lease:
    """«extend», «back», or the reason for giving it back."""

    case: int
    move: str


@dataclass(frozen=True, slots=True)
class Hand:
    """To whom the case may go."""

    case: int


@dataclass(frozen=True, slots=True)
class Give:
    case: int
    person: int


@dataclass(frozen=True, slots=True)
class Accept:
    """The answer to a colleague's offer, as long as the case is still with the giver."""

    case: int
    giver: int
    yes: int


@dataclass(frozen=True, slots=True)
class List:
    """A page of a list of the person's own: queue, mine."""

    what: str
    page: int


@dataclass(frozen=True, slots=True)
class Air:
    """An air-raid alarm: on, off, or pick where; no district is everywhere."""

    move: str
    district: str


@dataclass(frozen=True, slots=True)
class Decline:
    case: int


@dataclass(frozen=True, slots=True)
class Open:
    """The card of a case."""

    case: int


@dataclass(frozen=True, slots=True)
class Because:
    """Why the head opens a card of the branch; then it opens (S25)."""

    case: int
    reason: str


@dataclass(frozen=True, slots=True)
class Glass:
    """Name, address and phone of a case of the branch: the second press (S25)."""

    case: int
    reason: str


@dataclass(frozen=True, slots=True)
class Allow:
    """The second person's word, for a look that a colleague has asked for."""

    asked: int


@dataclass(frozen=True, slots=True)
class Kin:
    """Staff: two cases look like one family: join, part, apart (they are two)."""

    case: int
    other: int
    move: str


@dataclass(frozen=True, slots=True)
class Contacted:
    case: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the card: history, notes, services, needs, household, papers, refer; «history.2» is its second turn."""

    case: int
    page: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Staff: one thing of a list of the card, put in or taken out; a short form begun; the next step."""

    case: int
    list: str
    key: str


@dataclass(frozen=True, slots=True)
class PlanVisit:
    case: int


@dataclass(frozen=True, slots=True)
class Close:
    case: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Staff: write an answer to the person."""

    case: int


@dataclass(frozen=True, slots=True)
class Talk:
    """Staff: what was written about the case, page by page."""

    case: int
    page: int


@dataclass(frozen=True, slots=True)
class Recode:
    """Staff: a new code for a person who has lost hers."""

    case: int


@dataclass(frozen=True, slots=True)
class Claimant:
    """Staff: whether another account that knows number and code is the same person."""

    case: int
    person: int
    same: int


@dataclass(frozen=True, slots=True)
class SafeAgain:
    """Staff: the sign of the second code is over."""

    case: int


@dataclass(frozen=True, slots=True)
class Visit:
    """One's visit: show, home (I will be in), other (another time), move, cancel, held."""

    visit: int
    version: int
    move: str


@dataclass(frozen=True, slots=True)
class Again:
    """Staff: a visit that recurs: move, cancel ask how far; move.one, move.on, cancel.one, cancel.on do it."""

    visit: int
    version: int
    move: str


@dataclass(frozen=True, slots=True)
class Slot:
    """The resident: another time for the visit in that version, in minutes since 1970; 0: none of these."""

    visit: int
    version: int
    minute: int


@dataclass(frozen=True, slots=True)
class Todo:
    """Staff: one's own task: show, done, later (the next working day)."""

    task: int
    version: int
    move: str


@dataclass(frozen=True, slots=True)
class Clock:
    """Staff: a deadline of one's case: met, or sent (to the body that decides)."""

    deadline: int
    move: str


@dataclass(frozen=True, slots=True)
class Road:
    """Going to a visit: on_way, inside, out, longer, safe, gone, police, act; «no» and «no.REASON»: it was not held."""

    visit: int
    move: str


@dataclass(frozen=True, slots=True)
class Fired:
    """Staff: the step of an agreed call whose time came has been carried out."""

    call: int


@dataclass(frozen=True, slots=True)
class Attend:
    """A seat at a training, of the version that was shown.

    show, yes, no, other (another date), wait, first (in the line), keep (still yes); «why.REASON» of a no,
    «missed.REASON» of who did not come.
    """

    seat: int
    version: int
    move: str


@dataclass(frozen=True, slots=True)
class Teach:
    """Staff, a training: show, who (answered), move, cancel; forms: room (seats), link, tell (those who come)."""

    session: int
    version: int
    move: str


@dataclass(frozen=True, slots=True)
class Feed:
    """One's own private address of a calendar: new (also instead of the old one), end."""

    move: str


@dataclass(frozen=True, slots=True)
class Programme:
    """Staff: a programme of trainings: show, plan, group (a new one), close; with 0 their list, or new."""

    programme: int
    move: str


@dataclass(frozen=True, slots=True)
class Campaign:
    """News that one joins by one's own choice: show, join, leave; stop (under the news itself)."""

    campaign: str
    move: str


@dataclass(frozen=True, slots=True)
class Study:
    """Staff: a group of a programme: show, plan, or a page of those who may be in it, by its number."""

    group: int
    move: str


@dataclass(frozen=True, slots=True)
class Month:
    """The head: a month as a picture and as text."""

    year: int
    month: int


@dataclass(frozen=True, slots=True)
class Poster:
    """A trainer: the square code of a session, to print: show (the choice), invite, door."""

    session: int
    move: str


@dataclass(frozen=True, slots=True)
class Came:
    """Staff: who came. list, mark (a seat), all, others, add (a learner), close, again (open it once more)."""

    session: int
    of: int
    page: int
    move: str


@dataclass(frozen=True, slots=True)
class Broadcast:
    """Staff: show, test (to oneself), go, edit, cancel, stop, missed (whom it did not reach)."""

    broadcast: int
    move: str


@dataclass(frozen=True, slots=True)
class Detail:
    """Staff: what else is known of a training. Without a value the list of a field; without a field the page."""

    session: int
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Arrive:
    """At the door, of those who share a phone: who is there; 0 is everybody."""

    session: int
    learner: int


@dataclass(frozen=True, slots=True)
class Member:
    """Staff: a learner goes into a group, or out of it, on that page."""

    group: int
    learner: int
    page: int


@dataclass(frozen=True, slots=True)
class Learner:
    """Staff: a learner's card: show, elsewhere (hours that another body taught)."""

    learner: int
    move: str


@dataclass(frozen=True, slots=True)
class Behind:
    """Staff: a page of those who have hours to do, the nearest end first."""

    page: int


@dataclass(frozen=True, slots=True)
class Print:
    """The head: a report from one day to another, as 20260101. `what`: ways, tables, a table's id, a form of file."""

    first: int
    last: int
    what: str


@dataclass(frozen=True, slots=True)
class Imported:
    """Staff: a session ahead that came from a table: show, invite."""

    row: int
    move: str


@dataclass(frozen=True, slots=True)
class MyPlan:
    """A carer's own plan; with a session, that one."""

    learner: int
    session: int


@dataclass(frozen=True, slots=True)
class Partner:
    """Who shares this phone: show, add, rename, remove, gone (removed indeed)."""

    learner: int
    move: str


@dataclass(frozen=True, slots=True)
class MyHours:
    """A carer's own hours and zone: show, quiet, zones, zone.KEY, quiet.KEY, typed."""

    move: str


@dataclass(frozen=True, slots=True)
class Duty:
    on: int


@dataclass(frozen=True, slots=True)
class HandOver:
    """Staff: duty to a colleague; nobody named, who is there to ask."""

    to: int


@dataclass(frozen=True, slots=True)
class TakeOver:
    """The colleague's answer."""

    giver: int
    yes: int


@dataclass(frozen=True, slots=True)
class HandOn:
    """Staff: one's case back into the queue, at the end of a shift or before leave."""

    case: int


@dataclass(frozen=True, slots=True)
class Roster:
    """Somebody's week: show, leave, back (no leave after all); for who plans: staff, gaps, shift, clear."""

    person: int
    move: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Staff: a page of the year's plan: week, month, year, late, or «s3», the items of section 3."""

    what: str
    page: int


@dataclass(frozen=True, slots=True)
class PlanItem:
    """Staff: an item's card, about one of its days or about something that happened; 0: whatever is next."""

    item: int
    day: int
    mark: int


@dataclass(frozen=True, slots=True)
class PlanSay:
    """Staff, of the plan: done, not, undo, one (more), and three short forms: note, several, happened."""

    item: int
    day: int
    mark: int
    move: str


@dataclass(frozen=True, slots=True)
class Helpline:
    """Staff, of calls: show; note, a topic, unless one was noted since that row; undo, that row."""

    row: int
    topic: str
    move: str


@dataclass(frozen=True, slots=True)
class Stay:
    """Staff, of the day centre: page, arrive; of a stay: show, ends (today), on (so many days after all), undo."""

    row: int
    days: int
    move: str


@dataclass(frozen=True, slots=True)
class Information:
    """Staff, of information work: page, new, undo."""

    row: int
    move: str


@dataclass(frozen=True, slots=True)
class Idle:
    """A button that is furniture: a weekday in the calendar."""


OfCase = (
    Claim | Decline | Passed | Lease | Hand | Give | Accept | List | Open | Because | Glass | Allow | Kin | Contacted
    | Page | Mark | Road | PlanVisit | Again | Close | Todo | Clock | Fired | Answer | Talk | Recode | Claimant
    | SafeAgain
)  # fmt: skip
"""What only a colleague is ever shown about cases; answered in handlers/presses.py."""
OfCentre = (
    Teach | Came | Detail | Month | Poster | Broadcast | Duty | HandOver | TakeOver | HandOn | Roster
    | PlanPage | PlanItem | PlanSay | Air | Programme | Study | Member | Learner | Behind | Imported | Print
    | Helpline | Stay | Information
)  # fmt: skip
"""What only a colleague is ever shown about the centre itself; answered in handlers/office.py."""
Action = (
    Enter | Choose | Turn | Step | Correct | ShareNumber | Leave | Explain | Speak | Read | Amend | Mistaken | Own
    | Visit | Attend | Idle | Fine
    | Feed
    | Slot
    | Campaign
    | Arrive
    | MyPlan | Partner | MyHours
    | OfCase | OfCentre
)  # fmt: skip

ACTIONS: dict[str, type[Action]] = {
    "e": Enter, "a": Choose, "t": Turn, "s": Step, "c": Correct, "n": ShareNumber, "l": Leave, "x": Explain,
    "g": Speak, "r": Read, "w": Amend, "m": Mistaken, "o": Own, "T": Claim, "D": Decline, "O": Open, "Q": Because,
    "G": Glass, "L": Allow, "C": Contacted,
    "P": PlanVisit, "F": Close, "V": Visit, "At": Attend, "H": Teach, "Y": Duty, "_": Idle,
    "f": Fine, "B": Answer, "K": Talk, "R": Recode, "I": Claimant, "S": SafeAgain, "J": Fired,
    "p": Passed, "E": Lease, "h": Hand, "i": Give, "j": Accept, "q": List, "U": Air, "z": Todo, "Z": Clock,
    "Ta": Came, "Tb": Detail, "Tc": Arrive,
    "d": HandOver, "v": TakeOver, "u": HandOn, "y": Roster, "k": Kin, "b": Page, "M": Mark, "W": Road,
    "Ca": Feed, "Cm": Month, "Cq": Poster,
    "Ra": Again, "Rs": Slot,
    "Pa": PlanPage, "Pb": PlanItem, "Pc": PlanSay,
    "Za": Print,
    "Ba": Broadcast, "Bb": Campaign,
    "La": Programme, "Lb": Study, "Lc": Member, "Ld": Learner, "Le": Behind, "Lf": Imported,
    "Lg": MyPlan, "Lh": Partner, "Li": MyHours,
    "Ha": Helpline, "Hb": Stay, "Hc": Information,
}  # fmt: skip
LETTERS = {kind: letter for letter, kind in ACTIONS.items()}


FIELDS = {kind: tuple((field.name, field.type is int) for field in fields(kind)) for kind in LETTERS}


def encode(action: Action) -> str:
    """Callback data. Raises ValueError when it would not fit, or would not come back the same."""
    kind = type(action)
    values = [str(getattr(action, name)) for name, _ in FIELDS[kind]]
    data = ":".join((LETTERS[kind], *values))
    if len(data.encode()) > LIMIT or data.count(":") != len(values):
        raise ValueError(f"{action!r} makes no callback data")
    return data


def decode(data: str) -> Action | None:
    """What was pressed; None for data of another version or another bot."""
    letter, *parts = data.split(":")
    kind = ACTIONS.get(letter)
    if kind is None or len(parts) != len(FIELDS[kind]):
        return None
    try:
        return _made(kind, parts)
    except ValueError:
        return None


def _made(kind: type[Action], parts: list[str]) -> Action:
    if any(whole and len(part) > LONGEST for (_, whole), part in zip(FIELDS[kind], parts, strict=True)):
        raise ValueError("no row and no page has such a number")
    values: list[Any] = [int(part) if whole else part for (_, whole), part in zip(FIELDS[kind], parts, strict=True)]
    return kind(*values)
