"""Leave now, and the sweep (S05, S07): the branch goes out of the chat, and one harmless line stays."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bot.core import texts
from bot.core.events import Lane, Message, Overwrite, Remove, Send
from bot.core.forms import FORMS
from bot.core.lines import Joined, Line, Wording
from handlers.here import Here
from storage import cases, drafts, due, outbox
from storage.outbox import Told
from storage.people import Person

WORDS = ("вихід", "стоп", "stop", "exit")
SWEEP, SWEEP_OLD = "sweep", "sweep_old"
DELETABLE = timedelta(hours=47)
"""Telegram lets a bot delete messages of the last 48 hours; an hour is kept for the way."""
LATEST = timedelta(hours=46, minutes=30)
"""No message of the branch stands longer, whatever goes on in the talk (S07)."""
PIECE = 100
BEYOND = 12
FLIGHT = timedelta(minutes=1)
"""Longer than any send is waited for."""
WIDEST = 1000
"""How far a wide sweep looks for messages whose numbers were lost: after a crash a send may have arrived unseen."""


def leave(here: Here, me: Person) -> list[Message]:
    """Everything of the branch that can be deleted is, before anything else is sent."""
    _forget(here, me.id, keep=True)
    acted = [Told(here.message_id, ours=not here.typed, at=here.now)] if here.message_id else []
    line = Send(here.asker, texts.LEFT(hours=office_hours(here)), silent=True, drop_keyboard=True)
    return [*_cleared(here, me.id, acted), line]


def swept(here: Here, person_id: int) -> list[Message]:
    """The time is over: the branch goes by itself, and nothing is said (S07)."""
    _forget(here, person_id, keep=False)
    return _cleared(here, person_id, [])


def swept_old(here: Here, person_id: int) -> list[Message]:
    """A talk that never rests for an hour: what has become old in it goes all the same."""
    old = [each for each in outbox.of_branch(here.tx, person_id) if each.at <= here.now - LATEST + timedelta(hours=6)]
    outbox.gone(here.tx, person_id, [each.message_id for each in old])
    planned(here, person_id)
    return _taken_away(here, person_id, old)


def strays(here: Here, person_id: int) -> list[Message]:
    """What was in flight when she left may stand in the chat now, and its number will never be told."""
    since = outbox.doubt(here.tx, person_id) or here.now
    return _taken_away(here, person_id, _unseen(here, person_id, outbox.of_branch(here.tx, person_id), since))


def planned(here: Here, person_id: int) -> None:
    """After a step in the branch: the sweep an hour from now, and never later than the oldest message allows."""
    rest = timedelta(minutes=here.centre.retention.branch_sweep_minutes)
    due.plan(here.tx, SWEEP, person_id, at=here.now + rest)
    oldest = min((each.at for each in outbox.of_branch(here.tx, person_id)), default=here.now)
    due.plan(here.tx, SWEEP_OLD, person_id, at=max(oldest + LATEST, here.now))


def said(text: str) -> bool:
    """Whether the whole message is a word of leaving."""
    return text.strip(" \n.,!…").casefold() in WORDS


def in_branch(here: Here, me: Person) -> bool:
    """Whether the talk that stands in the chat is of the branch."""
    stored = drafts.current(here.tx, me.id, now=here.now)
    return (stored is not None and FORMS[stored.form].branch) or bool(outbox.of_branch(here.tx, me.id))


def office_hours(here: Here) -> Wording:
    """«Mon–Fri 8:00–20:00»."""
    return Joined(tuple(_span(sorted(each.days), each.opens, each.closes) for each in here.centre.hours), by="; ")


def _forget(here: Here, person_id: int, *, keep: bool) -> None:
    """Drafts of the branch, what waits to be sent, the open case, the code that could be shown again."""
    for stored in drafts.of_person(here.tx, person_id):
        kept = keep and stored.answers.get("_kept")
        if FORMS[stored.form].branch and not kept:
            drafts.given_up(here.tx, stored, day=here.local.date(), now=here.now)
    outbox.drop(here.tx, person_id, now=here.now, branch_only=True)
    outbox.unwant(here.tx, person_id, now=here.now)
    cases.shut(here.tx, person_id)
    for kind in (SWEEP, SWEEP_OLD):
        due.cancel(here.tx, (kind,), person_id, now=here.now)


def _cleared(here: Here, person_id: int, also: Sequence[Told]) -> list[Message]:
    known = [*outbox.of_branch(here.tx, person_id), *also]
    outbox.gone(here.tx, person_id, [each.message_id for each in known])
    since = outbox.doubt(here.tx, person_id)
    lost = _unseen(here, person_id, known, since) if since else []
    return _taken_away(here, person_id, [*known, *lost])


def _unseen(here: Here, person_id: int, known: Sequence[Told], since: datetime) -> list[Told]:
    """The numbers that a lost message may have, except what is known to be no part of the branch.

    They begin before the first that is known: a screen that gave way to the one that was lost is known no more.
    """
    spared = {*outbox.spread(here.tx, person_id), *(each.message_id for each in known)}
    last = max(spared, default=0)
    first = min((each.message_id for each in known), default=last + 1)
    around = range(max(first - BEYOND, last + BEYOND - WIDEST, 1), last + BEYOND + 1)
    wide = {*around, *_numbered_then(here, since)} - spared
    return [Told(number, ours=True, at=here.now) for number in sorted(wide)]


def _numbered_then(here: Here, at: datetime) -> range:
    """What Telegram numbered about that time, in whichever chat; a number of another chat deletes nothing here."""
    newest, earlier = outbox.newest(here.tx, until=at), outbox.newest(here.tx, until=at - FLIGHT)
    return range(max(min(earlier, newest - PIECE), newest + PIECE - WIDEST, 1), newest + PIECE)


def _taken_away(here: Here, person_id: int, messages: Sequence[Told]) -> list[Message]:
    """Deleted while Telegram allows it; older ones of ours are overwritten, older ones of hers are tried."""
    fresh = [each for each in messages if here.now - each.at < DELETABLE]
    old = [each for each in messages if here.now - each.at >= DELETABLE]
    theirs = tuple(each.message_id for each in old if not each.ours)
    ours = tuple(each.message_id for each in old if each.ours)
    pieces = [fresh[start : start + PIECE] for start in range(0, len(fresh), PIECE)]
    removed: list[Message] = [_removal(person_id, piece) for piece in pieces]
    singly: list[Message] = [Remove(person_id, (number,), lane=Lane.URGENT) for number in theirs]
    return [*removed, *([Overwrite(person_id, ours, lane=Lane.URGENT)] if ours else []), *singly]


def _removal(person_id: int, piece: Sequence[Told]) -> Remove:
    ours = tuple(each.message_id for each in piece if each.ours)
    return Remove(person_id, tuple(each.message_id for each in piece), ours, lane=Lane.URGENT)


def _span(days: list[int], opens: time, closes: time) -> Line:
    first, last = texts.WEEKDAYS[days[0]], texts.WEEKDAYS[days[-1]]
    return texts.OPEN_FROM_TO(first=first, last=last, opens=opens, closes=closes)
