"""What the sandbox's page plays by itself: the people's acts, in the words that stand on their phones."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.core import texts
from bot.core.centre import Centre
from bot.core.forms import FORMS
from bot.core.lines import Wording
from bot.core.questions import Asking
from bot.run.language import LANGUAGES, Languages

Step = Mapping[str, Any]
MINUTE = 60
TITLE, PLACE = "Межі й довіра", "Зала центру"
DANGER = (("danger", "now"), ("write", "yes"))


def plays(centre: Centre) -> tuple[Mapping[str, Any], ...]:
    """Two cases that are left to lie, the day of whoever takes one, and a seat that two carers want."""
    words = _Script(centre)
    return (
        {"uk": "Справа, яку ніхто не бере", "en": "A case that nobody takes", "steps": _nobody(words)},
        {"uk": "Взяли, але не зв'язалися", "en": "A lease runs out", "steps": _lapses(words)},
        {"uk": "Мій день", "en": "My day", "steps": _day(words)},
        {"uk": "Місце на навчанні", "en": "A seat at a training", "steps": _seat(words)},
    )


def _nobody(words: "_Script") -> list[Step]:
    return [
        *words.one_on_duty(),
        *words.reports(),
        _says(
            "Надійшла термінова справа. Хто на зміні, чує першим.",
            "An urgent case came. Who is on duty hears first.",
        ),
        _forward(5, "Ніхто не взяв. Дзвонить уся команда.", "Nobody has taken it. The whole team is called."),
        _forward(5, "Далі диспетчер.", "Next, the dispatcher."),
        _forward(5, "Далі керівник.", "Next, the head."),
        _forward(5, "І заступник. Мовчки справа не зникне.", "And the deputy. No case ends in silence."),
    ]


def _lapses(words: "_Script") -> list[Step]:
    return [
        *words.one_on_duty(),
        *words.reports(),
        words.presses("brigade_1", texts.TAKE) | _says("Олена бере.", "Olena takes it."),
        _forward(25, "Минає час, зв'язку ще немає: про це нагадують.", "Time goes by without a contact: a reminder."),
        _forward(6, "Час вийшов. Справа знову в черзі.", "The time is over. The case is back in the queue."),
    ]


def _day(words: "_Script") -> list[Step]:
    return [
        words.presses("brigade_1", texts.MY_DAY) | _says("Олена відкриває «Мій день».", "Olena opens “My day”."),
        *words.reports(),
        words.presses("brigade_1", texts.TAKE)
        | _says("Бере. День змінюється на місці: до котрої зв'язатися.", "She takes it: the day says by when to call."),
        words.presses("brigade_1", texts.MARK_CONTACTED)
        | _says("Є зв'язок. У дні цього рядка вже немає.", "They are in touch: that line has left the day."),
    ]


def _seat(words: "_Script") -> list[Step]:
    """Nine days, from ten in the morning: each reminder comes a moment before its step."""
    return [
        {"until": "10:00", "day": 1}
        | _says("Ранок. Керівниця планує навчання.", "Morning. The head plans a training."),
        *words.plans_a_training(TITLE),
        _says("Місце одне, запрошено двох.", "There is one seat, and two are invited."),
        words.presses("carer", texts.I_WILL_COME) | _says("Галина займає місце.", "Halyna takes the seat."),
        words.presses("carer_2", texts.I_WILL_COME) | _says("Богдан не встигає.", "Bohdan is too late."),
        words.presses("carer_2", texts.WAIT_FOR_SEAT)
        | _says("Стає в чергу й бачить своє місце в ній.", "He waits, and sees his place in the line."),
        {"until": "11:05", "day": 3}
        | _says("За тиждень бот питає, чи все в силі.", "A week before, the bot asks whether it still holds."),
        words.presses("carer", texts.STILL_COME) | _says("Галина буде.", "Halyna will come."),
        words.presses("carer", texts.I_CANNOT) | _says("А потім не може.", "And then she cannot."),
        words.presses("carer", texts.REASONS["illness"])
        | _says("Причину можна й не казати.", "The reason may be left out."),
        words.presses("carer_2", texts.TAKE_SEAT)
        | _says("Місце запропоновано Богданові, і він його бере.", "Bohdan is offered the seat, and takes it."),
        {"until": "11:05", "day": 9} | _says("Нагадування за день.", "The reminder of the day before."),
        {"until": "9:05", "day": 10} | _says("І за дві години.", "And of two hours before."),
        {"until": "16:00", "day": 10} | _says("Навчання відбулося.", "The training is over."),
        *words.says_who_came(TITLE),
        _says("Богданові зараховано години.", "Bohdan has his hours."),
    ]


class _Script:
    """Acts in the words of one centre."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._languages = Languages(centre)

    def one_on_duty(self) -> list[Step]:
        """The second of the brigade goes home, so that «on duty» and «the whole team» are not the same."""
        return [
            {"person": "brigade_2", "says": self._said(texts.ON_DUTY)},
            self.presses("brigade_2", texts.GO_OFF_DUTY) | {"optional": True},
        ]

    def reports(self) -> list[Step]:
        opens = {"person": "resident", "says": self._said(texts.SAFETY_AT_HOME), "anew": True}
        district = min(self._centre.districts, key=lambda each: each.key != "center").key
        return [opens, *(self.answers(*answer) for answer in (*DANGER, ("district", district)))]

    def plans_a_training(self, title: str) -> list[Step]:
        """Ten days after the play began; the form takes what is typed, whatever stands on its buttons."""
        head = {"person": "head"}
        audience = self._said(self._option("training", "audience", "foster_parents"))
        return [
            head | {"says": self._said(texts.TRAININGS)},
            self.presses("head", texts.NEW_TRAINING),
            *(head | {"says": words} for words in (title, audience)),
            head | {"says": "{day}", "day": 10},
            *(head | {"says": words} for words in ("11:00", "4", PLACE, "1")),
            self.presses("head", texts.SEND),
        ]

    def says_who_came(self, title: str) -> list[Step]:
        return [
            {"person": "head", "says": self._said(texts.TRAININGS)},
            {"person": "head", "presses": [title], "among": True},
            *(self.presses("head", label) for label in (texts.WHO_CAME_BUTTON, texts.EVERYBODY_CAME, texts.DONE)),
        ]

    def answers(self, name: str, key: str) -> Step:
        return self.presses("resident", self._option("safety", name, key))

    def presses(self, person: str, label: Wording) -> dict[str, Any]:
        return {"person": person, "presses": [self._languages.say(label, language) for language in LANGUAGES]}

    def _option(self, form: str, name: str, key: str) -> Wording:
        question = FORMS[form].question(name)
        assert question is not None  # noqa: S101 - the form has it
        asking = Asking(self._centre, {}, datetime.min.replace(tzinfo=UTC))
        return next(each.label for each in question.options(asking) if each.key == key)

    def _said(self, wording: Wording) -> str:
        return self._languages.say(wording, "uk")


def _says(uk: str, en: str) -> dict[str, Any]:
    return {"uk": uk, "en": en}


def _forward(minutes: int, uk: str, en: str) -> Step:
    return {"forward": minutes * MINUTE, **_says(uk, en)}
