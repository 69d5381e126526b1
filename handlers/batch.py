"""What is entered by hand one after another, a weekend's notices say, is one alert to each person, not twenty."""

from datetime import timedelta

from bot.core import texts
from bot.core.buttons import Claim, Enter
from bot.core.cases import Case
from bot.core.events import Edit, Message, Rows, Send, Show
from bot.core.lines import NOTHING, Wording, paragraphs
from handlers import alerts, ladder
from handlers.here import Here, row
from storage import batches, cases, people
from storage.people import Person

WITHIN = timedelta(minutes=10)


def called(here: Here, me: Person, case: Case) -> list[Message]:
    """The team is called; whoever still has the alert of this batch hears nothing new, it only says more.

    An emergency of this very moment is no batch: it sounds for itself.
    """
    burns = case.urgency == "emergency" and here.heard_at - case.reported_at < WITHIN
    first = None if burns else batches.begun(here.tx, case, by=me.id, since=here.now - WITHIN)
    batches.note(here.tx, case, first or case.id, by=me.id, now=here.now)
    return [_along(here, each, case, first or case.id) for each in ladder.begun(here, case)]


def goes_on(here: Here, case_id: int) -> list[Message]:
    """One of a batch was taken: the alert shows the first that still waits; who took it has an alert of the rest."""
    first, case = batches.first_of(here.tx, case_id), cases.by_id(here.tx, case_id)
    if first is None or case is None:
        return []
    theirs = {each: batches.of_person(here.tx, first, each) for each in cases.called(here.tx, case_id)}
    left = {each: batch for each, batch in theirs.items() if any(other.waits for other in batch)}
    others = [Edit(each, _key(batch, each), *_said(here, each, batch))
              for each, batch in left.items() if each != case.claimed_by]  # fmt: skip
    taker = [Show(each, _key(batch, each), *_said(here, each, batch), protect=True)
             for each, batch in left.items() if each == case.claimed_by]  # fmt: skip
    return [*others, *taker]


def _along(here: Here, call: Message, case: Case, first: int) -> Message:
    """The alert about this case, as a line more in the alert that the person has already."""
    if not isinstance(call, Send) or call.key != alerts.key(case):
        return call
    batch = batches.of_person(here.tx, first, call.to)
    if batch[0].id == case.id or not any(each.waits for each in batch[:-1]):
        return call
    return Edit(call.to, _key(batch, call.to), *_said(here, call.to, batch))


def _key(batch: list[Case], person_id: int) -> str:
    """Under the first of the batch; the alert of what one has taken says so, and the rest stands under the next."""
    return alerts.key(next((each for each in batch if each.claimed_by != person_id), batch[0]))


def _said(here: Here, person_id: int, batch: list[Case]) -> tuple[Wording, Rows]:
    """How many there are for this person, the first that waits, and how many more do."""
    waits = [each for each in batch if each.waits]
    more = texts.BATCH_NEXT(len(waits) - 1) if len(waits) > 1 else NOTHING
    said = paragraphs(texts.BATCH(len(batch)), alerts.head(here, waits[0]), more)
    takes = row((texts.TAKE, Claim(waits[0].id))) if people.person(here.tx, person_id).may("button Claim") else ()
    return said, (*takes, *row((texts.QUEUE, Enter("queue"))))
