"""The form of an assessment, prefilled: for the one who goes to the visit, noted in the log."""

from bot.core import consents, texts
from bot.core.acts import Act
from bot.core.cases import Case
from bot.core.centre import Words
from bot.core.events import Delete, File, Message
from bot.core.forms import FORMS
from bot.core.lines import NOTHING, Own, Wording
from bot.core.questions import Asking
from handlers import talk, visit_card
from handlers.here import Here
from storage import audit, cases, household
from storage.household import Member
from storage.people import Person
from storage.visits import Visit


def made(here: Here, me: Person, case: Case, visit: Visit) -> list[Message]:
    case = talk.mine(here, me, case.id)
    audit.note(here.tx, "act", by=me.id, case_id=case.id, reason="assigned", now=here.now)
    cases.note(here.tx, case.id, "act", by=me.id, now=here.now)
    caption = (texts.ACT_CAPTION if case.branch else texts.ACT_CAPTION_OUTSIDE)(number=case.name)
    file = File(here.asker, texts.ACT_FILE_NAME, _act(here, case, visit), caption, key=key(case), protect=True)
    return [Delete(here.asker, key(case)), file]


def key(case: Case) -> str:
    return f"act:{case.id}"


def _act(here: Here, case: Case, visit: Visit) -> Act:
    """Of the branch: number, date, kind, district and how many children; who and where is written by hand (S25)."""
    children = household.children(here.tx, case.id)
    members = [] if case.branch else household.of_case(here.tx, case)
    return Act(
        centre=here.centre.name,
        number=case.name,
        day=consents.dated(here.centre.wall_clock(visit.starts_at).date().isoformat()),
        kind=visit_card.kind(visit.kind),
        district=here.centre.district(case.district).name,
        name=_told(here, case, "name"),
        address=_told(here, case, "address"),
        children=Own(str(children)) if children is not None else NOTHING,
        household=tuple(_row(each) for each in members),
        circumstances=tuple(_printed(item.printed) for item in here.centre.circumstances),
        needs=tuple(_printed(item.printed or item.name.uk) for item in here.centre.needs_met),
    )


def _printed(words: str) -> Words:
    return Words(uk=words, en=words)


def _told(here: Here, case: Case, name: str) -> Wording:
    question = FORMS[case.form].question(name)
    told = {} if case.branch or case.erased_at else cases.content(here.tx, case)
    if question is None or not told.get(name):
        return NOTHING
    return question.shown(told[name], Asking(here.centre, told, here.local))


def _row(member: Member) -> tuple[Wording, Wording, Wording]:
    told = member.told
    return (Own(str(told.get("who") or "")), Own(str(told.get("born") or "")), Own(str(told.get("name") or "")))
