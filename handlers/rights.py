"""Her rights over an opened case: consents and their withdrawal, a readable copy, erasing (S20, S29).

Everything here stands on the case's own page, discreet, with the way out on every screen.
"""

from datetime import UTC

from bot.core import consents, deadlines, texts
from bot.core.buttons import Action, Own
from bot.core.cases import Case
from bot.core.consents import Consent
from bot.core.events import Delete, Lane, Message, Refused, Send
from bot.core.lines import NOTHING, Wording, paragraphs, rows
from handlers import agreed, alerts, clocks, erasing, family, groups, holdings, ladder, lease, page, queue, tasks
from handlers import visits as visiting
from handlers.here import Here, column
from storage import cases, people, visits, withdrawals
from storage import consents as given
from storage.consents import Given
from storage.people import Person

FIRST = ("here", "hours", "call")
"""Ways of contact in which the centre is the first to speak."""


def lines(here: Here, case: Case) -> list[Wording]:  # noqa: ARG001 - as every room of the page
    """What the case's own page says about them."""
    stopped = [texts.IS_WITHDRAWN(at=case.withdrawn_at)] if case.withdrawn_at else []
    undo = [texts.CLOSED_MEANWHILE if case.closed_at else texts.WITHDRAW_UNDO] if case.withdrawn_at else []
    return [*stopped, *undo, *erasing.lines(case)]


def ways(case: Case) -> list[tuple[Wording, Action]]:
    go_on = [(texts.GO_ON_CASE, "go_on")] if case.withdrawn_at and not case.closed_at else []
    keep = [(texts.KEEP_IT, "keep")] if case.erase_at and not case.erased_at else []
    return [(label, _move(case, move)) for label, move in (*go_on, *keep, (texts.RIGHTS, "page"))]


def pressed(here: Here, me: Person, case: Case, move: str) -> list[Message]:
    """A move of «rights.…»; a body's page is «pass_police», its two presses «give.pass_police», «take.pass_police»."""
    rooms = {
        "page": _page,
        consents.CONTACT.kind: _to_contact,
        "withdraw": _asks,
        "withdraw_yes": _withdrawn,
        "go_on": _goes_on,
        "erase": erasing.asks,
        "erase_yes": erasing.asked,
        "keep": erasing.kept,
    }
    if move == "held":
        return holdings.of_case(here, case)
    return rooms[move](here, me, case) if move in rooms else _of_body(here, me, case, move)


def filed(here: Here, case: Case, me: Person) -> None:
    """The press that files is the consent; so is the choice of contact, where we may speak first (S20)."""
    _give(here, case, _processing(case), me.language)
    cases.note(here.tx, case.id, "consented", by=None, now=here.now)
    contact_chosen(here, case, case.contact, me.id)


def contact_chosen(here: Here, case: Case, channel: str, holder: int) -> None:
    """The consent to be written to or called goes with the choice, and goes when it goes."""
    if channel in FIRST:
        _give(here, case, consents.CONTACT, people.person(here.tx, holder).language)
    else:
        given.withdraw(here.tx, case.id, consents.CONTACT.kind, now=here.now)


def _page(here: Here, me: Person, case: Case, noted: Wording = NOTHING) -> list[Message]:
    """What is agreed to, since when, in which version; one button for every body."""
    stands = given.standing(here.tx, case.id)
    read = stands.get(consents.PROCESSING.kind)
    agreed = texts.CONSENTED(at=read.given_at, version=consents.dated(read.version)) if read else NOTHING
    passed = [_passed(each, stands[each.kind]) for each in consents.PASSING_ON if each.kind in stands]
    told = rows(texts.PASSED_TO, *passed) if passed else texts.PASSED_TO_NOBODY
    head = texts.RIGHTS_PAGE(number=case.name)
    text = paragraphs(noted, head, agreed, told, texts.PASS_WHOM)
    return page.turned(here, me, case, text, column(*_bodies(case, set(stands)), *_others(case, set(stands))))


def _passed(consent: Consent, stands: Given) -> Wording:
    return texts.PASSED_LINE(body=consent.label, at=stands.given_at, version=consents.dated(stands.version))


def _bodies(case: Case, stands: set[str]) -> list[tuple[Wording, Action]]:
    return [
        (texts.TICKED(label=each.label) if each.kind in stands else each.label, _move(case, each.kind))
        for each in consents.PASSING_ON
    ]


def _others(case: Case, stands: set[str]) -> list[tuple[Wording, Action]]:
    contact = [(consents.CONTACT.label, consents.CONTACT.kind)] if consents.CONTACT.kind in stands else []
    withdraw = [] if case.withdrawn_at or case.closed_at else [(texts.WITHDRAW, "withdraw")]
    erase = (texts.KEEP_IT, "keep") if case.erase_at else (texts.ERASE, "erase")
    return [(label, _move(case, move)) for label, move in (*contact, (texts.WHAT_IS_HELD, "held"), *withdraw, erase)]


def _to_contact(here: Here, me: Person, case: Case) -> list[Message]:
    """The whole text of what her choice of contact agreed to; it is taken back by choosing anew (S20)."""
    stands = given.standing(here.tx, case.id).get(consents.CONTACT.kind)
    if stands is None:
        raise Refused(texts.STALE)
    ways = column((texts.HOW_TO_WRITE, Own(case.id, "contact")), (texts.TO_RIGHTS, _move(case, "page")))
    return page.turned(here, me, case, _whole(consents.CONTACT, stands), ways)


def _whole(consent: Consent, stands: Given | None) -> Wording:
    since = texts.GIVEN_SINCE(at=stands.given_at) if stands else NOTHING
    return paragraphs(consent.label, consent.text, texts.TEXT_OF(version=consents.dated(consent.version)), since)


def _of_body(here: Here, me: Person, case: Case, move: str) -> list[Message]:
    """The whole text before the press that agrees, and the same press to take it back."""
    verb, _, kind = move.partition(".")
    consent = next((each for each in consents.PASSING_ON if each.kind in (move, kind)), None)
    match verb:
        case _ if consent is None:
            raise Refused(texts.STALE)
        case "give":
            news = _give(here, case, consent, me.language)
            return [*_page(here, me, case, texts.CONSENT_GIVEN), *(_changed(case) if news else [])]
        case "take":
            news = given.withdraw(here.tx, case.id, consent.kind, now=here.now)
            return [*_page(here, me, case, texts.CONSENT_TAKEN_BACK), *(_changed(case) if news else [])]
        case _:
            return _body(here, me, case, consent)


def _body(here: Here, me: Person, case: Case, consent: Consent) -> list[Message]:
    stands = given.standing(here.tx, case.id).get(consent.kind)
    act = (texts.TAKE_BACK, _move(case, f"take.{consent.kind}"))
    if stands is None:
        act = (texts.I_AGREE, _move(case, f"give.{consent.kind}"))
    return page.turned(here, me, case, _whole(consent, stands), column(act, (texts.TO_RIGHTS, _move(case, "page"))))


def _asks(here: Here, me: Person, case: Case) -> list[Message]:
    """What stops and what stays, before it is done."""
    text = paragraphs(texts.WITHDRAW_PAGE(number=case.name), texts.WITHDRAW_STAYS, texts.WITHDRAW_UNDO)
    yes = (texts.WITHDRAW_YES, _move(case, "withdraw_yes"))
    return page.turned(here, me, case, text, column(yes, (texts.TO_RIGHTS, _move(case, "page"))))


def _withdrawn(here: Here, me: Person, case: Case) -> list[Message]:
    """Work stops and nobody writes; the visit is the specialist's to cancel, who then knows that it is off."""
    apart = family.apart_from_all(here, case)
    stopped = withdrawals.withdraw(here.tx, case.id, now=here.now)
    if stopped is None:
        raise Refused(texts.STALE)
    for consent in consents.ALL.values():
        given.withdraw(here.tx, case.id, consent.kind, now=here.now)
    ladder.ended(here, case.id)
    lease.ended(here, case.id)
    clocks.drop(here, stopped)
    visiting.withdrawn(here, stopped)
    cases.note(here.tx, case.id, "consent withdrawn", by=None, now=here.now)
    said = paragraphs(texts.IS_WITHDRAWN(at=here.now), texts.WITHDRAW_UNDO)
    return [*page.turned(here, me, stopped, said, column((texts.GO_ON_CASE, _move(case, "go_on")))),
            *apart, *_staff_stop(here, stopped)]  # fmt: skip


def _staff_stop(here: Here, case: Case) -> list[Message]:
    """Number only. Of an emergency the head learns too: what the law obliges us to do is not one person's decision."""
    visit = visits.of_case(here.tx, case.id)
    cancel = texts.CANCEL_THE_VISIT(at=visit.starts_at) if visit else NOTHING
    text = paragraphs(texts.CASE_WITHDRAWN(number=case.name), cancel)
    called = cases.called(here.tx, case.id) if case.claimed_by is None else []
    off: list[Message] = [Delete(each, alerts.key(case), lane=Lane.URGENT) for each in called]
    heads = people.team(here.tx, ("head",)) if case.urgency == "emergency" else []
    keepers = [case.claimed_by] if case.claimed_by is not None else called
    others = [each.colleague for each in heads if each.colleague not in keepers]
    also = [Send(each, text, lane=Lane.URGENT, protect=True) for each in others]
    way = queue.open_card_button(case) if case.claimed_by else ()
    off += groups.told(here, case, texts.GROUP_OVER) if case.claimed_by is None else []
    return [*agreed.case_ended(here, case), *off, *queue.to_keepers(here, case, text, way), *also]


def _goes_on(here: Here, me: Person, case: Case) -> list[Message]:
    """Consent is given again; a case that nobody has taken is called for again."""
    goes = withdrawals.go_on(here.tx, case.id)
    if goes is None:
        raise Refused(texts.CLOSED_MEANWHILE)
    _give(here, goes, _processing(goes), me.language)
    cases.note(here.tx, case.id, "consented", by=None, now=here.now)
    said = page.turned(here, me, goes, texts.GOES_ON)
    if goes.claimed_by is not None:
        lease.renewed(here, goes)
        clocks.opened(here, goes, starts_at=here.now)
        tasks.ensure_step(here, goes)
        news = texts.CASE_GOES_ON(number=case.name)
        return [*said, *queue.to_keepers(here, goes, news, queue.open_card_button(goes))]
    return [*said, *_waits_again(here, goes)]


def _waits_again(here: Here, case: Case) -> list[Message]:
    by = deadlines.first_answer(here.centre, case.urgency, here.now).astimezone(UTC)
    withdrawals.wait_again(here.tx, case.id, by=by, now=here.now)
    waits = cases.by_id(here.tx, case.id)
    if waits is None:
        return []
    clocks.opened(here, waits, starts_at=here.now)
    return ladder.begun(here, waits)


def _changed(case: Case) -> list[Message]:
    """Whoever has the case looks at the card again; one such line at a time."""
    if case.claimed_by is None:
        return []
    key, text = f"consents:{case.id}", texts.CONSENTS_CHANGED(number=case.name)
    return [
        Delete(case.claimed_by, key),
        Send(case.claimed_by, text, queue.open_card_button(case), key=key, protect=True),
    ]


def _processing(case: Case) -> Consent:
    return consents.CHILD if case.form == "child" else consents.PROCESSING


def _give(here: Here, case: Case, consent: Consent, language: str) -> bool:
    return given.give(here.tx, case.id, consent.kind, version=consent.version, language=language, now=here.now)


def _move(case: Case, move: str) -> Own:
    return Own(case.id, f"rights.{move}")
