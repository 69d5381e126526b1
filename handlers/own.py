"""A case as the one who asked sees it: opened by number and code, discreet, gone with the sweep (S10, S29)."""

from datetime import timedelta

from bot.core import texts
from bot.core.buttons import LONGEST, Enter, Leave, Own
from bot.core.cases import Case, ContactChoice, contact_choice
from bot.core.events import Button, Message, Refused, Remove, Rows
from bot.core.filling import Draft
from bot.core.lines import NOTHING, Line, Wording, paragraphs, rows
from bot.core.lines import Own as Quoted
from handlers import agreed, away, contact, covers, likely, page, queue, rights
from handlers.here import Here, column, screen
from storage import cases, letters, outbox
from storage.letters import Letter
from storage.people import Person

OPEN_FOR = timedelta(hours=47)
"""Until she leaves or the sweep comes, which is always earlier (S07)."""
ON_THE_PAGE = 3
A_PAGE = 6
FORMS = {
    "write": "letter",
    "contact": "contact",
    "newcode": "code",
    "second": "second",
    "awayname": "away",
    "erase": "erase",
}
"""Moves that begin a form; the router begins it."""


def opened(here: Here, me: Person, case_id: int) -> Case:
    """The case, if this person has it open: filed it or gave number and code since the last leaving. Raises Refused."""
    case = cases.opened(here.tx, case_id, me.id, now=here.now)
    if case is None:
        raise Refused(texts.OPEN_IT_AGAIN)
    return case


def writes_to(here: Here, me: Person, case_id: int) -> Case:
    """The case that this person may write to; an account that is not checked yet may write, and only that (S10)."""
    return cases.asks_now(here.tx, case_id, me.id, now=here.now) or opened(here, me, case_id)


def shown(here: Here, me: Person, case: Case, problem: Wording = NOTHING) -> list[Message]:
    """The state without a word of its content, what waits to be read, and what can be done."""
    late = case.waits and case.answer_due_at < here.now and not case.of_others
    sorry = texts.ANSWER_LATE(at=case.answer_due_at) if late else NOTHING
    parts = (problem, sorry, line(here, case), _newest(here, case), *rights.lines(here, case))
    text = paragraphs(*parts, *agreed.lines(here, case))
    return screen(here, me, page.key(case), text, _ways(here, case), branch=True, protect=True)


def pressed(here: Here, me: Person, button: Own) -> list[Message]:
    """«rights.…» and «call.…» have rooms of their own; what begins a form is begun by the router."""
    case = opened(here, me, button.case)
    topic, _, move = button.move.partition(".")
    match topic:
        case "rights":
            return rights.pressed(here, me, case, move)
        case "away":
            return away.pressed(here, me, case, move)
        case "call":
            return agreed.pressed(here, me, case, move)
        case "code":
            return _code_page(here, me, case)
        case "talk" if move.isdecimal() and len(move) < LONGEST:
            return _talk(here, me, case, int(move))
        case _:
            return shown(here, me, case)


def wrote(here: Here, me: Person, case: Case, words: str) -> list[Message]:
    """Words for the specialist: kept with the case, all of them (S19); whoever has it learns of news.

    The phone that holds the case may be in other hands: from another account they are not read there (S10).
    """
    unchecked = cases.standing(here.tx, case.id, me.id) == "asks"
    letters.write(here.tx, case, words, by=None, now=here.now, unchecked_by=me.id if unchecked else None)
    return queue.grown(here, case.id)


def wrote_unasked(here: Here, me: Person, text: str) -> list[Message] | None:
    """Words that answer no question, while a case stands open in the chat; None when there is none."""
    case = cases.open_now(here.tx, me.id, now=here.now)
    if case is None:
        return None
    gone = Remove(here.asker, (here.message_id,))
    return [gone, *wrote(here, me, case, text), *_thanked(here, me, case)]


def letter_sent(here: Here, me: Person, draft: Draft) -> list[Message]:
    case = writes_to(here, me, draft.subject_id)
    return [*wrote(here, me, case, str(draft.answers["words"])), *_thanked(here, me, case)]


def contact_chosen(here: Here, me: Person, draft: Draft) -> list[Message]:
    """From now on as she has chosen; what waits to be sent to her is looked at again."""
    case = opened(here, me, draft.subject_id)
    kept(here, case, contact_choice(draft.answers))  # what waited to be read is on the page that comes next
    told = {**cases.content(here.tx, case), **({"phone": draft.answers["phone"]} if draft.answers.get("phone") else {})}
    cases.add(here.tx, case, told)
    likely.noted(here, case.id)
    return [*shown(here, me, opened(here, me, case.id), texts.CONTACT_CHOSEN), *queue.grown(here, case.id)]


def kept(here: Here, case: Case, chosen: ContactChoice) -> list[Message]:
    """How she may be written to becomes the case's own, and holds at once; what it lets out at last."""
    shut = contact.allowed_at(here, case.id, "reply") is None
    cases.choose_contact(here.tx, case.id, chosen)
    holder = cases.holder(here.tx, case.id)
    if holder is not None:
        rights.contact_chosen(here, case, chosen.channel, holder)
        outbox.reconsider(here.tx, holder, now=here.now)
    return contact.unread(here, case.id) if shut else []


def kept_away(here: Here, me: Person, draft: Draft) -> list[Message]:
    return away.named(here, me, opened(here, me, draft.subject_id), draft)


def code_chosen(here: Here, me: Person, draft: Draft) -> list[Message]:
    case = opened(here, me, draft.subject_id)
    cases.choose_code(here.tx, case.id, case.number, str(draft.answers["code"]), key_id=case.key_id)
    return shown(here, me, case, texts.CODE_CHOSEN(number=case.name))


def second_code_chosen(here: Here, me: Person, draft: Draft) -> list[Message]:
    case = opened(here, me, draft.subject_id)
    is_set = cases.choose_second_code(here.tx, case, str(draft.answers["code"]))
    return shown(here, me, case, texts.SECOND_CODE_SET if is_set else texts.SECOND_CODE_SAME)


def line(here: Here, case: Case) -> Line:
    return texts.REQUEST_LINE(number=case.name, opened=case.reported_at, state=page.state(here, case))


def _thanked(here: Here, me: Person, case: Case) -> list[Message]:
    return page.turned(here, me, case, texts.WORDS_KEPT)


def _newest(here: Here, case: Case) -> Wording:
    """The last few letters; hers are shown as she wrote them, ours count as read, and no cover need tell of them."""
    said = letters.hers(here.tx, case, most=ON_THE_PAGE)
    letters.read(here.tx, case.id, from_staff=True, now=here.now)
    outbox.drop_keyed(here.tx, here.asker, covers.key(case.id), now=here.now)
    return rows(*(_said(each) for each in reversed(said)))


def _talk(here: Here, me: Person, case: Case, sheet: int) -> list[Message]:
    said = letters.hers(here.tx, case, most=A_PAGE + 1, skip=sheet * A_PAGE)
    text = paragraphs(*(_said(each) for each in reversed(said[:A_PAGE]))) if said else texts.NOTHING_WRITTEN
    older = [(texts.LETTERS_OLDER, Own(case.id, f"talk.{sheet + 1}"))] if len(said) > A_PAGE else []
    newer = [(texts.LETTERS_NEWER, Own(case.id, f"talk.{sheet - 1}"))] if sheet else []
    return page.turned(here, me, case, text, column(*older, *newer))


def _said(letter: Letter) -> Line:
    words = texts.WRITTEN_BY_US if letter.from_staff else texts.WRITTEN_BY_YOU
    return words(at=letter.written_at, words=Quoted(letter.words))


def _code_page(here: Here, me: Person, case: Case) -> list[Message]:
    code = cases.code_again(here.tx, case)
    text = texts.CODE_PAGE(number=case.name, code=code) if code else texts.CODE_PAGE_GONE(number=case.name)
    ways = column((texts.CHOOSE_CODE, Own(case.id, "newcode")), (texts.SECOND_CODE, Own(case.id, "second")))
    return page.turned(here, me, case, text, ways)


def _ways(here: Here, case: Case) -> Rows:
    talk = [(texts.LETTERS_PAGE, Own(case.id, "talk.0"))] if letters.count_hers(here.tx, case.id) > ON_THE_PAGE else []
    of_branch = [(texts.NUMBER_AND_CODE, Own(case.id, "code"))] if case.branch else []
    contact = [] if case.closed_at else [(texts.HOW_TO_WRITE, Own(case.id, "contact"))]
    ways = column(
        (texts.WRITE_TO_US, Own(case.id, "write")),
        *talk,
        *contact,
        *agreed.ways(here, case),
        *of_branch,
        *([] if case.closed_at else [(texts.KEEP_AWAY, Own(case.id, "away.show"))]),
        *rights.ways(case),
        (texts.TO_MENU, Enter("menu")),
    )
    return (*ways, (Button(texts.LEAVE_NOW, Leave()),))
