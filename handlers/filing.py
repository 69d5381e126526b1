"""What a filled form is for: `file` is where a new form gets its end."""

from dataclasses import replace

from bot.core import cases as facts
from bot.core import deadlines, texts
from bot.core.buttons import Leave, Mistaken, Own
from bot.core.cases import Case
from bot.core.events import Button, Delete, Message, Refused, Rows, Send
from bot.core.filling import Draft
from bot.core.lines import NOTHING, By, Joined, Wording, paragraphs
from bot.core.questions import received
from handlers import (
    agreed,
    batch,
    broadcasts,
    clocks,
    couples,
    credits,
    details,
    duty,
    erasing,
    greeting,
    guide,
    hours,
    household,
    information,
    ladder,
    likely,
    menu,
    mine,
    notes,
    own,
    partners,
    plan,
    programmes,
    queue,
    reporting,
    results,
    rights,
    series,
    sheet,
    sight,
    stays,
    talk,
    trainings,
)
from handlers.here import Here, row
from storage import cases, drafts, letters
from storage.drafts import Stored
from storage.people import Person

IN_ONES_CASE = {
    "letter": own.letter_sent,
    "contact": own.contact_chosen,
    "code": own.code_chosen,
    "second": own.second_code_chosen,
    "erase": erasing.asked_by_code,
    "away": own.kept_away,
    "return": mine.opened_by_code,
}
"""Forms that are begun on the page of one's own case."""
OF_STAFF = {
    "visit": series.planned,
    "close": queue.closed,
    "note": notes.written,
    "member": household.added,
    "act": results.act_numbered,
    "training": trainings.planned,
    "moved": trainings.moved,
    "news": broadcasts.drafted,
    "campaign": broadcasts.drafted,
    "room": details.roomier,
    "link": details.linked,
    "tell": details.told,
    "guide": guide.rewritten,
    "reply": talk.answered,
    "leave": duty.leave_taken,
    "shift": duty.shift_planned,
    "plan_note": plan.noted,
    "plan_count": plan.counted,
    "plan_event": plan.happened,
    "programme": programmes.made,
    "study_group": programmes.group_made,
    "lesson": programmes.lessons_planned,
    "elsewhere": credits.noted,
    "report_days": reporting.days_chosen,
    "arrival": stays.arrived,
    "information": information.noted,
}
"""Forms of the staff that make no case."""
OF_CARERS = {
    "partner": couples.added,
    "renamed": couples.renamed,
    "my_hours": hours.typed,
}
"""Forms about oneself and one's trainings."""


def file(here: Here, me: Person, stored: Stored, draft: Draft) -> list[Message]:
    """The form has its answers: a case is opened, a visit planned, a training invited to."""
    done: list[Message] = [Delete(here.asker, sheet.key(stored))]
    match draft.form.name:
        case "safety" | "child":
            return [*done, *_safety(here, me, stored, draft)]
        case "help" | "other":
            return [*done, *_asked(here, me, stored, draft)]
        case "register":
            return [*done, *_entered(here, me, stored, draft)]
        case "notice":
            return [*done, *partners.noticed(here, me, stored, draft, _open)]
        case "agreed":
            drafts.destroy(here.tx, stored, now=here.now)
            return [*done, *agreed.settled(here, me, own.opened(here, me, draft.subject_id), draft)]
        case _:
            drafts.destroy(here.tx, stored, now=here.now)
            return [*done, *_carried_out(here, me, draft)]


def add(here: Here, draft: Draft, name: str) -> list[Message]:
    """An addition to what was filed goes into the case at once: that answer, and nothing that she said before it."""
    case = cases.by_id(here.tx, draft.case_id or 0)
    if case is None:
        return []
    cases.add(here.tx, case, {**cases.content(here.tx, case), name: draft.answers.get(name)})
    cases.note_facts(here.tx, case.id, **facts.learned(name, draft.answers.get(name)))
    clocks.answered(here, case)
    likely.noted(here, case.id)
    if name not in ("hours", "days", "cover"):
        return []
    given, so_far = facts.contact_choice(draft.answers), facts.contact_of(case)
    return own.kept(here, case, replace(so_far, **{name: getattr(given, name)}))


def enough(here: Here, stored: Stored, draft: Draft) -> list[Message]:
    """No more additions; whoever has the case learns that the card has grown."""
    drafts.finish(here.tx, stored)
    ways = row((texts.TO_CASE, Own(draft.case_id or 0, "show")))
    thanks = Send(here.asker, texts.THANKS_FOR_DETAILS, (*ways, *_leave()), key="done", branch=True)
    return [Delete(here.asker, sheet.key(stored)), thanks, *queue.grown(here, draft.case_id or 0)]


def _carried_out(here: Here, me: Person, draft: Draft) -> list[Message]:
    carry_out = {**OF_STAFF, **IN_ONES_CASE, **OF_CARERS}.get(draft.form.name)
    if carry_out is None:
        raise Refused(texts.STALE)
    return carry_out(here, me, draft)


def _open(here: Here, me: Person, stored: Stored, draft: Draft) -> Case:
    """The case, under the draft's own key, with its deadline as a row."""
    known = facts.facts(draft.form.name, draft.answers)
    at = received(draft.answers, here.centre.zone) or here.heard_at
    by = deadlines.first_answer(here.centre, known.urgency, at)
    decision = facts.routed(known, here.centre, at)
    case = cases.open_case(
        here.tx,
        known,
        draft.answers,
        key_id=stored.key_id,
        team=decision.team,
        priority=decision.route.priority,
        ladder=decision.route.ladder or None,
        reported_at=at,
        answer_due_at=by,
        now=here.now,
    )
    clocks.opened(here, case)
    for deadline in decision.route.deadlines:
        clocks.begin(here, case, deadline, starts_at=at)
    if draft.form.name != "register":
        cases.link(here.tx, case.id, me.id, known.reporter, open_until=here.now + own.OPEN_FOR, now=here.now)
    if draft.form.name not in ("register", "notice"):
        rights.filed(here, case, me)
        _told_before(here, me, case)
    likely.noted(here, case.id)
    return case


def _told_before(here: Here, me: Person, case: Case) -> None:
    """Violence of which the same person has told before moves up, whatever came of it then."""
    before = [each for each in cases.reported_by(here.tx, me.id, branch=True) if each.id != case.id]
    if case.branch and any(not each.mistaken and each.erased_at is None for each in before):
        cases.note_facts(here.tx, case.id, repeat=True)


def _safety(here: Here, me: Person, stored: Stored, draft: Draft) -> list[Message]:
    """Filed with three answers; the receipt stays, and all else is asked below it and can be skipped (S15)."""
    case = _open(here, me, stored, draft)
    code = cases.give_code(here.tx, case.id, case.number, shown_again=case.key_id)
    for words in draft.answers.pop("_said", []):
        letters.write(here.tx, case, words, by=None, now=here.now)
    more = Stored(stored.id, me.id, stored.form, 0, case.id, stored.key_id, dict(draft.answers), "")
    drafts.keep(here.tx, more, expires_at=sheet.expiry(here, draft.form), now=here.now)
    receipt = paragraphs(_received(here, case), _code(case, code), texts.CANNOT_COME)
    if case.form == "child":
        receipt = _receipt_child(here, case, code)
    buttons: Rows = ((Button(texts.MISTAKE, Mistaken(case.id)),), *_leave())
    sent = Send(here.asker, receipt, buttons, key=f"receipt:{case.id}", branch=True, protect=True)
    return [sent, *sheet.show(here, me, more), *ladder.begun(here, case)]


def _asked(here: Here, me: Person, stored: Stored, draft: Draft) -> list[Message]:
    case = _open(here, me, stored, draft)
    drafts.finish(here.tx, stored)
    receipt = _receipt_other(here, case) if case.of_others else _receipt_help(here, case)
    sent = Send(here.asker, receipt, menu.back(), key=f"receipt:{case.id}", protect=True)
    return [sent, *ladder.begun(here, case)]


def _entered(here: Here, me: Person, stored: Stored, draft: Draft) -> list[Message]:
    """A phone call or a find, entered by staff: to the team, or at once to the one who entered it."""
    case = _open(here, me, stored, draft)
    drafts.finish(here.tx, stored)
    receipt = Send(here.asker, texts.RECEIPT_STAFF(number=case.name), key=f"receipt:{case.id}", protect=True)
    if draft.answers["for_whom"] == "me" and sight.takes(here, me, case):
        return [receipt, *queue.claim(here, me, case.id)]
    return [receipt, *batch.called(here, me, case)]


def _received(here: Here, case: Case) -> Wording:
    by = By(case.answer_due_at, here.now)
    if greeting.on_duty(here):
        return texts.RECEIPT(number=case.name, by=by)
    return texts.RECEIPT_NOBODY(number=case.name, by=by)


def _code(case: Case, code: str) -> Wording:
    said = texts.CODE_IS_TOO if case.contact in ("here", "hours") else texts.CODE_IS
    told = said(number=case.name, code=code)
    return paragraphs(told, texts.OTHERWISE) if case.contact == "none" else told


def _receipt_child(here: Here, case: Case, code: str) -> Joined:
    """The same in a child's words, with the lines for children."""
    said = texts.CHILD_CODE_TOO if case.contact in ("here", "hours") else texts.CHILD_CODE
    received = texts.CHILD_RECEIPT if greeting.on_duty(here) else texts.CHILD_RECEIPT_NOBODY
    by = By(case.answer_due_at, here.now)
    cannot_come = texts.CHILD_CANNOT_COME(line=here.centre.child_phones[0].number)
    return paragraphs(received(number=case.name, by=by), said(number=case.name, code=code), cannot_come)


def _receipt_help(here: Here, case: Case) -> Wording:
    after = {"here": texts.NEXT_HERE, "call": texts.NEXT_CALL, "come": texts.NEXT_COME}
    received = texts.RECEIPT_PLANNED(number=case.name, by=By(case.answer_due_at, here.now))
    return paragraphs(received, after.get(case.contact, NOTHING))


def _receipt_other(here: Here, case: Case) -> Wording:
    return texts.RECEIPT_OTHER(number=case.name, by=By(case.answer_due_at, here.now))


def _leave() -> Rows:
    return ((Button(texts.LEAVE_NOW, Leave()),),)
