"""At her wish somebody does not see her case: a colleague by name, or everybody of a role (S25).

What comes back is for the staff; what she reads is said by the screen on which she chose.
"""

from bot.core import texts
from bot.core.cases import Case
from bot.core.events import Delete, Edit, Message, Remove
from handlers import family, queue, visit_card, visits
from handlers import tasks as todo
from handlers.here import Here
from storage import audit, cases, exclusions, outbox, people, tasks
from storage import visits as planned
from storage.people import Person


def exclude_role(here: Here, case: Case, role: str) -> list[Message]:
    if not exclusions.exclude(here.tx, case.id, role=role, now=here.now):
        return []
    audit.note(here.tx, "excluded", case_id=case.id, reason=role, now=here.now)
    return _kept_away(here, case)


def exclude_person(here: Here, case: Case, person_id: int) -> list[Message]:
    if not exclusions.exclude(here.tx, case.id, person_id=person_id, now=here.now):
        return []
    audit.note(here.tx, "excluded", case_id=case.id, reason=f"person {person_id}", now=here.now)
    return _kept_away(here, case)


def named(here: Here, typed: str) -> list[Person]:
    """Colleagues whose first name was typed, for her to choose from."""
    wanted = _first(typed)
    return [person for person in people.everybody(here.tx) if person.staff and wanted and _first(person.name) == wanted]


def _kept_away(here: Here, case: Case) -> list[Message]:
    """Their messages lose what they say; if one of them had the case, it is the others' at once."""
    out = [person for person in people.everybody(here.tx) if exclusions.excludes(here.tx, case.id, person)]
    ids = {person.id for person in out}
    messages = [message for person in out if person.staff for message in _emptied(here, case, person)]
    for person_id in ids:
        cases.uncall(here.tx, person_id, case.id)
    if case.joined_to is not None and case.claimed_by in ids:
        messages += [Delete(case.claimed_by, f"card:{case.joined_to}"), *family.parted(here, case)]
        case = cases.by_id(here.tx, case.id) or case
    if case.claimed_by in ids:
        messages += queue.returned(here, case.id)
    if any(task.person_id in ids for task in tasks.of_case(here.tx, case.id)):
        messages += todo.moved_to(here, case.id, None)
    visit = planned.of_case(here.tx, case.id)
    return [*messages, *(visits.moved_on(here, visit) if visit and visit.specialist_id in ids else [])]


def _emptied(here: Here, case: Case, person: Person) -> list[Message]:
    """The newest message under each key keeps the number alone; whatever older stands there goes."""
    nouns = ("case", "card", "glass", "grown", "talk", "code", "lease", "hand", "deadline")
    keys = [f"{noun}:{case.id}" for noun in nouns]
    keys += [visit_card.key(visit) for visit in planned.all_of_case(here.tx, case.id)]
    keys += [f"{noun}:{task.id}" for task in tasks.of_case(here.tx, case.id) for noun in ("task", "lying")]
    given_on = texts.CASE_GIVEN_ON(number=case.name)
    edits = [Edit(person.colleague, key, given_on) for key in keys]
    standing = [(number, key) for number, key in outbox.ours(here.tx, person.id, until=here.now) if key in keys]
    old = tuple(number for number, key in standing if number != outbox.standing(here.tx, person.id, key))
    files = [Delete(person.colleague, f"{noun}:{case.id}") for noun in ("act", "letter")]
    return [*edits, *files, *([Remove(person.id, old, ours=old)] if old else [])]


def _first(name: str) -> str:
    """The first word, whatever the letter case and the apostrophe."""
    words = name.casefold().replace("’", "'").replace("ʼ", "'").split()
    return words[0] if words else ""
