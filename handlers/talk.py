"""The specialist's side of a talk: answers, what was written, a new code, another account, an alarm that is over."""

from bot.core import texts
from bot.core.buttons import Claimant, Open, Talk
from bot.core.cases import Case
from bot.core.events import Message, Refused, Rows, Send, Toast
from bot.core.filling import Draft
from bot.core.lines import By, Line, Own, Wording, paragraphs
from handlers import cards, clocks, contact, lease, tasks
from handlers.here import Here, column, screen
from storage import cases, drafts, letters, outbox
from storage.letters import Letter
from storage.people import Person

A_PAGE = 6


def other_account(here: Here, case_id: int) -> list[Message]:
    """An answer lies where the case is held: whoever writes one is reminded of an account that nobody has checked."""
    return [Toast(texts.CARD_OTHER_ACCOUNT)] if cases.asking(here.tx, case_id) else []


def answered(here: Here, me: Person, draft: Draft) -> list[Message]:
    """An answer lies behind her code; a push says that it is there, if and when she allows one (S08)."""
    case = mine(here, me, draft.subject_id)
    words = str(draft.answers["words"])
    letters.write(here.tx, case, words, by=me.id, now=here.now)
    if cases.contacted(here.tx, case.id, by=me.id, now=here.now):
        lease.ended(here, case.id)
    clocks.met(here, case, *clocks.FIRST)
    tasks.ensure_step(here, case)
    said = texts.FROM_SPECIALIST(number=case.name, words=Own(words))
    push = contact.told(here, case, "reply", said, protect=True)
    told = Send(here.asker, delivery(here, case), cards.open_button(case), protect=True)
    return [told, *push]


def delivery(here: Here, case: Case) -> Line:
    """When the person will know of what waits, said to the specialist."""
    at = contact.allowed_at(here, case.id, "reply")
    if at is None or not contact.reachable(here, case):
        return texts.REPLY_WAITS(number=case.name)
    if at > here.now:
        return (texts.REPLY_AT if case.branch else texts.REPLY_SENT_AT)(number=case.name, at=By(at, here.now))
    return (texts.REPLY_NOW if case.branch else texts.REPLY_SENT)(number=case.name)


def shown(here: Here, me: Person, button: Talk) -> list[Message]:
    """What was written on both sides, newest page first; hers count as read."""
    case, page = mine(here, me, button.case), max(button.page, 0)
    said = letters.of_case(here.tx, case, most=A_PAGE + 1, skip=page * A_PAGE)
    letters.read(here.tx, case.id, from_staff=False, now=here.now)
    text = paragraphs(*(_line(each) for each in reversed(said[:A_PAGE]))) if said else texts.NOTHING_WRITTEN
    ways = (*_pages(case, page, more=len(said) > A_PAGE), *column((texts.OPEN_CARD, Open(case.id))))
    return screen(here, me, f"talk:{case.id}", text, ways, protect=True)


def new_code(here: Here, me: Person, case_id: int) -> list[Message]:
    """A lost code is renewed in person or by an agreed call (S10); the specialist says it, once."""
    case = mine(here, me, case_id)
    code = cases.give_code(here.tx, case.id, case.number)
    cases.note(here.tx, case.id, "code renewed", by=me.id, now=here.now)
    return [Send(here.asker, texts.NEW_CODE_FOR(number=case.name, code=code), key=f"code:{case.id}", protect=True)]


def checked(here: Here, me: Person, button: Claimant) -> list[Message]:
    """Whether the account that knows number and code is hers: then it goes on, and the old chat is silent (S10)."""
    case = mine(here, me, button.case)
    before = cases.holder(here.tx, case.id)
    if not button.same:
        cases.turn_away(here.tx, case.id, button.person)
        letters.checked(here.tx, case.id, button.person, hers=False)
        return [Send(here.asker, texts.ACCOUNT_REFUSED(number=case.name), protect=True)]
    if not cases.hand_to(here.tx, case.id, button.person):
        raise Refused(texts.STALE)
    letters.checked(here.tx, case.id, button.person, hers=True)
    if before is not None:
        outbox.drop_pushes(here.tx, before, case.id, now=here.now)
    drafts.end_additions(here.tx, case.id)
    cases.note(here.tx, case.id, "account changed", by=me.id, now=here.now)
    moved = Send(here.asker, texts.ACCOUNT_MOVED(number=case.name), protect=True)
    return [moved, *cards.shown(here, me, case), *contact.unread(here, case.id)]


def safe_again(here: Here, me: Person, case_id: int) -> list[Message]:
    """The specialist has made sure that nobody else is beside her."""
    case = cases.duress_over(here.tx, case_id, by=me.id, now=here.now)
    if case is None:
        raise Refused(texts.NOT_FOR_YOU)
    return [*cards.shown(here, me, case), *contact.unread(here, case.id)]


def mine(here: Here, me: Person, case_id: int) -> Case:
    """The open case that this specialist has. Raises Refused."""
    case = cases.by_id(here.tx, case_id)
    if case is None or case.claimed_by != me.id or case.closed_at is not None:
        raise Refused(texts.NOT_FOR_YOU)
    return case


def _pages(case: Case, page: int, *, more: bool) -> Rows:
    older = [(texts.LETTERS_OLDER, Talk(case.id, page + 1))] if more else []
    newer = [(texts.LETTERS_NEWER, Talk(case.id, page - 1))] if page else []
    return column(*older, *newer)


def _line(letter: Letter) -> Wording:
    person = texts.WRITTEN_BY_PERSON if letter.checked else texts.WRITTEN_BY_UNCHECKED
    words = texts.WRITTEN_BY_US if letter.from_staff else person
    return words(at=letter.written_at, words=Own(letter.words))
