"""The outside: a municipal guide with a few entries. Nothing here says more than «Safety at home» (S01)."""

from bot.core import texts
from bot.core.buttons import Enter, Leave, Speak
from bot.core.centre import Words
from bot.core.events import Menu, Message, Rows, Send
from bot.core.lines import Own, Wording, paragraphs, rows
from handlers.here import Here, column, row, screen, to_entry
from storage import people
from storage.people import Person

KEY = "menu"
LANGUAGE_LABEL = Words(uk="Мова / Language", en="Мова / Language")

FOR_ALL: tuple[tuple[str, Wording], ...] = (
    ("guide", texts.GUIDE),
    ("help", texts.HELP_NEEDED),
    ("safety", texts.SAFETY_AT_HOME),
    ("other", texts.OTHER_FAMILY),
    ("mine", texts.MY_REQUESTS),
    ("visits", texts.VISITS_AND_TRAININGS),
    ("language", LANGUAGE_LABEL),
    ("privacy", texts.PRIVACY),
)
BY_NAME: tuple[tuple[str, Wording], ...] = (("child", texts.UNDER_18),)
"""Entries without a place in the menu: they stand under a first question, and can be typed."""
FOR_STAFF: tuple[tuple[str, Wording], ...] = (
    ("day", texts.MY_DAY),
    ("queue", texts.QUEUE),
    ("staff_visits", texts.VISITS),
    ("trainings", texts.TRAININGS),
    ("plan", texts.PLAN),
    ("broadcast", texts.BROADCAST),
    ("report", texts.REPORT),
    ("duty", texts.ON_DUTY),
    ("enter", texts.ENTER_A_CASE),
    ("records", texts.RECORDS),
    ("notice", texts.TELL_CENTRE),
)
ROLE_NAMES = {
    "specialist": texts.ROLE_SPECIALIST,
    "psychologist": texts.ROLE_PSYCHOLOGIST,
    "lawyer": texts.ROLE_LAWYER,
    "brigade": texts.ROLE_BRIGADE,
    "foster_care": texts.ROLE_FOSTER_CARE,
    "dispatcher": texts.ROLE_DISPATCHER,
    "head": texts.ROLE_HEAD,
    "deputy": texts.ROLE_DEPUTY,
    "admin": texts.ROLE_ADMIN,
    "partner": texts.ROLE_PARTNER,
}


def entries(me: Person) -> tuple[tuple[str, Wording], ...]:
    return tuple((entry, label) for entry, label in (*FOR_STAFF, *FOR_ALL) if me.may(f"entry {entry}"))


def named(here: Here, me: Person, text: str) -> str | None:
    """The entry whose name was typed, in either language; residents are not told that there are others."""
    known = (*FOR_STAFF, *FOR_ALL) if me.staff else entries(me)
    return next((entry for entry, label in (*known, *BY_NAME) if here.means(text, label)), None)


def start(here: Here, me: Person) -> list[Message]:
    """Greets, at any time, and never touches what was begun."""
    return screen(here, me, KEY, texts.WELCOME, _buttons(me), protect=me.staff)


def menu(here: Here, me: Person) -> list[Message]:
    return screen(here, me, KEY, texts.MENU, _buttons(me), protect=me.staff)


def back() -> Rows:
    return to_entry(texts.TO_MENU, "menu")


def leave() -> Rows:
    return row((texts.LEAVE_NOW, Leave()))


def help_(here: Here) -> list[Message]:
    return [Send(here.asker, paragraphs(texts.HELP, phones(here)), to_entry(texts.TO_MENU, "menu"))]


def languages(here: Here, me: Person) -> list[Message]:
    choices = column((Own("Українська"), Speak("uk")), (Own("English"), Speak("en")))
    return screen(here, me, KEY, texts.CHOOSE_LANGUAGE, choices)


def speak(here: Here, me: Person, language: str) -> list[Message]:
    """The language is the person's from now on; what was begun is shown again in it by the router."""
    people.speak(here.tx, me.id, language)
    return [
        *screen(here, me, KEY, texts.LANGUAGE_CHOSEN, to_entry(texts.TO_MENU, "menu")),
        Menu(here.asker, staff=me.may("command case")),
    ]


def phones(here: Here) -> Wording:
    """The numbers for urgent need, as the centre's profile has them."""
    return rows(*(texts.PHONE_LINE(number=phone.number, name=phone.name) for phone in here.centre.urgent_phones))


def _buttons(me: Person) -> Rows:
    return column(*((label, Enter(entry)) for entry, label in entries(me)))
