"""How a form is walked by someone who knows only what stands on the screen.

Answers map a part of a question to a part of a button's label, or to words to type.
A question that is not among them gets its first button, or typed words if it has none.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from tests.bench.acts import Act, Message, Press, Say

Answers = Mapping[str, str]

AWAY = (
    "назад", "back", "скасувати", "cancel", "пропустити", "skip", "змінити", "edit", "language", "мова /",
    "вихід", "leave", "заново", "start over", "меню", "menu",
)  # fmt: skip
SEND = ("надіслати", "send")
ONWARD = ("готово", "done", "далі", "next", "погоджу", "agree")
WORDS = (
    "Потрібна порада щодо догляду за мамою", "+380501234567", "24.11.2030", "3", "Оля Коваль",
    "вул. Шевченка, 1", "12:30",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    data: str | None

    def used(self, message: Message) -> Act:
        return Say(self.label) if self.data is None else Press(self.data, message)

    def says(self, any_of: Iterable[str]) -> bool:
        label = self.label.casefold()
        return any(word.casefold() in label for word in any_of)


def step(message: Message, answers: Answers, tries: int) -> Act | None:
    """What to do about this message, None when it asks for nothing; `tries` were made at the same text."""
    offered = buttons(message)
    if send := labelled(offered, SEND):  # a summary, in which every question stands once more
        return send.used(message)
    wanted = known(message, answers)
    if wanted is not None and tries == 0:
        return chosen(message, offered, wanted)
    return guessed(message, offered, tries) if offered else None


def known(message: Message, answers: Answers) -> str | None:
    text = str(message.get("text", "")).casefold()
    return next((answer for question, answer in answers.items() if question.casefold() in text), None)


def chosen(message: Message, offered: list[Button], wanted: str) -> Act:
    found = labelled(offered, [wanted])
    return found.used(message) if found else Say(wanted)


def guessed(message: Message, offered: list[Button], tries: int) -> Act:
    """The first option; at a second look what goes on, for a question of several answers shows itself again."""
    options = [button for button in offered if not button.says(AWAY)]
    if not options:
        return Say(WORDS[tries % len(WORDS)])
    onward = labelled(options, ONWARD) if tries else None
    return (onward or options[tries % len(options)]).used(message)


def labelled(offered: Iterable[Button], words: Iterable[str]) -> Button | None:
    return next((button for button in offered if button.says(words)), None)


def buttons(message: Message) -> list[Button]:
    markup = message.get("reply_markup") or {}
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    return [found for found in map(button, chain.from_iterable(rows)) if found]


def button(raw: str | dict[str, Any]) -> Button | None:
    """A button that can be pressed here: links, contacts and copied texts cannot."""
    if isinstance(raw, str):
        return Button(raw, None)
    if raw.keys() & {"url", "copy_text", "web_app", "request_contact", "request_location"}:
        return None
    return Button(raw["text"], raw.get("callback_data"))


def markup(raw: str | dict[str, Any] | None) -> dict[str, Any]:
    """The keyboard of a call, which comes as text in forms and as an object in JSON."""
    found = json.loads(raw) if isinstance(raw, str) and raw else raw
    return found if isinstance(found, dict) else {}
