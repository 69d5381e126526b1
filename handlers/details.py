"""What else is known of a training: kind, district, trainer, link, what it makes up for. None of it is asked first."""

from bot.core import texts
from bot.core.buttons import Detail, Teach
from bot.core.centre import UNKNOWN
from bot.core.events import Lane, Message, Refused, Rows, Send
from bot.core.filling import Draft
from bot.core.lines import NOTHING, Own, Wording, rows
from bot.core.trainings import KIND, KINDS
from handlers import attendance, invited, reminding, waiting
from handlers.here import Here, column, row, screen
from storage import people, seats, trainings
from storage.people import Person
from storage.trainings import Session

EARLIER = 8
"""So many earlier sessions are offered as what this one makes up for."""
NEITHER = "0"


def pressed(here: Here, me: Person, button: Detail) -> list[Message]:
    """The page, one of its lists, or a choice of it."""
    session = trainings.by_id(here.tx, button.session)
    if session is None or session.state != "planned":
        raise Refused(texts.TRAINING_GONE)
    if button.value:
        _chosen(here, session, button)
        return page(here, me, trainings.by_id(here.tx, session.id) or session)
    if button.field:
        return _choices(here, me, session, button.field)
    return page(here, me, session)


def page(here: Here, me: Person, session: Session) -> list[Message]:
    text = rows(
        texts.TRAINING_LINE(**invited.called(session)),
        texts.DETAIL_KIND_IS(kind=texts.TRAINING_KINDS[session.kind or KIND]),
        texts.DETAIL_TRAINER_IS(name=Own(people.person(here.tx, session.trainer).name or "—")),
        texts.DETAIL_DISTRICT_IS(name=here.centre.district(session.district).name) if session.district else NOTHING,
        texts.TRAINING_LINK(link=Own(session.link)) if session.link else NOTHING,
        _made_up(here, session),
    )
    return screen(here, me, attendance.key(session), text, _ways(here, session))


def roomier(here: Here, me: Person, draft: Draft) -> list[Message]:
    """So many seats from now on: what is more of them goes to those who wait."""
    session = _planned(here, draft.subject_id)
    capacity = draft.answers["capacity"]
    if capacity < session.capacity - seats.free(here.tx, session.id):
        raise Refused(texts.SEATS_ARE_TAKEN)
    trainings.room_for(here.tx, session.id, capacity)
    now = trainings.by_id(here.tx, session.id) or session
    passed_on = waiting.pass_on(here, now)
    return [*page(here, me, now), *passed_on]


def linked(here: Here, me: Person, draft: Draft) -> list[Message]:
    session = _planned(here, draft.subject_id)
    trainings.link(here.tx, session, str(draft.answers["link"] or ""))
    return page(here, me, trainings.by_id(here.tx, session.id) or session)


def told(here: Here, me: Person, draft: Draft) -> list[Message]:
    """A few words to those who come; void when the training moves or is called off before they have gone."""
    session = _planned(here, draft.subject_id)
    said = texts.TRAINING_NEWS(**invited.called(session), words=Own(str(draft.answers["words"])))
    at = (session.id, session.version)
    coming = seats.coming(here.tx, session.id)
    sent = [Send(each, said, lane=Lane.BROADCAST, guard=reminding.for_day("training", each, *at)) for each in coming]
    return [*page(here, me, session), Send(here.asker, texts.NEWS_SENT(len(sent))), *sent]


def _chosen(here: Here, session: Session, button: Detail) -> None:
    match button.field:
        case "kind" if button.value in KINDS:
            trainings.of_kind(here.tx, session.id, button.value)
        case "district" if button.value in {each.key for each in here.centre.districts}:
            trainings.in_district(here.tx, session.id, None if button.value == UNKNOWN else button.value)
        case "trainer" if button.value in {str(each.id) for each in _trainers(here)}:
            trainings.held_by(here.tx, session.id, int(button.value))
        case "instead":
            other = next((each.id for each in _earlier(here, session) if str(each.id) == button.value), None)
            trainings.make_up_for(here.tx, session.id, other)
        case _:
            raise Refused(texts.STALE)


def _choices(here: Here, me: Person, session: Session, field: str) -> list[Message]:
    found: list[tuple[str, Wording]]
    match field:
        case "kind":
            found = [(each, texts.TRAINING_KINDS[each]) for each in KINDS]
        case "district":
            found = [(each.key, each.name) for each in here.centre.districts]
        case "trainer":
            found = [(str(each.id), Own(each.name or "—")) for each in _trainers(here)]
        case "instead":
            earlier = _earlier(here, session)
            found = [(NEITHER, texts.FOR_NONE)]
            found += [(str(each.id), texts.TRAINING_LINE(**invited.called(each))) for each in earlier]
        case _:
            raise Refused(texts.STALE)
    ways = column(*((label, Detail(session.id, field, value)) for value, label in found))
    back = row((texts.TO_TRAINING, Detail(session.id, "", "")))
    return screen(here, me, attendance.key(session), texts.DETAIL_HEADS[field], (*ways, *back))


def _ways(here: Here, session: Session) -> Rows:
    at = (session.id, session.version)
    district = [(texts.DETAIL_DISTRICT, Detail(session.id, "district", ""))] if len(here.centre.districts) > 2 else []  # noqa: PLR2004 - one, and «not said»
    instead = [(texts.DETAIL_INSTEAD, Detail(session.id, "instead", ""))] if _earlier(here, session) else []
    return (
        *row(
            (texts.DETAIL_KIND, Detail(session.id, "kind", "")),
            (texts.DETAIL_TRAINER, Detail(session.id, "trainer", "")),
        ),
        *column(*district, *instead),
        *row((texts.DETAIL_SEATS, Teach(*at, "room")), (texts.DETAIL_LINK, Teach(*at, "link"))),
        *row((texts.TELL_COMING, Teach(*at, "tell"))),
        *row((texts.TO_TRAINING, Teach(*at, "show"))),
    )


def _made_up(here: Here, session: Session) -> Wording:
    other = trainings.by_id(here.tx, session.makes_up_for) if session.makes_up_for else None
    return texts.DETAIL_INSTEAD_IS(**invited.called(other)) if other else NOTHING


def _earlier(here: Here, session: Session) -> list[Session]:
    """The newest that are over, or were called off."""
    return trainings.before(here.tx, session.starts_at, but=session.id, most=EARLIER)


def _trainers(here: Here) -> list[Person]:
    return [each for each in people.everybody(here.tx) if each.may("button Teach")]


def _planned(here: Here, session_id: int) -> Session:
    session = trainings.by_id(here.tx, session_id)
    if session is None or session.state != "planned":
        raise Refused(texts.TRAINING_GONE)
    return session
