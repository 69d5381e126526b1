"""What is held, and the rules for it: /privacy, and /mydata as a file that a person can read (S20, S29)."""

from datetime import datetime

from bot.core import consents, filling, texts
from bot.core.buttons import Enter, Explain
from bot.core.cases import Case
from bot.core.events import Delete, File, Message, Send
from bot.core.filling import Draft
from bot.core.forms import FORMS
from bot.core.lines import NOTHING, Counted, Joined, Line, Own, Sentence, Wording, paragraphs, rows
from bot.core.questions import Asking
from handlers import agreed, behind, cards, counted, duty, hours, household, menu, page, referrals, services
from handlers.here import Here, column, screen, to_entry
from storage import (
    cases,
    credits,
    drafts,
    due,
    feeds,
    history,
    holdings,
    learners,
    letters,
    rosters,
    subscribers,
)
from storage import consents as given
from storage import referrals as passed
from storage.consents import Given
from storage.holdings import Begun, Invited
from storage.letters import Letter
from storage.people import Person

KEY = "mydata"
LEAVING = "erase_person"
"""The row that is due when a person has asked to have everything erased."""
ALL_LETTERS = 5000
LENGTHS: dict[str, Counted] = {
    "hours": texts.HOURS,
    "days": texts.DAYS,
    "working_days": texts.WORKING_DAYS,
    "months": texts.MONTHS_LONG,
}
LANGUAGES = {"uk": Own("українська"), "en": Own("English")}


def privacy(here: Here, me: Person) -> list[Message]:
    """What, why, how long, who sees it, how to see, erase and withdraw; the same words for everybody."""
    kept = here.centre.retention
    blanks: dict[str, Wording] = {
        "draft": texts.DAYS(kept.draft_days),
        "copy": texts.HOURS(kept.chat_copy_hours),
        "wait": wait(here),
        "answer": answered_within(here),
        "version": consents.dated(consents.PRIVACY_VERSION),
    }
    text = paragraphs(*(part(**blanks) for part in consents.PRIVACY))
    more = ((texts.CONSENT_WHOLE, Explain("outside")), (texts.CMD_MYDATA, Enter("mydata")))
    erase = (texts.ERASE_MY_DATA, Enter("erase"))
    return screen(here, me, menu.KEY, text, column(*more, erase, (texts.TO_MENU, Enter("menu"))))


def explain(here: Here, me: Person, topic: str) -> list[Message]:
    """The whole text behind a short one; outside the branch in words that anybody may see (S01)."""
    if topic == "outside":
        return screen(here, me, menu.KEY, paragraphs(*consents.OUTSIDE), to_entry(texts.PRIVACY, "privacy"))
    words = consents.CHILD.text if topic == "child" else consents.PROCESSING.text
    return [Send(here.asker, words, menu.leave(), branch=True)]


def my_data(here: Here, me: Person) -> list[Message]:
    """Everything that is held, but what opens only with a number and a code (S29)."""
    mine = open_to(here, me)
    parts = (_you(here, me), *(_case(here, case) for case in mine), _trainings(here, me), _drafts(here, me))
    text = _file(here, texts.FILE_TITLE, *parts, texts.KEPT_APART)
    ends = due.planned(here.tx, LEAVING, me.id)
    wish = texts.ERASE_ALL_ASKED(at=ends) if ends else NOTHING
    way = (texts.KEEP_IT, Enter("keep")) if ends else (texts.ERASE_MY_DATA, Enter("erase"))
    caption = paragraphs(texts.MY_DATA, texts.KEPT_APART, wish)
    ways = column(way, (texts.TO_MENU, Enter("menu")))
    sent = File(here.asker, texts.FILE_NAME, text, caption, ways, key=KEY, protect=bool(mine))
    return [Delete(here.asker, KEY), sent]


def of_case(here: Here, case: Case) -> list[Message]:
    """The same for a case that stands open; it leaves the chat with the talk (S05, S07)."""
    text = _file(here, texts.FILE_TITLE_CASE(number=case.name), _case(here, case))
    key = f"file:{case.id}"
    sent = File(here.asker, texts.FILE_NAME, text, texts.CASE_DATA, menu.leave(), key=key, protect=True, branch=True)
    return [Delete(here.asker, key), sent]


def open_to(here: Here, me: Person) -> list[Case]:
    """The cases of this person that open without a code."""
    told = cases.reported_by(here.tx, me.id, branch=False)
    return [case for case in told if cases.standing(here.tx, case.id, me.id) == "holds"]


def wait(here: Here) -> Line:
    return texts.DAYS(here.centre.retention.erase_wait_days)


def answered_within(here: Here) -> Line:
    """The term for an answer to a request of this kind, as the profile has it."""
    term = here.centre.deadline("privacy_request")
    return LENGTHS.get(term.unit, texts.DAYS)(term.value)


def _file(here: Here, title: Sentence | Line, *parts: Wording) -> Wording:
    head = rows(title, here.centre.name, texts.FILE_MADE(at=_at(here, here.now)))
    return paragraphs(head, *parts, texts.FILE_WRONG(answer=answered_within(here)))


def _you(here: Here, me: Person) -> Wording:
    name = [texts.FILE_NAME_HELD(name=Own(me.name))] if me.name else []
    roles = [texts.FILE_ROLE(role=menu.ROLE_NAMES[role]) for role, _ in me.roles]
    titles = {item.key: item.name for item in here.centre.audiences}
    invited = [texts.FILE_AUDIENCE(audience=titles.get(each, Own(each))) for each in holdings.audiences(here.tx, me.id)]
    names = {each.key: each.name for each in here.centre.campaigns}
    news = [
        texts.FILE_CAMPAIGN(name=names.get(each.campaign, Own(each.campaign)), at=_at(here, each.joined_at))
        for each in subscribers.of_person(here.tx, me.id)
    ]
    since = texts.FILE_SINCE(at=_at(here, holdings.met_at(here.tx, me.id)))
    language = texts.FILE_LANGUAGE(language=LANGUAGES.get(me.language, Own(me.language)))
    planned = duty.lines(here, rosters.roster(here.tx, me.id))
    feed = feeds.since(here.tx, me.id)
    address = [texts.FILE_FEED(at=_at(here, feed))] if feed else []
    named = [each.name for each in learners.of_person(here.tx, me.id) if each.name]
    shared = [texts.FILE_LEARNERS(names=Own(", ".join(named)))] if named else []
    mine = [*name, *roles, *invited, *shared, *news, *hours.lines(me), *planned, *address]
    return rows(texts.FILE_YOU, language, since, *mine)


def _case(here: Here, case: Case) -> Wording:
    head = (texts.FILE_CASE(number=case.name), texts.FILE_OPENED(at=_at(here, case.reported_at)))
    parts = (
        rows(*head, *_standing(here, case)),
        _told(here, case),
        _consents(here, case),
        _done(here, case),
        _letters(here, case),
    )
    return paragraphs(*parts)


def _standing(here: Here, case: Case) -> list[Wording]:
    """How it stands; of other people's cases nothing but that they are here (S14)."""
    if case.of_others:
        return [texts.FILE_STATE(state=page.state(here, case))]
    closed = [texts.FILE_CLOSED(at=_at(here, case.closed_at))] if case.closed_at else []
    erased = [texts.FILE_ERASE_AT(at=_at(here, case.erase_at))] if case.erase_at else []
    contact = texts.FILE_CONTACT(how=cards.CONTACTS[case.contact])
    return [texts.FILE_STATE(state=page.state(here, case)), contact, *agreed.lines(here, case), *closed, *erased]


def _told(here: Here, case: Case) -> Wording:
    """What was told, question by question."""
    if case.erased_at is not None:
        return NOTHING
    lines = _answers(here, Draft(0, FORMS[case.form], cases.content(here.tx, case)))
    return rows(texts.FILE_TOLD, *lines) if lines else NOTHING


def _done(here: Here, case: Case) -> Wording:
    """The family as it was noted, services, what was passed on, how many notes there are; of others' cases nothing."""
    if case.form == "other" or case.erased_at is not None:
        return NOTHING
    family = household.lines(here, case)
    number = history.count_notes(here.tx, case.id)
    sent = [
        texts.FILE_SENT(body=referrals.BODIES[each.body].label, at=_at(here, each.sent_at))
        for each in passed.of_case(here.tx, case.id)
        if each.sent_at and each.body in referrals.BODIES
    ]
    done = [
        *services.told(here, case),
        *counted.told(here, case),
        *sent,
        *([texts.FILE_NOTES(number)] if number else []),
    ]
    return paragraphs(
        rows(texts.FILE_FAMILY, *family) if family else NOTHING, rows(texts.FILE_DONE, *done) if done else NOTHING
    )


def _answers(here: Here, draft: Draft) -> list[Wording]:
    return filling.summary_lines(draft, Asking(here.centre, draft.answers, here.local), but=("consent",))


def _consents(here: Here, case: Case) -> Wording:
    lines = [_consent(here, each) for each in given.of_case(here.tx, case.id)]
    return rows(texts.FILE_CONSENTS, *lines) if lines else NOTHING


def _consent(here: Here, each: Given) -> Line:
    known = consents.ALL.get(each.kind)
    blanks = {
        "name": known.label if known else Own(each.kind),
        "at": _at(here, each.given_at),
        "version": consents.dated(each.version),
        "language": LANGUAGES.get(each.language, Own(each.language)),
    }
    if each.withdrawn_at is None:
        return texts.FILE_CONSENT(**blanks)
    return texts.FILE_CONSENT_OVER(**blanks, until=_at(here, each.withdrawn_at))


def _letters(here: Here, case: Case) -> Wording:
    said = [] if case.erased_at else letters.hers(here.tx, case, most=ALL_LETTERS)
    return rows(texts.FILE_LETTERS, *(_letter(here, each) for each in reversed(said))) if said else NOTHING


def _letter(here: Here, letter: Letter) -> Line:
    words = texts.FILE_FROM_US if letter.from_staff else texts.FILE_FROM_YOU
    return words(at=_at(here, letter.written_at), words=Own(letter.words))


def _trainings(here: Here, me: Person) -> Wording:
    lines = [_training(here, each) for each in holdings.invitations(here.tx, me.id)]
    earned = [behind.credited(here, each) for each in credits.of_person(here.tx, me.id)]
    return paragraphs(
        rows(texts.FILE_TRAININGS, *lines) if lines else NOTHING,
        rows(texts.FILE_CREDITS, *earned) if earned else NOTHING,
    )


def _training(here: Here, each: Invited) -> Wording:
    answer = texts.ANSWERS.get(each.answer or "", texts.ANSWER_NONE)
    title, at = Own(each.session.title), _at(here, each.session.starts_at)
    why = (texts.REASONS | texts.REASONS_OF_SILENCE).get(each.reason or "")
    reason = texts.FILE_REASON(reason=why) if why else NOTHING
    came = texts.FILE_CAME.get(each.came or "", NOTHING)
    return Joined((texts.FILE_TRAINING(title=title, at=at, answer=answer), reason, came), by=". ")


def _drafts(here: Here, me: Person) -> Wording:
    """Forms that were begun, with what was answered so far; of the branch none."""
    begun = [each for each in holdings.begun(here.tx, me.id, now=here.now) if not FORMS[each.form].branch]
    return rows(texts.FILE_DRAFTS, *(_draft(here, me, each) for each in begun)) if begun else NOTHING


def _draft(here: Here, me: Person, begun: Begun) -> Wording:
    stored = drafts.of_form(here.tx, me.id, begun.form, now=here.now)
    form = FORMS[begun.form]
    until = _at(here, begun.expires_at)
    head = texts.FILE_DRAFT(form=Sentence(form.title), at=_at(here, begun.touched_at), until=until)
    return rows(head, *(_answers(here, Draft(0, form, stored.answers)) if stored else []))


def _at(here: Here, at: datetime) -> Own:
    """With the year: a file is read years later."""
    return Own(f"{here.centre.wall_clock(at):%d.%m.%Y, %H:%M}")
