"""The form of an assessment of needs, as data: what the program knows is filled in, the rest is left for a pen.

It goes to a Ukrainian file, so it is in Ukrainian whatever language its reader speaks; bot/run/acts.py draws it.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, Final

from bot.core.lines import Wording

LANGUAGE: Final = "uk"

WORDS: Final = {
    "title": "АКТ ОЦІНКИ ПОТРЕБ СІМ'Ї (ОСОБИ)",
    "number": "№ {number} від {day}",
    "kind": "Вид відвідування",
    "district": "Район",
    "name": "Прізвище, ім'я, по батькові",
    "address": "Адреса",
    "phone": "Телефон",
    "children": "Дітей у сім'ї",
    "present": "Хто присутній",
    "household": "1. Склад сім'ї",
    "household_heads": ("№", "Ким доводиться", "Рік народження", "Прізвище, ім'я", "Навчання, робота", "Примітки"),
    "circumstances": "2. Обставини",
    "circumstances_note": "Позначте все, що є; опишіть коротко, без зайвих подробиць.",
    "needs": "3. Потреби",
    "needs_heads": ("Потреба", "Є", "Що саме потрібно", "Хто і до якого дня"),
    "strengths": "4. Сильні сторони сім'ї, хто може допомогти",
    "conclusion": "5. Висновок",
    "conclusions": (
        "потребує соціальних послуг",
        "потребує термінової допомоги",
        "потребує супроводу",
        "послуг не потребує",
    ),
    "services": "Які послуги пропонуємо",
    "signed": "6. Підписи",
    "signatures": ("Фахівець", "Особа або її представник", "Інші присутні"),
    "signature": "{who}: ____________  ___________________  «___» ___________ 20__ р.",
}
"""The words of the printed form."""


@dataclass(frozen=True, slots=True)
class Act:
    """`household`: who, year of birth, name. Of the branch there is neither a name nor a word of what was told."""

    centre: Wording
    number: Wording
    day: Wording
    kind: Wording
    district: Wording
    name: Wording
    address: Wording
    children: Wording
    household: tuple[tuple[Wording, Wording, Wording], ...]
    circumstances: tuple[Wording, ...]
    needs: tuple[Wording, ...]


def in_words(act: Act, say: Callable[[Wording], str]) -> dict[str, Any]:
    """The same in words, as JSON can carry it."""
    return {field.name: _said(getattr(act, field.name), say) for field in fields(act)}


def _said(value: Any, say: Callable[[Wording], str]) -> Any:  # noqa: ANN401 - JSON of any shape
    return [_said(each, say) for each in value] if isinstance(value, tuple) else say(value)
