"""Who may do what: every button, entry, command and form, one line each. What has no line here nobody may.

A line says which roles may at all. Whose case it is, who is kept from it and who has to say why are rules of each
case; they stand in handlers/sight.py.
"""

from collections.abc import Collection
from typing import Final

from bot.core.buttons import Action
from bot.core.centre import NO_TAKERS, PARTNER, ROLES, STAFF_ROLES

RESIDENT: Final = "resident"
"""Whoever has no role; every member of the staff may be one too, and does not need this part for it."""
CARER: Final = "carer"

EVERYBODY: Final = frozenset({RESIDENT, CARER, *ROLES})
STAFF: Final = frozenset(STAFF_ROLES)
PARTNERS: Final = frozenset({PARTNER})
"""Other bodies that tell of families: receipts, and nothing of what becomes of them (S14)."""
CASEWORK: Final = STAFF - {"admin"}
"""The administrator is there for technique: invitations and access, not cases."""
TAKERS: Final = STAFF - frozenset(NO_TAKERS)
"""The dispatcher sees what waits and enters what is told by phone, and sees no card."""
HEADS: Final = frozenset({"head", "deputy"})
"""The head, and who stands in: the same rights, only called one after the other."""
TEACHERS: Final = HEADS | {"foster_care"}
RECORDERS: Final = CASEWORK - {"lawyer"}
"""Who answers the helpline, receives at the day centre, or speaks and writes for the centre."""
OVERSEERS: Final = HEADS | {"dispatcher"}
"""Who sees every team's queue, and is the second person before a glass."""

TABLE: Final[dict[str, frozenset[str]]] = {
    # Commands, as they are typed
    "command start": EVERYBODY,
    "command help": EVERYBODY,
    "command cancel": EVERYBODY,
    "command language": EVERYBODY,
    "command privacy": EVERYBODY,
    "command mydata": EVERYBODY,
    "command case": CASEWORK,
    # Entries of the menu, typed or pressed
    "entry menu": EVERYBODY,
    "entry help": EVERYBODY,
    "entry safety": EVERYBODY,
    "entry child": EVERYBODY,
    "entry other": EVERYBODY,
    "entry mine": EVERYBODY,
    "entry return": EVERYBODY,
    "entry visits": EVERYBODY,
    "entry guide": EVERYBODY,
    "entry language": EVERYBODY,
    "entry privacy": EVERYBODY,
    "entry mydata": EVERYBODY,
    "entry erase": EVERYBODY,
    "entry erase_yes": EVERYBODY,
    "entry keep": EVERYBODY,
    "entry day": CASEWORK,
    "entry queue": CASEWORK,
    "entry staff_visits": CASEWORK,
    "entry duty": CASEWORK,
    "entry enter": CASEWORK,
    "entry notice": PARTNERS,
    "entry trainings": TEACHERS,
    "entry new_training": TEACHERS,
    "entry calendar": EVERYBODY,
    "entry feed": EVERYBODY,
    "entry month": HEADS,
    "entry report": HEADS,
    "entry report_days": HEADS,
    "entry plan": STAFF,
    "entry news": EVERYBODY,
    "entry broadcast": TEACHERS,
    "entry new_news": TEACHERS,
    "entry new_campaign": HEADS,
    # Forms: to begin one, and every button and word of it
    "form help": EVERYBODY,
    "form safety": EVERYBODY,
    "form child": EVERYBODY,
    "form agreed": EVERYBODY,
    "form other": EVERYBODY,
    "form return": EVERYBODY,
    "form letter": EVERYBODY,
    "form away": EVERYBODY,
    "form erase": EVERYBODY,
    "form contact": EVERYBODY,
    "form code": EVERYBODY,
    "form second": EVERYBODY,
    "form register": CASEWORK,
    "form notice": PARTNERS,
    "form reply": TAKERS,
    "form visit": TAKERS,
    "form note": TAKERS,
    "form member": TAKERS,
    "form act": TAKERS,
    "form close": TAKERS,
    "form training": TEACHERS,
    "form moved": TEACHERS,
    "form news": TEACHERS,
    "form campaign": HEADS,
    "form room": TEACHERS,
    "form link": TEACHERS,
    "form tell": TEACHERS,
    "form guide": STAFF,
    "form leave": CASEWORK,
    "form shift": OVERSEERS,
    "form plan_note": STAFF,
    "form plan_count": STAFF,
    "form plan_event": STAFF,
    # Buttons, by class, and by move where the moves are for different people
    "button Enter": EVERYBODY,
    "button Choose": EVERYBODY,
    "button Turn": EVERYBODY,
    "button Step": EVERYBODY,
    "button Correct": EVERYBODY,
    "button ShareNumber": EVERYBODY,
    "button Leave": EVERYBODY,
    "button Explain": EVERYBODY,
    "button Speak": EVERYBODY,
    "button Read": EVERYBODY,
    "button Mistaken": EVERYBODY,
    "button Own": EVERYBODY,
    "button Fine": EVERYBODY,
    "button Idle": EVERYBODY,
    "button Attend": frozenset({CARER}),
    "button Visit home": EVERYBODY,
    "button Visit other": EVERYBODY,
    "button Visit show": TAKERS,
    "button Visit held": TAKERS,
    "button Visit cancel": TAKERS,
    "button Visit move": TAKERS,
    "button Again": TAKERS,
    "button Slot": EVERYBODY,
    "button Amend": STAFF,
    "button Claim": TAKERS,
    "button Decline": TAKERS,
    "button Passed": TAKERS,
    "button Lease": TAKERS,
    "button Hand": CASEWORK,
    "button Give": CASEWORK,
    "button Accept": TAKERS,
    "button List": CASEWORK,
    "button Air": OVERSEERS,
    "button Open": TAKERS,
    "button Because": HEADS,
    "button Glass": TAKERS,
    "button Fired": CASEWORK,
    "button Allow": OVERSEERS,
    "button Contacted": TAKERS,
    "button Kin": TAKERS,
    "button PlanVisit": TAKERS,
    "button Page": TAKERS,
    "button Mark": TAKERS,
    "button Road": CASEWORK,
    "button Close": TAKERS,
    "button Answer": TAKERS,
    "button Talk": TAKERS,
    "button Recode": TAKERS,
    "button Claimant": TAKERS,
    "button SafeAgain": TAKERS,
    "button Todo": STAFF,
    "button Clock": TAKERS,
    "button Teach": TEACHERS,
    "button Feed": EVERYBODY,
    "button Month": HEADS,
    "button Print": HEADS,
    "button Poster": TEACHERS,
    "button Campaign": EVERYBODY,
    "button Broadcast": TEACHERS,
    "button Came": TEACHERS,
    "button Detail": TEACHERS,
    "button Arrive": frozenset({CARER}),
    # What is no case and reports count
    "entry records": RECORDERS,
    "form arrival": RECORDERS,
    "form information": RECORDERS,
    "button Helpline": RECORDERS,
    "button Stay": RECORDERS,
    "button Information": RECORDERS,
    # Programmes, plans, one's own hours
    "entry programmes": TEACHERS,
    "form programme": TEACHERS,
    "form study_group": TEACHERS,
    "form lesson": TEACHERS,
    "form elsewhere": TEACHERS,
    "form report_days": HEADS,
    "form partner": frozenset({CARER}),
    "form renamed": frozenset({CARER}),
    "form my_hours": frozenset({CARER}),
    "button Programme": TEACHERS,
    "button Study": TEACHERS,
    "button Member": TEACHERS,
    "button Learner": TEACHERS,
    "button Behind": TEACHERS,
    "button Imported": TEACHERS,
    "button MyPlan": frozenset({CARER}),
    "button Partner": frozenset({CARER}),
    "button MyHours": frozenset({CARER}),
    "button Duty": CASEWORK,
    "button HandOver": CASEWORK,
    "button TakeOver": CASEWORK,
    "button HandOn": TAKERS,
    "button Roster show": CASEWORK,
    "button Roster leave": CASEWORK,
    "button Roster back": CASEWORK,
    "button Roster staff": OVERSEERS,
    "button Roster gaps": OVERSEERS,
    "button Roster shift": OVERSEERS,
    "button Roster clear": OVERSEERS,
    "button PlanPage": STAFF,
    "button PlanItem": STAFF,
    "button PlanSay": STAFF,
}


def parts(roles: Collection[str], *, carer: bool) -> frozenset[str]:
    """In which parts somebody acts: the roles, or a resident without any; a carer besides."""
    return frozenset(roles or {RESIDENT}) | (frozenset({CARER}) if carer else frozenset())


def may(acting: frozenset[str], what: str) -> bool:
    return not TABLE.get(what, frozenset()).isdisjoint(acting)


def pressing(action: Action) -> str:
    """The line of the table that a press needs: «button Claim», «button Visit home»."""
    name = f"button {type(action).__name__}"
    return name if name in TABLE else f"{name} {getattr(action, 'move', '')}"
