"""Broadcasts: one text to a carers' audience, or to those who joined a campaign. To nobody else.

A piece at a time is queued, so that nobody waits for ten thousand rows; each message is decided again when it is
picked, so that «Stop» stops what waits, and whoever is in the branch gets nothing pushed meanwhile.
"""

from datetime import datetime, timedelta

from bot.core import reminders, texts
from bot.core.buttons import Broadcast as Press
from bot.core.buttons import Enter, Idle
from bot.core.centre import Words
from bot.core.events import Delete, Due, Edit, Guard, Lane, Message, News, Refused, Rows, Send, Toast
from bot.core.filling import Draft
from bot.core.lines import NOTHING, Line, Own, Wording, paragraphs, rows
from bot.core.questions import Answers
from handlers import campaigns, leaving, menu, reminding, tasks
from handlers.here import Here, column, row, screen, to_entry
from storage import broadcasts, due, people, subscribers
from storage.broadcasts import Broadcast, Counts
from storage.people import Person

GOES, SEEN = "broadcast_goes", "broadcast_seen"
GUARD = "news"
PIECE = 300
"""So many are queued in one transaction, and not many more lie in the queue at a time."""
SOON, LOOK, SELDOM = timedelta(seconds=1), timedelta(seconds=5), timedelta(minutes=1)
"""Until the next piece; until the sender sees how far it is; the same where nothing has moved."""
ANOTHER_TIME = timedelta(minutes=10)
BAR = 10
LISTED = 8
STATES = {
    "draft": texts.NEWS_STATE_DRAFT,
    "planned": texts.NEWS_STATE_PLANNED,
    "sending": texts.NEWS_STATE_SENDING,
    "stopped": texts.NEWS_STATE_STOPPED,
    "done": texts.NEWS_STATE_DONE,
    "cancelled": texts.NEWS_STATE_CANCELLED,
}


def key(broadcast_id: int) -> str:
    """Of the sender's own message about it."""
    return f"broadcast:{broadcast_id}"


def page(here: Here, me: Person) -> list[Message]:
    heads = me.may("form campaign")
    known = broadcasts.newest(here.tx, campaigns=heads, most=LISTED)
    opens = column(*((_line(here, each), Press(each.id, "show")) for each in known))
    fresh = [(texts.NEWS_TO_CARERS, Enter("new_news"))]
    if heads and here.centre.campaigns:
        fresh.append((texts.NEWS_TO_SUBSCRIBERS, Enter("new_campaign")))
    return screen(here, me, menu.KEY, texts.BROADCASTS, (*column(*fresh), *opens, *menu.back()), protect=True)


def drafted(here: Here, me: Person, draft: Draft) -> list[Message]:
    """The form's answer: nothing goes yet. First it is shown as it will look, with the number of people."""
    given = draft.answers
    made = broadcasts.draft(
        here.tx,
        audience=given["audience"],
        campaign=draft.form.name == "campaign",
        uk=given["uk"],
        en=given.get("en") or "",
        at=_chosen(here, draft),
        by=me.id,
        now=here.now,
    )
    return [
        _sample(here, made, f"sample:{made.id}"),
        Send(here.asker, _said(here, made), _ways(made), key=key(made.id)),
    ]


def pressed(here: Here, me: Person, button: Press) -> list[Message]:
    found = _may(here, me, button.broadcast)
    match button.move:
        case "test":
            return [Toast(texts.NEWS_TESTED), _sample(here, found, "")]
        case "missed":
            return _missed(here, me, found)
        case "go":
            _go(here, found)
        case "cancel":
            _called_off(here, found)
        case "stop":
            broadcasts.stop(here.tx, found.id, now=here.now)
        case _:
            pass
    return _shown(here, me, found.id)


def again(here: Here, me: Person, broadcast_id: int) -> tuple[str, Answers, list[Message]]:
    """The form with its answers, to change them: what comes of it is another broadcast. What stood in the chat goes."""
    found = _may(here, me, broadcast_id)
    if found.state != "draft":
        raise Refused(texts.NEWS_GONE)
    _called_off(here, found)
    local = found.at and here.centre.wall_clock(found.at)
    when = {"when": "later", "day": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}"} if local else {"when": "now"}
    known = {"audience": found.audience, "uk": found.uk, "en": found.en or None, **when}
    gone: list[Message] = [Delete(here.asker, f"sample:{found.id}"), Delete(here.asker, key(found.id))]
    return "campaign" if found.campaign else "news", known, gone


def given_on(here: Here, person_id: int) -> list[Message]:
    """Whoever wrote them works here no more: drafts go, and what is planned or under way is the head's to stop."""
    heir, found = tasks.head(here), broadcasts.not_over(here.tx, person_id)
    for each in found:
        if each.state == "draft":
            _called_off(here, each)
        elif heir is not None and heir.id != person_id:
            broadcasts.give(here.tx, each.id, to=heir.id)
    ahead = [each for each in found if each.state != "draft" and heir and heir.id != person_id]
    return [
        Send(
            heir.colleague,
            _said(here, each),
            (*row((texts.NEWS_TEST, Press(each.id, "test"))), *_ways(each)),
            key=key(each.id),
            protect=True,
        )
        for each in ahead
        if heir
    ]


def goes(here: Here, bell: Due) -> list[Message]:
    """The next piece, outside the quiet hours; the first one finds who belongs to the audience by now."""
    found = broadcasts.by_id(here.tx, bell.subject_id)
    if found is None or found.state not in ("planned", "sending"):
        return []
    at = reminding.of_centre(here).next_awake(here.now)
    if at > here.now:
        due.plan(here.tx, GOES, found.id, at=at)
        return []
    if broadcasts.begin(here.tx, found.id, now=here.now):
        due.plan(here.tx, SEEN, found.id, at=here.now + LOOK)
    said = _piece(here, found) if broadcasts.counts(here.tx, found.id).queued < PIECE else []
    if broadcasts.counts(here.tx, found.id).waiting:
        due.plan(here.tx, GOES, found.id, at=here.now + SOON)
    return said


def seen(here: Here, bell: Due) -> list[Message]:
    """How far it is, in the sender's one message; at the end the summary."""
    found = broadcasts.by_id(here.tx, bell.subject_id)
    if found is None or found.state not in ("sending", "stopped"):
        return []
    broadcasts.settle(here.tx, found.id)
    counts = broadcasts.counts(here.tx, found.id)
    moved = broadcasts.shown(here.tx, found.id, counts.total - counts.ahead)
    if counts.ahead:
        due.plan(here.tx, SEEN, found.id, at=here.now + (LOOK if moved else SELDOM))
    else:
        broadcasts.end(here.tx, found.id, counts, now=here.now)
    return _to_sender(here, found.id) if moved or not counts.ahead else []


def push_at(here: Here, broadcast_id: int, person_id: int) -> datetime | None:
    """From when it may go to this person. In the branch nothing else is pushed: later, and nobody learns why."""
    runs = broadcasts.running(here.tx, broadcast_id)
    if runs is None or (runs.campaign and not subscribers.joined(here.tx, person_id, runs.audience)):
        return None
    person = people.person(here.tx, person_id)
    hours = reminding.hours(here, person)
    at = max(reminding.of_centre(here).next_awake(here.now), hours.next_awake(here.now))
    busy = leaving.in_branch(here, person)
    return max(at, here.now + ANOTHER_TIME) if busy else at


def _may(here: Here, me: Person, broadcast_id: int) -> Broadcast:
    """A broadcast to those who joined news is the head's alone, whoever has its button."""
    found = broadcasts.by_id(here.tx, broadcast_id)
    if found is None:
        raise Refused(texts.NEWS_GONE)
    if found.campaign and not me.may("form campaign"):
        raise Refused(texts.NOT_FOR_YOU)
    return found


def _called_off(here: Here, found: Broadcast) -> None:
    if broadcasts.cancel(here.tx, found.id, now=here.now):
        due.cancel(here.tx, (GOES,), found.id, now=here.now)


def _piece(here: Here, found: Broadcast) -> list[Message]:
    text, under = _words(found), campaigns.stop(found.audience) if found.campaign else ()
    takers = broadcasts.subscribers if found.campaign else broadcasts.carers
    return [
        News(person, text, under, f"{broadcasts.KEY}{found.id}", Guard(f"{GUARD}:{person}", found.id, 1))
        for person in takers(here.tx, found.id, most=PIECE)
    ]


def _go(here: Here, found: Broadcast) -> None:
    at = reminding.of_centre(here).next_awake(max(found.at or here.now, here.now))
    if not broadcasts.reachable(here.tx, found.audience, campaign=found.campaign):
        raise Refused(texts.NEWS_NOBODY)
    if broadcasts.go(here.tx, found.id, at=at):
        due.plan(here.tx, GOES, found.id, at=at)


def _chosen(here: Here, draft: Draft) -> datetime | None:
    given = draft.answers
    return reminders.moment(given["day"], given["time"], here.centre.zone) if given["when"] == "later" else None


def _words(found: Broadcast) -> Words:
    return Words(uk=found.uk, en=found.en or found.uk)


def _sample(here: Here, found: Broadcast, key: str) -> Send:
    """As it will look; its button leads nowhere."""
    under = row((texts.NEWS_NO_MORE, Idle())) if found.campaign else ()
    return Send(here.asker, _words(found), under, key=key)


def _shown(here: Here, me: Person, broadcast_id: int) -> list[Message]:
    found = broadcasts.by_id(here.tx, broadcast_id)
    assert found is not None  # noqa: S101 - it was there a moment ago, in this transaction
    ways = (*_ways(found), *to_entry(texts.BROADCAST, "broadcast"))
    return screen(here, me, key(found.id), _said(here, found), ways, protect=True)


def _to_sender(here: Here, broadcast_id: int) -> list[Message]:
    found = broadcasts.by_id(here.tx, broadcast_id)
    sender = people.person(here.tx, found.made_by) if found else None
    if found is None or sender is None or not sender.staff:
        return []
    return [Edit(sender.colleague, key(found.id), _said(here, found), _ways(found), lane=Lane.REMINDER)]


def _said(here: Here, found: Broadcast) -> Wording:
    counts = broadcasts.counts(here.tx, found.id) if found.state in ("sending", "stopped") else found.counts
    counts = counts if counts.total else found.counts
    match found.state:
        case "draft":
            return _before(here, found)
        case "planned":
            at = found.at or here.now
            return texts.NEWS_PLANNED(id=found.id, at=at) if at > here.now else texts.NEWS_BEGINS(id=found.id)
        case "sending":
            return rows(_progress(found, counts), _numbers(counts))
        case "stopped":
            stopped = texts.NEWS_STOPPED(id=found.id, sent=counts.sent, stopped=counts.stopped + counts.ahead)
            return rows(stopped, _numbers(counts)) if counts.failed + counts.unreachable else stopped
        case "cancelled":
            return texts.NEWS_CANCELLED(id=found.id)
        case _:
            return rows(texts.NEWS_DONE(id=found.id), _numbers(counts))


def _before(here: Here, found: Broadcast) -> Wording:
    many = broadcasts.reachable(here.tx, found.audience, campaign=found.campaign)
    if not many:
        return texts.NEWS_NOBODY
    wished = max(found.at or here.now, here.now)
    at = reminding.of_centre(here).next_awake(wished)
    said = texts.NEWS_AFTER_QUIET if at > wished else texts.NEWS_AT if found.at else None
    above = texts.NEWS_ABOVE(audience=_audience(here, found), many=many)
    return paragraphs(above, said(at=at) if said else NOTHING)


def _progress(found: Broadcast, counts: Counts) -> Line:
    """The bar is text: it reads the same on every phone."""
    share = 100 * (counts.total - counts.ahead) // max(1, counts.total)
    full = share * BAR // 100
    return texts.NEWS_PROGRESS(id=found.id, bar="▓" * full + "░" * (BAR - full), share=share)


def _numbers(counts: Counts) -> Line:
    return texts.NEWS_COUNTS(
        sent=counts.sent, waiting=counts.ahead, failed=counts.failed, unreachable=counts.unreachable
    )


def _ways(found: Broadcast) -> Rows:
    moves: dict[str, list[tuple[Wording, str]]] = {
        "draft": [
            (texts.NEWS_TEST, "test"),
            (texts.NEWS_PLAN if found.at else texts.NEWS_GO, "go"),
            (texts.NEWS_CHANGE, "edit"),
            (texts.NEWS_CANCEL, "cancel"),
        ],
        "planned": [(texts.NEWS_CANCEL, "cancel")],
        "sending": [(texts.NEWS_STOP, "stop")],
    }
    ways = moves.get(found.state, [])
    if found.counts.failed + found.counts.unreachable:
        ways = [*ways, (texts.NEWS_MISSED, "missed")]
    return column(*((label, Press(found.id, move)) for label, move in ways))


def _missed(here: Here, me: Person, found: Broadcast) -> list[Message]:
    """Carers by name, so that somebody calls them; of those who joined news only how many."""
    counts = found.counts
    text: Wording = texts.NEWS_MISSED_COUNTS(unreachable=counts.unreachable, failed=counts.failed)
    if not found.campaign:
        text = rows(*(_missing(here, *each) for each in broadcasts.missed(here.tx, found.id)))
    return screen(here, me, key(found.id), text, to_entry(texts.BROADCAST, "broadcast"), protect=True)


def _missing(here: Here, person_id: int, how: str) -> Line:
    name = people.person(here.tx, person_id).name
    said = texts.NEWS_MISSED_CLOSED if how == "unreachable" else texts.NEWS_MISSED_FAILED
    return said(name=Own(name or "—"))


def _line(here: Here, found: Broadcast) -> Line:
    return texts.NEWS_LINE(id=found.id, audience=_audience(here, found), state=STATES[found.state])


def _audience(here: Here, found: Broadcast) -> Wording:
    """A row that the profile no longer has is named by its key."""
    items = here.centre.campaigns if found.campaign else here.centre.audiences
    return next((each.name for each in items if each.key == found.audience), Own(found.audience))
