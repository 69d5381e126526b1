"""Passing on to other bodies: by her consent, or because the law obliges us; the clock, the text, the word «sent»."""

from bot.core import consents, risk, texts
from bot.core.buttons import Mark, Page
from bot.core.cases import Case
from bot.core.consents import PASSING_ON
from bot.core.events import Delete, File, Message, Refused, Rows
from bot.core.lines import NOTHING, Own, Value, Wording, paragraphs, rows
from handlers import clocks, pages
from handlers.here import Here, column
from storage import audit, case_codes, cases, history, household, referrals
from storage import consents as given
from storage.people import Person

BODIES = {each.kind.removeprefix("pass_"): each for each in PASSING_ON}
CLOCKS = {"police": "notify_police", "child_services": "notify_child_services"}
"""The bodies that the law has us tell, each within its day; the others hear by consent alone."""
LETTERS = {"police": texts.LETTER_POLICE, "child_services": texts.LETTER_CHILD}


def page(here: Here, case: Case, of: str, mine: bool) -> tuple[Wording, Rows]:  # noqa: FBT001 - a page like every other
    if of in BODIES:
        return _of_body(here, case, of, mine=mine)
    lines = [_line(here, case, body) for body in BODIES]
    ways = column(*((each.label, Page(case.id, f"refer.{body}")) for body, each in BODIES.items()))
    return paragraphs(texts.REFERRALS_PAGE, rows(*lines)), ways


def written(here: Here, me: Person, case: Case, body: str) -> list[Message]:
    """The text as a file to save and send: number, date, district and what the law asks; not a word of the story."""
    if not ground(here, case, body):
        raise Refused(texts.REFER_ASK)
    referrals.prepare(here.tx, case.id, body, by=me.id, now=here.now)
    cases.note(here.tx, case.id, f"letter.{body}", by=me.id, now=here.now)
    text = _letter(here, me, case, body)
    file = File(here.asker, texts.REFER_FILE_NAME, text, texts.REFER_CAPTION, key=f"letter:{case.id}", language="uk")
    return [Delete(here.asker, f"letter:{case.id}"), file, *pages.shown(here, me, case, "refer", body)]


def sent(here: Here, me: Person, case: Case, body: str) -> list[Message]:
    """It has gone, by whatever way the body takes: its clock stops."""
    if not ground(here, case, body):
        raise Refused(texts.REFER_ASK)
    referrals.prepare(here.tx, case.id, body, by=me.id, now=here.now)
    referrals.sent(here.tx, case.id, body, by=me.id, now=here.now)
    cases.note(here.tx, case.id, f"sent.{body}", by=me.id, now=here.now)
    audit.note(here.tx, "passed_on", by=me.id, case_id=case.id, reason=body, now=here.now)
    if body in CLOCKS:
        clocks.met(here, case, CLOCKS[body])
    return pages.shown(here, me, case, "refer", body)


def obliged(here: Here, me: Person, case: Case, body: str) -> list[Message]:
    """Somebody decides that a child or a life is in danger: noted who, and the clock of the law runs."""
    if body not in CLOCKS:
        raise Refused(texts.REFER_ASK)
    if ground(here, case, body) != "duty":
        cases.note(here.tx, case.id, f"duty.{body}", by=me.id, now=here.now)
        audit.note(here.tx, "duty", by=me.id, case_id=case.id, reason=body, now=here.now)
        clocks.begin(here, case, CLOCKS[body])
    return pages.shown(here, me, case, "refer", body)


def ground(here: Here, case: Case, body: str) -> str:
    """Why it may be passed on: «duty» goes before «consent»; empty when it may not."""
    if body not in BODIES:
        return ""
    if body in CLOCKS and (_duty(here, case, body) or history.has(here.tx, case.id, f"duty.{body}")):
        return "duty"
    return "consent" if BODIES[body].kind in given.standing(here.tx, case.id) else ""


def _duty(here: Here, case: Case, body: str) -> bool:
    """A child that is hurt or sees it; for the police a danger now as well (S20, S21)."""
    told = {} if case.erased_at else cases.content(here.tx, case)
    children = household.children(here.tx, case.id)
    violence = case_codes.violent(here.tx, case)
    child = risk.child_concerned(case.form, told, branch=violence, children=children)
    child = child or (violence and _child_noted(here, case))
    return child or (body == "police" and case.danger == "now")


def _child_noted(here: Here, case: Case) -> bool:
    """A specialist has noted that a child was hurt or saw it."""
    now = case_codes.counted(here.tx, case.id)
    return now.child_role is not None or now.victim_group == "child"


def _of_body(here: Here, case: Case, body: str, *, mine: bool) -> tuple[Wording, Rows]:
    why = ground(here, case, body)
    head = rows(_line(here, case, body), *_clock(here, case, body))
    if not why:
        danger = [(texts.REFER_DANGER, Mark(case.id, "duty", body))] if mine and body in CLOCKS else []
        return paragraphs(head, texts.REFER_ASK if body in CLOCKS else NOTHING), column(*danger)
    text = paragraphs(head, texts.REFER_TEXT_BELOW, _letter(here, None, case, body))
    if not mine:
        return text, ()
    ways = ((texts.REFER_FILE, Mark(case.id, "letter", body)), (texts.REFER_IS_SENT, Mark(case.id, "sent", body)))
    return text, column(*ways)


def _line(here: Here, case: Case, body: str) -> Wording:
    mine = [each for each in referrals.of_case(here.tx, case.id) if each.body == body]
    label = BODIES[body].label
    if mine and mine[-1].sent_at:
        return texts.REFER_SENT(body=label, at=mine[-1].sent_at)
    if mine:
        return texts.REFER_PREPARED(body=label)
    says = {"duty": texts.REFER_DUTY, "consent": texts.REFER_CONSENT}.get(ground(here, case, body), texts.REFER_NONE)
    return says(body=label)


def _clock(here: Here, case: Case, body: str) -> list[Wording]:
    """From when, by when, and by which act; a clock that does not run is not shown."""
    clock = referrals.clock(here.tx, case.id, CLOCKS[body]) if body in CLOCKS else None
    if clock is None:
        return []
    term = here.centre.deadline(CLOCKS[body])
    says = texts.REFER_CLOCK(starts=clock.starts_at, due=clock.due_at, basis=Own(term.basis))
    return [says, *([] if term.verified_on else [texts.REFER_NOT_CHECKED])]


def _letter(here: Here, me: Person | None, case: Case, body: str) -> Wording:
    children = household.children(here.tx, case.id)
    blanks: dict[str, Value] = {
        "reported": case.reported_at,
        "district": here.centre.district(case.district).name,
        "children": Own(str(children)) if children else texts.LETTER_NOT_SAID,
    }
    basis = texts.LETTER_BASIS(basis=Own(here.centre.deadline(CLOCKS[body]).basis)) if body in CLOCKS else NOTHING
    return paragraphs(
        rows(texts.LETTER_TO(body=BODIES[body].label), texts.LETTER_FROM(centre=here.centre.name)),
        texts.LETTER_HEAD(number=case.name, day=consents.dated(here.local.date().isoformat())),
        LETTERS.get(body, texts.LETTER_OTHER)(**blanks),
        basis,
        texts.LETTER_ASKS,
        texts.LETTER_SIGNED(name=Own((me.name if me else "") or "____________")),
    )
