"""Erasing at the person's own wish: asked for once more, some days of waiting, undone until then (S29).

Staff who have the case are told its number and the day. Nothing is sent to her: what stands is on her own page.
"""

from datetime import datetime, timedelta

from bot.core import texts
from bot.core.buttons import Enter, Own
from bot.core.cases import Case
from bot.core.events import Due, Message, Refused, Rows
from bot.core.filling import Draft
from bot.core.forms import FORMS
from bot.core.lines import Line, Wording, paragraphs
from handlers import agreed, holdings, menu, page, queue, waiting
from handlers.here import Here, column, row, screen
from storage import cases, drafts, due, erasing, feeds, seats, subscribers, tries, unreminded, withdrawals
from storage import holdings as held
from storage.people import Person

CASE = "erase"
LEAVING = holdings.LEAVING


def asks(here: Here, me: Person, case: Case) -> list[Message]:
    """What goes, what stays and how long it waits; in the branch the code is asked for next."""
    parts: list[Wording] = [texts.ERASE_PAGE(number=case.name, wait=holdings.wait(here)), texts.ERASE_MEANWHILE]
    if case.branch:
        ways = column((texts.ERASE_YES, Own(case.id, "erase")))
        return page.turned(here, me, case, paragraphs(*parts, texts.ERASE_CODE_NEXT), ways)
    ways = column((texts.ERASE_YES, Own(case.id, "rights.erase_yes")))
    return page.turned(here, me, case, paragraphs(*parts), ways)


def asked(here: Here, me: Person, case: Case) -> list[Message]:
    """Where a case opens without a code, a press is enough."""
    if case.branch:
        raise Refused(texts.STALE)
    return _settled(here, me, case)


def asked_by_code(here: Here, me: Person, draft: Draft) -> list[Message]:
    """The code was given once more. A wrong one changes nothing and makes wait; the second one is a sign (S10, S11)."""
    case = cases.opened(here.tx, draft.subject_id, me.id, now=here.now)
    if case is None:
        raise Refused(texts.OPEN_IT_AGAIN)
    until = tries.wait_until(here.tx, me.id, now=here.now)
    if until is not None:
        return page.turned(here, me, case, texts.TRY_LATER(at=until))
    found = cases.by_code(here.tx, case.number, str(draft.answers["code"]))
    if found is None:
        tries.wrong(here.tx, me.id, now=here.now)
        return page.turned(here, me, case, texts.NOT_THE_CODE)
    tries.right(here.tx, me.id)
    return _watched(here, me, case) if found[1] else _settled(here, me, case)


def kept(here: Here, me: Person, case: Case) -> list[Message]:
    """Undone, as long as it is not erased."""
    stays = withdrawals.keep(here.tx, case.id)
    if stays is None:
        raise Refused(texts.STALE)
    return [*page.turned(here, me, stays, texts.IS_KEPT), *_not_after_all(here, stays)]


def rung(here: Here, bell: Due) -> list[Message]:
    """The days are over: erased, if it is still wished."""
    case = cases.by_id(here.tx, bell.subject_id)
    if case is None or case.erased_at is not None or case.erase_at is None or case.erase_at > here.now:
        return []
    told = [*agreed.case_ended(here, case), *queue.to_keepers(here, case, texts.CASE_ERASED(number=case.name))]
    return told if erasing.erase(here.tx, case, now=here.now) else []


# Everything that is held about a person


def asks_all(here: Here, me: Person) -> list[Message]:
    """What goes and what stays. Whoever works here now has to wait until the role ends."""
    _no_role(me)
    parts = (texts.ERASE_ALL_PAGE(wait=holdings.wait(here)), texts.ERASE_ALL_STAYS, texts.ERASE_ALL_APART)
    ways = column((texts.ERASE_YES, Enter("erase_yes")), (texts.TO_MENU, Enter("menu")))
    return screen(here, me, menu.KEY, paragraphs(*parts), ways)


def all_asked(here: Here, me: Person) -> list[Message]:
    _no_role(me)
    at = _end(here)
    due.plan(here.tx, LEAVING, me.id, at=at)
    told = [message for case in holdings.open_to(here, me) if not case.of_others for message in _wished(here, case)]
    return [*screen(here, me, menu.KEY, texts.ERASE_ALL_ASKED(at=at), _undo()), *told]


def all_kept(here: Here, me: Person) -> list[Message]:
    due.cancel(here.tx, (LEAVING,), me.id, now=here.now)
    stay = [kept for case in holdings.open_to(here, me) if (kept := withdrawals.keep(here.tx, case.id))]
    told = [message for case in stay for message in _not_after_all(here, case)]
    return [*screen(here, me, menu.KEY, texts.ERASE_ALL_KEPT, menu.back()), *told]


def rung_all(here: Here, person: Person) -> list[Message]:
    """The days are over: what is no case goes too; of other people's cases, who told of them."""
    if person.staff:
        return []
    for case in holdings.open_to(here, person):
        if case.of_others:
            _nameless(here, case, person)
    for stored in drafts.of_person(here.tx, person.id):
        if not FORMS[stored.form].branch:
            drafts.destroy(here.tx, stored, now=here.now)
    sessions = seats.sessions_of(here.tx, person.id)
    held.drop_seats(here.tx, person.id)
    held.leave_audiences(here.tx, person.id)
    unreminded.forget_person(here.tx, person.id)
    feeds.end(here.tx, person.id)
    subscribers.leave_all(here.tx, person.id)
    if not held.worked_here(here.tx, person.id):
        held.drop_name(here.tx, person.id)
    return waiting.left(here, sessions)


def _nameless(here: Here, case: Case, person: Person) -> None:
    """What was told about another family concerns them and stays; nothing says any more who told it."""
    told = cases.content(here.tx, case)
    cases.add(here.tx, case, {name: answer for name, answer in told.items() if name != "phone"})
    held.unlink(here.tx, case.id, person.id)


def _settled(here: Here, me: Person, case: Case) -> list[Message]:
    """The receipt: number, when it goes, until when it can be undone."""
    told = _wished(here, case)
    stands = cases.by_id(here.tx, case.id) or case
    text = texts.WILL_BE_GONE(number=case.name, at=stands.erase_at or here.now)
    return [*page.turned(here, me, stands, text, column((texts.KEEP_IT, Own(case.id, "rights.keep")))), *told]


def _wished(here: Here, case: Case) -> list[Message]:
    """The row that is due, and a word to whoever has the case; nothing when it was wished before."""
    at = _end(here)
    if withdrawals.erase_on(here.tx, case.id, at=at) is None:
        return []
    due.plan(here.tx, CASE, case.id, at=at)
    cases.note(here.tx, case.id, "erase wished", by=None, now=here.now)
    wished = cases.by_id(here.tx, case.id) or case
    news = texts.CASE_WILL_BE_ERASED(number=case.name, at=at)
    return [*agreed.case_ended(here, wished), *queue.to_keepers(here, case, news)]


def _not_after_all(here: Here, case: Case) -> list[Message]:
    due.cancel(here.tx, (CASE,), case.id, now=here.now)
    cases.note(here.tx, case.id, "kept", by=None, now=here.now)
    return queue.to_keepers(here, case, texts.CASE_IS_KEPT(number=case.name))


def _watched(here: Here, me: Person, case: Case) -> list[Message]:
    """The second code: what any onlooker may see, the page shut, a sign for the staff, and nothing erased (S11)."""
    marked = cases.under_duress(here.tx, case.id, now=here.now) or case
    cases.shut(here.tx, me.id)
    harmless: Line = texts.HARMLESS_HISTORY(number=case.name, opened=case.reported_at)
    ways = column((texts.GUIDE_OPEN, Enter("guide")), (texts.TO_MENU, Enter("menu")))
    sign = queue.to_keepers(here, marked, texts.DURESS_SIGN(number=case.name), queue.open_card_button(case))
    return [*screen(here, me, page.key(case), harmless, ways, branch=True), *sign]


def _end(here: Here) -> datetime:
    return here.now + timedelta(days=here.centre.retention.erase_wait_days)


def _undo() -> Rows:
    return (*row((texts.KEEP_IT, Enter("keep"))), *menu.back())


def _no_role(me: Person) -> None:
    """Raises Refused."""
    if me.staff:
        raise Refused(texts.STAFF_STAYS)


def lines(case: Case) -> list[Wording]:
    """What the case's own page says about it."""
    return [texts.WILL_BE_GONE(number=case.name, at=case.erase_at)] if case.erase_at and not case.erased_at else []
