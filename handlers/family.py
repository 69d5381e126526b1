"""Two cases that are one family: joined with one press, parted with one; who told of them never learns it (S14)."""

from collections.abc import Sequence

from bot.core import texts
from bot.core.access import HEADS
from bot.core.buttons import Kin
from bot.core.cases import Case
from bot.core.events import Edit, Lane, Message, Refused, Send, Show
from handlers import alerts, cards, clocks, groups, ladder, lease, likely, queue, sight, tasks, visits
from handlers.here import Here
from storage import audit, cases, erasing, exclusions, likeness, people
from storage.people import Person

PAUSED = tuple(kind for kind in erasing.OF_CASES if kind != "erase")
"""What is due about a case as long as it is one of its own; its erasing stays its own."""


def pressed(here: Here, me: Person, button: Kin) -> list[Message]:
    """Join, part, or «another family», by whoever may see the card and is kept from neither."""
    case = cases.by_id(here.tx, button.case)
    pairs = {other.id: (pair, other) for pair, other in likely.known(here, me, case)} if case else {}
    if case is None or not sight.reason(here, me, case) or button.other not in pairs:
        raise Refused(texts.NOT_FOR_YOU)
    pair, other = pairs[button.other]
    match button.move, pair.state:
        case "join", "likely":
            return [*_joined(here, me, case, other), *_shown(here, me, case)]
        case "part", "joined" if likely.open_both(case, other):
            return [*parted(here, case if case.joined_to == other.id else other, me), *_shown(here, me, case)]
        case "apart", "likely":
            likeness.decide(here.tx, case.id, other.id, "apart", by=me.id, now=here.now)
            _noted(here, me, "told_apart", case, other)
            return _shown(here, me, case)
        case _:
            raise Refused(texts.STALE)


def parted(here: Here, younger: Case, me: Person | None = None) -> list[Message]:
    """Each is again what it was; whose it can no longer be, waits for somebody else."""
    older = cases.by_id(here.tx, younger.joined_to or 0)
    if older is None or not likeness.part(here.tx, younger, now=here.now):
        return []
    _noted(here, me, "parted", younger, older)
    return [message for each in (younger, older) for message in _on_its_own(here, me, each.id)]


def apart_from_all(here: Here, case: Case) -> list[Message]:
    """The case is no longer one with any other: it is withdrawn, or somebody is kept from it."""
    joined = [case, *likeness.joined(here.tx, case.id)]
    return [message for younger in joined for message in parted(here, younger)]


def _joined(here: Here, me: Person, case: Case, other: Case) -> list[Message]:
    """The younger goes on in the older, with what was joined to it before."""
    first, second = _root(here, case), _root(here, other)
    younger, older = sorted((first, second), key=lambda each: (each.reported_at, each.id), reverse=True)
    along = likeness.joined(here.tx, younger.id)
    _joinable(here, me, younger, older, (*along, *likeness.joined(here.tx, older.id)))
    for each in along:
        likeness.part(here.tx, each, now=here.now)
    return [message for each in (younger, *along) for message in _goes_on(here, me, each.id, older.id)]


def _root(here: Here, case: Case) -> Case:
    return (cases.by_id(here.tx, case.joined_to) if case.joined_to else None) or case


def _joinable(here: Here, me: Person, younger: Case, older: Case, along: Sequence[Case]) -> None:
    """Raises Refused: one of them has ended, or whoever would have both may not have one.

    Nobody takes a colleague's case by joining it to an own one; the colleague gives it, or the head does.
    """
    holder = older.claimed_by or younger.claimed_by
    not_theirs = holder is not None and any(
        _not_for(here, people.person(here.tx, holder), each) for each in (younger, older, *along)
    )
    grabs = older.claimed_by == me.id and younger.claimed_by not in (None, me.id) and not me.has(*HEADS)
    if younger.id == older.id or not_theirs or grabs or not likely.open_both(younger, older):
        raise Refused(texts.CANNOT_JOIN)


def _not_for(here: Here, holder: Person, case: Case) -> bool:
    """Kept from it; or it is of the branch, and of a team that is not theirs (S25)."""
    foreign = case.branch and case.claimed_by != holder.id and not sight.takes(here, holder, case)
    return foreign or exclusions.excludes(here.tx, case.id, holder)


def _goes_on(here: Here, me: Person, younger_id: int, older_id: int) -> list[Message]:
    younger, older = cases.by_id(here.tx, younger_id), cases.by_id(here.tx, older_id)
    if younger is None or older is None:
        return []
    gone = _alerts_gone(here, younger)
    likeness.join(here.tx, younger, older, paused=PAUSED, by=me.id, now=here.now)
    main = cases.by_id(here.tx, older_id) or older
    clocks.moved(here, main)
    tasks.ensure_step(here, main)
    _noted(here, me, "joined_cases", younger, older)
    return [*gone, *_holders_told(here, me, younger, older), *_older_called(here, older)]


def _alerts_gone(here: Here, case: Case) -> list[Message]:
    """Nobody takes it any more: it goes on elsewhere. Of the other number nothing is said."""
    words = texts.GOES_ON_ELSEWHERE(number=case.name)
    called = [Edit(each, alerts.key(case), words) for each in cases.called(here.tx, case.id)]
    return [*called, *(groups.told(here, case, texts.GROUP_OVER) if case.waits else [])]


def _holders_told(here: Here, me: Person, younger: Case, older: Case) -> list[Message]:
    """Who has both from now on, and who had the younger one."""
    now_by = older.claimed_by or younger.claimed_by
    if now_by is None:
        return []
    holder = people.person(here.tx, now_by)
    news = texts.JOINED_TO_YOURS(number=younger.name, main=older.name)
    told: list[Message] = [Send(now_by, news, queue.open_card_button(older), protect=True)] if now_by != me.id else []
    before = younger.claimed_by
    if before is not None and before not in (now_by, me.id):
        told.append(Show(before, cards.key(younger), texts.GOES_ON_ELSEWHERE(number=younger.name), protect=True))
    return [*told, *visits.taken_along(here, holder, younger), *visits.taken_along(here, holder, older)]


def _older_called(here: Here, before: Case) -> list[Message]:
    """The older has become more pressing, or has somebody now; its clock and its alerts say so."""
    older = cases.by_id(here.tx, before.id) or before
    if older.claimed_by is not None and before.waits:
        ladder.ended(here, older.id)
        lease.renewed(here, older)
    if older.claimed_by is not None:
        return queue.others_told(here, people.person(here.tx, older.claimed_by), older) if before.waits else []
    if (older.answer_due_at, older.urgency, older.danger) == (before.answer_due_at, before.urgency, before.danger):
        return []
    return ladder.begun(here, older)


def _on_its_own(here: Here, me: Person | None, case_id: int) -> list[Message]:
    case = cases.by_id(here.tx, case_id)
    if case is not None:
        clocks.moved(here, case)
    if case is None or case.closed_at is not None or case.withdrawn_at is not None or case.joined_to is not None:
        return []
    if case.claimed_by is None:
        lease.ended(here, case.id)
        return ladder.begun(here, case)
    holder = people.person(here.tx, case.claimed_by)
    if not holder.may("button Claim") or exclusions.excludes(here.tx, case.id, holder):
        return queue.returned(here, case.id)
    lease.renewed(here, case)
    tasks.ensure_step(here, case)
    told = Send(case.claimed_by, texts.WITH_YOU_AGAIN(number=case.name), queue.open_card_button(case),
                lane=Lane.URGENT, protect=True)  # fmt: skip
    return [*([told] if me is None or me.id != holder.id else []), *visits.taken_along(here, holder, case)]


def _shown(here: Here, me: Person, case: Case) -> list[Message]:
    """The card as it reads now; whoever may no longer see it reads that it goes on elsewhere."""
    stands = cases.by_id(here.tx, case.id) or case
    if not sight.reason(here, me, stands):
        return [Show(here.asker, cards.key(case), texts.GOES_ON_ELSEWHERE(number=case.name), protect=True)]
    return queue.open_card(here, me, stands.id)


def _noted(here: Here, me: Person | None, what: str, *both: Case) -> None:
    """A line in the history and in the log of each."""
    by = me.id if me else None
    for case, other in (both, both[::-1]):
        cases.note(here.tx, case.id, what, by=by, now=here.now)
        audit.note(here.tx, what, by=by, case_id=case.id, reason=f"case {other.id}", now=here.now)
