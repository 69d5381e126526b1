"""Who may do what: every role with every button, entry, command and form; then what depends on the case."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.core import texts
from bot.core.access import CARER, RESIDENT, TABLE
from bot.core.buttons import (
    Accept,
    Action,
    Again,
    Air,
    Allow,
    Amend,
    Answer,
    Arrive,
    Attend,
    Because,
    Behind,
    Broadcast,
    Came,
    Campaign,
    Choose,
    Claim,
    Claimant,
    Clock,
    Close,
    Contacted,
    Correct,
    Decline,
    Detail,
    Duty,
    Enter,
    Explain,
    Feed,
    Fine,
    Fired,
    Give,
    Glass,
    Hand,
    HandOn,
    HandOver,
    Helpline,
    Idle,
    Imported,
    Information,
    Kin,
    Learner,
    Lease,
    Leave,
    List,
    Mark,
    Member,
    Mistaken,
    Month,
    MyHours,
    MyPlan,
    Open,
    Own,
    Page,
    Partner,
    Passed,
    PlanItem,
    PlanPage,
    PlanSay,
    PlanVisit,
    Poster,
    Print,
    Programme,
    Read,
    Recode,
    Road,
    Roster,
    SafeAgain,
    ShareNumber,
    Slot,
    Speak,
    Stay,
    Step,
    Study,
    TakeOver,
    Talk,
    Teach,
    Todo,
    Turn,
    Visit,
    encode,
)
from bot.core.cases import Case, Facts
from bot.core.centre import ROLES, STAFF_ROLES
from bot.core.events import Command, Event, Incoming, Message, Press, Send, Show, Toast
from bot.core.forms import FORMS
from bot.core.likeness import Key
from bot.core.plan import COUNTER, Rhythm
from bot.core.plan import Row as PlanRow
from bot.core.recurrence import Rule
from bot.core.whom import Asker
from handlers import attendance, handing, menu, route
from handlers.here import Here
from storage import (
    broadcasts,
    calls,
    cases,
    deadlines,
    drafts,
    due,
    glass,
    keys,
    learners,
    likeness,
    people,
    plan,
    programmes,
    seats,
    series,
    tasks,
    trainings,
    visits,
)
from storage.db import Transaction
from storage.people import Person as Known
from tests.people import Person, Town
from tests.stories.test_forms import asks_for_help
from tests.stories.test_urgent import reports

EACH = (RESIDENT, CARER, *ROLES)
LATER = timedelta(days=3)


class Undo(Exception):  # noqa: N818 - it is a wish
    """What was tried is not to stay."""


@dataclass(frozen=True)
class World:
    """What somebody of each role could reach for: everything belongs to them, as far as it may belong to anybody."""

    waits: Case
    own: Case
    foreign: Case
    told: Case
    visit: visits.Visit
    to_me: visits.Visit
    again: visits.Visit
    session: trainings.Session
    begun: trainings.Session
    seat: int
    look: glass.Look
    asks: int
    agreed: int
    todo: tasks.Task
    clock: int
    broadcast: int
    drafts: dict[str, int]
    programme: int
    study: int
    learner: int


@pytest.mark.safety("S25")
@pytest.mark.parametrize("role", EACH)
async def test_every_role_may_exactly_what_the_table_says(town: Town, role: str) -> None:
    me = await somebody(town, role)
    other = await town.staff("Other", "brigade")
    checked = await town.app.writer.transact(lambda tx: matrix(town, tx, me, other, role))
    wrong = [what for what, (allowed, wanted) in checked.items() if allowed != wanted]
    assert not wrong, f"{role}: not as TABLE of bot/core/access.py says: {wrong}"
    assert set(checked) == set(TABLE), f"tried() of this test does not know: {set(TABLE) - set(checked)}"


async def somebody(town: Town, role: str) -> Person:
    if role in (RESIDENT, CARER):
        return await (town.carer("Me") if role == CARER else resident(town, "Me"))
    return await town.staff("Me", role)


async def resident(town: Town, name: str) -> Person:
    person = town.person(name)
    await person.says("/start")
    return person


def matrix(town: Town, tx: Transaction, me: Person, other: Person, role: str) -> dict[str, tuple[bool, bool]]:
    """Every line of the table, tried and undone: what happened, and what the table says."""
    now = town.clock.at
    known = people.meet(tx, me.id, kind="private", language="uk", now=now)
    world = arranged(town, tx, known, people.meet(tx, other.id, kind="private", language="uk", now=now))
    return {
        what: (allowed(town, tx, known, me.id, event), role in TABLE[what]) for what, event in tried(town, role, world)
    }


def allowed(town: Town, tx: Transaction, me: Known, telegram_id: int, event: Event) -> bool:
    """Whether the router does it; nothing of it stays."""
    here = town.app.desk.here(tx, town.clock.at, asker=Asker(me.id), typed=not isinstance(event, Press))
    owned = tuple(replace(item, owner=me.roles[0][0] if me.roles else item.owner) for item in here.centre.guide)
    here = replace(here, centre=replace(here.centre, guide=owned))
    incoming = Incoming(telegram_id, private=True, first_name="Me", event=event, message_id=1)
    heard: list[Message] = []
    try:
        with tx.savepoint():
            heard = route.answer(here, me, incoming)
            raise Undo  # noqa: TRY301 - a savepoint is undone by nothing else
    except Undo:
        return not refused(here, me, event, heard)


def refused(here: Here, me: Known, event: Event, heard: list[Message]) -> bool:
    """A plain no; to somebody without a role who types a command of the staff, the menu."""
    plain = any(isinstance(each, Toast | Send | Show) and each.text == texts.NOT_FOR_YOU for each in heard)
    hidden = isinstance(event, Command) and event.name == "case" and not me.staff
    assert not hidden or [type(each) for each in heard] == [type(each) for each in menu.menu(here, me)]
    assert plain or not any(isinstance(each, Toast) and each.text == texts.STALE for each in heard), event
    return plain or hidden


def tried(town: Town, role: str, world: World) -> Iterator[tuple[str, Event]]:
    """How each line of the table is tried: one line here for each that is added there."""
    for what in TABLE:
        kind, name, *_ = what.split()
        if kind == "command":
            yield what, Command(name, world.waits.number if name == "case" else "")
        elif kind == "entry":
            yield what, Press(Enter(name))
        elif kind == "form":
            yield what, Press(Step(world.drafts[name], "", "cancel"))
    why = "supervision" if role == "head" else "assigned"
    visit, to_me = (world.visit.id, world.visit.version), (world.to_me.id, world.to_me.version)
    form, first = world.drafts["other"], FORMS["other"].questions[0].name
    buttons: dict[str, Action] = {
        "Enter": Enter("menu"),
        "Choose": Choose(form, first, "third_person"),
        "Turn": Turn(form, first, "0"),
        "Step": Step(form, "", "go_on"),
        "Correct": Correct(world.drafts["help"], "story"),
        "ShareNumber": ShareNumber(form, first),
        "Leave": Leave(),
        "Explain": Explain("consent"),
        "Speak": Speak("uk"),
        "Read": Read("hours", ""),
        "Mistaken": Mistaken(world.told.id),
        "Idle": Idle(),
        "PlanPage": PlanPage("year", 0),
        "PlanItem": PlanItem(1, 0, 0),
        "PlanSay": PlanSay(1, 0, 0, "one"),
        "Attend": Attend(world.seat, world.session.version, "yes"),
        "Visit home": Visit(*to_me, "home"),
        "Visit other": Visit(*to_me, "other"),
        "Visit show": Visit(*visit, "show"),
        "Visit held": Visit(*visit, "held"),
        "Visit cancel": Visit(*visit, "cancel"),
        "Visit move": Visit(*visit, "move"),
        "Again": Again(world.again.id, world.again.version, "move"),
        "Slot": Slot(*to_me, 0),
        "Amend": Amend(town.app.centre.guide[0].key, 1),
        "Claim": Claim(world.waits.id),
        "Decline": Decline(world.waits.id),
        "Open": Open(world.own.id),
        "Because": Because(world.foreign.id, "supervision"),
        "Glass": Glass(world.own.id, why),
        "Allow": Allow(world.look.id),
        "Contacted": Contacted(world.own.id),
        "Kin": Kin(world.own.id, world.told.id, "apart"),
        "PlanVisit": PlanVisit(world.own.id),
        "Page": Page(world.own.id, "history"),
        "Mark": Mark(world.own.id, "need", "documents"),
        "Road": Road(world.visit.id, "on_way"),
        "Close": Close(world.own.id),
        "Own": Own(world.told.id, "show"),
        "Fine": Fine(),
        "Fired": Fired(world.agreed),
        "Answer": Answer(world.own.id),
        "Talk": Talk(world.own.id, 0),
        "Recode": Recode(world.own.id),
        "Claimant": Claimant(world.own.id, world.asks, 1),
        "SafeAgain": SafeAgain(world.own.id),
        "Teach": Teach(world.session.id, world.session.version, "show"),
        "Feed": Feed("end"),
        "Month": Month(2026, 11),
        "Poster": Poster(world.session.id, "show"),
        "Campaign": Campaign("days16", "join"),
        "Broadcast": Broadcast(world.broadcast, "show"),
        "Came": Came(world.begun.id, 0, 0, "list"),
        "Detail": Detail(world.session.id, "", ""),
        "Arrive": Arrive(world.begun.id, 0),
        "Programme": Programme(world.programme, "show"),
        "Study": Study(world.study, "show"),
        "Member": Member(world.study, world.learner, 0),
        "Learner": Learner(world.learner, "show"),
        "Behind": Behind(0),
        "Imported": Imported(0, "show"),
        "Print": Print(20260101, 20260331, "ways"),
        "Helpline": Helpline(0, "", "show"),
        "Stay": Stay(0, 0, "arrive"),
        "Information": Information(0, "page"),
        "MyPlan": MyPlan(0, 0),
        "Partner": Partner(0, "show"),
        "MyHours": MyHours("quiet"),
        "Duty": Duty(1),
        "Passed": Passed(world.waits.id, "road"),
        "Lease": Lease(world.own.id, "extend"),
        "Hand": Hand(world.own.id),
        "Give": Give(world.own.id, world.asks),
        "Accept": Accept(world.foreign.id, world.asks, 1),
        "List": List("mine", 0),
        "Air": Air("on", ""),
        "Todo": Todo(world.todo.id, world.todo.version, "later"),
        "Clock": Clock(world.clock, "met"),
        "HandOver": HandOver(0),
        "TakeOver": TakeOver(world.asks, 1),
        "HandOn": HandOn(world.own.id),
        "Roster show": Roster(0, "show"),
        "Roster leave": Roster(0, "leave"),
        "Roster back": Roster(0, "back"),
        "Roster staff": Roster(0, "staff"),
        "Roster gaps": Roster(0, "gaps"),
        "Roster shift": Roster(0, "shift"),
        "Roster clear": Roster(0, "clear"),
    }
    for name, action in buttons.items():
        encode(action)
        yield f"button {name}", Press(action)


def arranged(town: Town, tx: Transaction, me: Known, other: Known) -> World:
    now = town.clock.at
    role = me.roles[0][0] if me.roles else "brigade"
    team = next((team.key for team in town.app.centre.teams if role in team.roles), "brigade")
    waits, own, foreign, told = (opened(town, tx, team) for _ in range(4))
    cases.claim(tx, own.id, by=me.id, now=now, lease_until=now + LATER)
    cases.claim(tx, foreign.id, by=other.id, now=now)
    due.plan(tx, handing.OFFER, foreign.id, person_id=me.id, version=int(now.timestamp()), at=now + LATER)
    cases.link(tx, told.id, me.id, "self", open_until=now + LATER, now=now)
    cases.ask_in(tx, own.id, other.id, until=now + LATER, now=now)
    cases.under_duress(tx, own.id, now=now)
    visit = visits.plan(tx, own.id, by=me.id, kind="support_visit", starts_at=now + LATER, now=now)
    to_me = visits.plan(tx, told.id, by=other.id, kind="support_visit", starts_at=now + LATER, now=now)
    weekly = Rule("FREQ=WEEKLY;BYDAY=MO", now.date(), now.time(), town.app.centre.timezone)
    row = series.begin(tx, series.OF_VISITS, own.id, weekly, pattern="weekly", by=me.id, kind="support_visit", now=now)
    first = visits.plan(tx, own.id, by=me.id, kind="support_visit", starts_at=now + LATER, now=now)
    again = visits.recurs(tx, first.id, row.id, now.date())
    assert again is not None
    session = trainings.plan(
        tx, title="T", place="P", audience="foster_parents", starts_at=now + LATER, hours=1, capacity=9, by=other.id,
        now=now,
    )  # fmt: skip
    begun_one = trainings.plan(
        tx, title="B", place="P", audience="foster_parents", starts_at=now, hours=1, capacity=9, by=other.id, now=now
    )
    due.plan(tx, attendance.AT_DOOR, begun_one.id, person_id=me.id, version=1, at=now + LATER)
    learner = learners.add(tx, me.id, "A", now=now)
    seats.add(tx, session.id, learner.id, now=now)
    seat = seats.of_phone(tx, session.id, me.id)[0].id
    look = glass.ask(tx, foreign.id, by=other.id, reason="assigned", now=now)
    agreed = calls.agree(tx, own.id, at=now, step="call", now=now)
    calls.fire(tx, agreed.id, version=agreed.version, now=now)
    # A task may be anybody's who works here; nobody else can have one.
    todo = tasks.make(tx, "look_again", to=me.id if me.staff else other.id, case_id=own.id, due_at=now + LATER, now=now)
    clock = deadlines.plan(tx, own.id, "notify_police", starts_at=now, due_at=now + LATER, body=None)
    assert clock is not None
    import_id = plan.begin(tx, now.year, now=now)
    plan.put(tx, import_id, now.year, PlanRow("1", "T", Rhythm(COUNTER, "year_round"), STAFF_ROLES))
    plan.finish(tx, import_id, now=now)
    for each in (own, told):
        likeness.mark(tx, each.id, {Key("phone", "+380671112233")})
    likeness.find(tx, own.id, now=now)
    news = broadcasts.draft(
        tx, audience="foster_parents", campaign=False, uk="У", en="", at=None, by=other.id, now=now
    )  # fmt: skip
    begun = {name: begin(town, tx, me, name) for name in FORMS}
    programme = programmes.make(tx, title="T", kind="group_event", audience="guardians", hours=1, by=None, now=now)
    study = programmes.make_group(tx, programme.id, "G", now=now)
    return World(
        waits,
        own,
        foreign,
        told,
        visit,
        to_me,
        again,
        session,
        begun_one,
        seat,
        look,
        other.id,
        agreed.id,
        todo,
        clock.id,
        news.id,
        begun,
        programme.id,
        study,
        learner.id,
    )


def opened(town: Town, tx: Transaction, team: str) -> Case:
    now = town.clock.at
    facts = Facts(
        form="safety", intake="self_referral", source="citizen", reporter="self", urgency="emergency", unit="family",
        children=None, need=None, category="dv_survivors", danger="now", contact="here", district="center", branch=True,
    )  # fmt: skip
    key = keys.make(tx, "case", now=now)
    return cases.open_case(tx, facts, {}, key_id=key, team=team, reported_at=now, answer_due_at=now + LATER, now=now)


def begin(town: Town, tx: Transaction, me: Known, form: str) -> int:
    """A draft of that form; of «help» one with every answer, so that a line of its summary can be pressed."""
    now = town.clock.at
    stored = drafts.begin(tx, me.id, form, subject_id=0, expires_at=now + LATER, now=now)
    if form == "help":
        answers = {question.name: None for question in FORMS[form].questions}
        drafts.keep(tx, replace(stored, answers=answers), expires_at=now + LATER, now=now)
    return stored.id


# What depends on the case


@pytest.fixture
async def lev(town: Town) -> Person:
    return await town.staff("Lev", "lawyer", language="en")


def numbered(person: Person) -> str:
    """The number of the newest case that this person was told of."""
    return next(text.text for text in reversed(person.heard) if "K-" in text.text).split("K-")[1][:4]


@pytest.mark.safety("S25")
async def test_a_colleague_of_another_team_reaches_a_case_by_no_way(
    ana: Person, olena: Person, lev: Person, town: Town
) -> None:
    await reports(ana)
    for data in (encode(Claim(1)), encode(Decline(1)), encode(Open(1)), encode(Glass(1, "assigned"))):
        await town.hears(lev.pressing_data(data))
        assert town.telegram.toasts[-1] == "You have no access to this."
    await lev.says(f"/case {numbered(olena)}")
    assert lev.last == "You have no access to this."
    await lev.says("Queue")
    assert "Nobody is waiting." in lev.last


@pytest.mark.safety("S25")
async def test_a_colleague_of_the_team_who_does_not_have_the_case_opens_no_card(
    ana: Person, olena: Person, petro: Person, town: Town
) -> None:
    await reports(ana)
    await olena.presses("Take")
    for action in (Open(1), Glass(1, "assigned"), Contacted(1), PlanVisit(1), Close(1), Because(1, "report")):
        sent = len(petro.chat.sent)
        await town.hears(petro.pressing_data(encode(action)))
        assert town.telegram.toasts[-1] == "You have no access to this."
        assert len(petro.chat.sent) == sent
    await petro.says(f"/case {numbered(olena)}")
    assert "taken: Olena" in petro.last


@pytest.mark.safety("S25")
async def test_the_dispatcher_sees_the_queue_and_no_card(ana: Person, olena: Person, town: Town) -> None:
    daria = await town.staff("Daria", "dispatcher", language="en")
    await reports(ana)
    await daria.says("Queue")
    assert "1 case is waiting." in daria.last
    assert daria.heard[-1].buttons.keys() == {f"K-{numbered(olena)}", "‹ Menu"}
    await daria.says(f"/case {numbered(olena)}")
    assert daria.last.startswith("Urgent case K-")
    assert daria.heard[-1].buttons.keys() == {"Give to somebody"}
    for action in (Claim(1), Open(1), Because(1, "report"), Glass(1, "report")):
        await town.hears(daria.pressing_data(encode(action)))
        assert town.telegram.toasts[-1] == "You have no access to this."


@pytest.mark.safety("S25")
async def test_the_administrator_has_no_entry_and_no_command_of_cases(ana: Person, olena: Person, town: Town) -> None:
    adam = await town.staff("Adam", "admin", language="en")
    await reports(ana)
    await adam.says("/start")
    assert not {"My day", "Queue", "Visits", "On duty", "Enter a case"} & set(adam.labels)
    assert "case" not in adam.chat.commands
    await adam.says(f"/case {numbered(olena)}")
    assert adam.last == "You have no access to this."


@pytest.mark.safety("S25")
async def test_a_resident_who_types_a_command_of_the_staff_sees_the_menu(ana: Person, iryna: Person) -> None:
    await asks_for_help(ana)
    await ana.presses("Send")
    for words in (f"/case {numbered(iryna)}", "/case", "Queue", "/find 1"):
        await ana.says(words)
        assert ana.last == "What would you like to see?"
        assert "Queue" not in ana.labels


async def test_a_case_entered_for_oneself_by_who_may_not_take_it_calls_the_team(olena: Person, town: Town) -> None:
    """The dispatcher chose «I take it myself»: nothing is lost by it."""
    daria = await town.staff("Daria", "dispatcher", language="en")
    for label in ("Enter a case", "Found by a specialist", "Urgent", "Yes"):
        await (daria.says if label == "Enter a case" else daria.presses)(label)
    await daria.presses("Skip")
    for label in ("Centre", "A family", "1"):
        await daria.presses(label)
    for _ in range(4):
        await daria.presses("Skip")
    await daria.presses("I take it myself")
    await daria.presses("Send")
    assert olena.last.startswith("Urgent case K-")
    assert await town.count("cases", "claimed_by IS NULL") == 1
