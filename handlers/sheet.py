"""The sheet that a draft is shown on: one message, edited in place, with the question in front."""

from datetime import datetime, timedelta

from bot.core import filling
from bot.core.events import Message
from bot.core.filling import Draft, Form
from bot.core.forms import FORMS
from bot.core.lines import NOTHING, Wording, paragraphs
from bot.core.questions import Asking
from handlers import closing, greeting
from handlers.here import Here, screen
from storage import drafts
from storage.drafts import Stored
from storage.people import Person


def show(here: Here, me: Person, stored: Stored, page: str = "", problem: Wording = NOTHING) -> list[Message]:
    """The screen of the draft as it stands."""
    draft = opened(stored)
    view = filling.screen(draft, asking(here, stored), page)
    text = paragraphs(problem, greeting.before(here, draft), closing.before(here, draft), view.text)
    return screen(here, me, key(stored), text, view.buttons, branch=draft.form.branch)


def current(here: Here, me: Person) -> Stored | None:
    """The draft in hand; of a form that is no longer the person's nothing is shown (S28)."""
    stored = drafts.current(here.tx, me.id, now=here.now)
    return stored if stored and me.may(f"form {stored.form}") else None


def opened(stored: Stored) -> Draft:
    return Draft(stored.id, FORMS[stored.form], stored.answers, stored.at, stored.subject_id, stored.case_id)


def asking(here: Here, stored: Stored) -> Asking:
    return Asking(here.centre, stored.answers, here.local)


def key(stored: Stored) -> str:
    return f"form:{stored.id}"


def expiry(here: Here, form: Form) -> datetime:
    """Branch drafts live minutes, the others days (S27)."""
    kept = here.centre.retention
    return here.now + (timedelta(minutes=kept.branch_draft_minutes) if form.branch else timedelta(days=kept.draft_days))


class Stale(Exception):  # noqa: N818 - it is an answer: the button belongs to an earlier screen
    """The button no longer works; the router shows where the person is."""
