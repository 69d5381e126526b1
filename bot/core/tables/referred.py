"""R19: what was passed on to other bodies; to the police and to child services in time or not."""

from dataclasses import dataclass, field, replace
from typing import Final

from bot.core import identifiers
from bot.core.centre import Words
from bot.core.counting import Ask
from bot.core.report import COLUMNS, Counts, Row, Table
from bot.core.tables.clocks import STATES
from bot.core.tables.found import Found
from bot.core.tables.listed import Counting, Listed, Rows, no_lines

FAMILIES: Final = ("family", "person", "child")
BODIES: Final = {
    **{body: identifiers.SOURCES[body] for body in ("police", "child_services")},
    "legal_aid": Words("Безоплатна правова допомога", "Free legal aid"),
    **{body: words for body, words in identifiers.SOURCES.items() if body not in ("police", "child_services")},
    "shelter": Words("Притулок", "Shelter"),
    "employment_service": Words("Служба зайнятості", "Employment service"),
    "pension_fund": Words("Пенсійний фонд", "Pension fund"),
    "rehabilitation": Words("Центр реабілітації", "Rehabilitation centre"),
    "court": Words("Суд", "Court"),
    "prosecutor": Words("Прокуратура", "Prosecutor"),
    "centre_of_oblast": Words("Обласний центр соціальних служб", "Oblast centre of social services"),
}
SENT: Final = Listed(
    "R19",
    Words("Передано іншим службам", "Passed on to other bodies"),
    Rows(no_lines, BODIES),
    (Counting(Ask("referred_to", ("code",), once=True, children=True), FAMILIES),),
    (Counting(Ask("referred_to", once=True, children=True), FAMILIES),),
    parts=False,
)
DUTIES: Final = {"police": "notify_police", "child_services": "notify_child_services"}


@dataclass(frozen=True, slots=True)
class Referred:
    id: str = SENT.id
    title: Words = SENT.title
    basis: str = SENT.basis
    asks: dict[str, Ask] = field(default_factory=lambda: SENT.asks)

    def made(self, found: Found) -> Table:
        sent = SENT.made(found)
        there = {row.key for row in sent.rows}
        always = [Row(body, BODIES[body], _none()) for body in ("police", "child_services", "legal_aid", "health")]
        rows = [*(row for row in always if row.key not in there), *sent.rows]
        late = [
            Row(f"{body}_{state}", _named(body, state), _kept(found, key, state))
            for body, key in DUTIES.items()
            for state in ("in_time", "late")
        ]
        ordered = sorted(rows, key=lambda row: list(BODIES).index(row.key) if row.key in BODIES else len(BODIES))
        return replace(sent, units=(*FAMILIES, "deadline"), rows=(*ordered, *late))


def _none() -> dict[str, Counts]:
    return {column: dict.fromkeys(FAMILIES, 0) for column in COLUMNS}


def _named(body: str, state: str) -> Words:
    return Words(f"{BODIES[body].uk}: {STATES[state].uk.lower()}", f"{BODIES[body].en}: {STATES[state].en.lower()}")


def _kept(found: Found, key: str, state: str) -> dict[str, Counts]:
    own = [each for each in found.clocked if (each.key, each.state) == (key, state)]
    return {column: {"deadline": sum(each.n for each in own if column in each.within)} for column in COLUMNS}
