"""Tables R1 to R22 of a report (domain.md, section 7), each a declaration; which are printed, the profile says."""

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from bot.core import identifiers
from bot.core.centre import MOBILE_BRIGADE, Centre, Words
from bot.core.counting import Ask
from bot.core.report import Table
from bot.core.tables import brigade, checks, clocks, planned, support, violence
from bot.core.tables.calls import Calls
from bot.core.tables.care import Care
from bot.core.tables.day_centre import DayCentre
from bot.core.tables.found import Found
from bot.core.tables.information import Information
from bot.core.tables.learning import Learning
from bot.core.tables.listed import Counting, Listed, Rows, no_lines
from bot.core.tables.referred import Referred


class Declared(Protocol):
    """`asks`: what is to be counted, by names of its own; `made` puts the answers in rows."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> Words: ...
    @property
    def asks(self) -> dict[str, Ask]: ...

    def made(self, found: Found) -> Table: ...


FAMILIES: Final = ("family", "person")
PLACES: Final = Rows(
    lambda centre: centre.districts, {MOBILE_BRIGADE: identifiers.PLACES[MOBILE_BRIGADE]}, stands=True, always=True
)
"""Districts, the brigade, and «not said», by which the table closes."""
CHILDREN: Final = ("family", "person", "child")


def services(*by: str) -> Listed:
    """By category where a centre prints it so: of a large register that is a sixth of all the counting."""
    return Listed(
        "R9",
        Words("Соціальні послуги", "Services"),
        Rows(lambda centre: centre.services, identifiers.SERVICES),
        (
            Counting(Ask("services", ("code", *by), once=True, children=True), CHILDREN),
            Counting(Ask("services", ("code", *by), children=True), ("service",)),
        ),
        (
            Counting(Ask("services", once=True, children=True), CHILDREN),
            Counting(Ask("services", children=True), ("service",)),
        ),
        inside="".join(by),
        parts=False,
        check=checks.at_most("family", "service"),
    )


TABLES: Final[Sequence[Declared]] = (
    Listed(
        "R1",
        Words("Надходження за видами", "What came in, by kind"),
        Rows(lambda centre: centre.intake, identifiers.INTAKE, always=True),
        (Counting(Ask("cases", ("intake",)), ("case",)),),
        (Counting(Ask("cases"), ("case",)),),
    ),
    Listed(
        "R2",
        Words("Надходження за суб'єктами", "What came in, by source"),
        Rows(lambda centre: centre.sources, identifiers.SOURCES),
        (Counting(Ask("cases", ("source", "detail_id")), FAMILIES),),
        (Counting(Ask("cases"), FAMILIES),),
        inside="detail",
    ),
    Listed(
        "R3",
        Words("Надходження за районами", "What came in, by district"),
        PLACES,
        (Counting(Ask("cases", ("district",)), FAMILIES),),
        (Counting(Ask("cases"), FAMILIES),),
    ),
    Listed(
        "R4",
        Words("Категорії отримувачів", "Categories of recipients"),
        Rows(
            lambda centre: centre.categories,
            identifiers.CATEGORIES,
            empty=Words("Без категорії", "No category"),
            stands=True,
            key="none",
        ),
        (Counting(Ask("cases", ("category", "district"), children=True), CHILDREN),),
        (Counting(Ask("cases", children=True), CHILDREN),),
        inside="district",
    ),
    Listed(
        "R5",
        Words("Причини складних життєвих обставин", "Hard circumstances"),
        Rows(
            lambda centre: centre.circumstances,
            identifiers.CIRCUMSTANCES,
            empty=Words("Причину не вказано", "Not said"),
        ),
        (Counting(Ask("circumstances", ("code",), "in_work", once=True, children=True), CHILDREN),),
        (Counting(Ask("families", (), "in_work", children=True), CHILDREN),),
        parts=False,
        check=checks.covers,
    ),
    violence.TABLE,
    brigade.TABLE,
    clocks.TABLE,
    services(),
    support.TABLE,
    Listed(
        "R11",
        Words("Результати роботи", "What was reached"),
        Rows(no_lines, identifiers.OUTCOMES, always=True),
        (Counting(Ask("outcomes", ("outcome", "district"), "ended"), FAMILIES),),
        (Counting(Ask("outcomes", (), "ended"), FAMILIES),),
        inside="district",
    ),
    Listed(
        "R12",
        Words("Причини припинення", "Why it ended"),
        Rows(no_lines, identifiers.CLOSINGS, always=True),
        (Counting(Ask("cases", ("closing",), "over"), FAMILIES),),
        (Counting(Ask("cases", (), "over"), FAMILIES),),
    ),
    Listed(
        "R13",
        Words("Відвідування", "Visits"),
        Rows(no_lines, identifiers.VISITS, always=True),
        (
            Counting(Ask("visits", ("code", "district")), ("visit",)),
            Counting(Ask("acts", ("code", "district")), ("act",)),
        ),
        (Counting(Ask("visits"), ("visit",)), Counting(Ask("acts"), ("act",))),
        inside="district",
    ),
    Listed(
        "R14",
        Words("Задоволені потреби", "Needs met"),
        Rows(lambda centre: centre.needs_met, identifiers.NEEDS_MET),
        (Counting(Ask("needs_met", ("code",), once=True), FAMILIES),),
        (Counting(Ask("needs_met", once=True), FAMILIES),),
        parts=False,
    ),
    Care(),
    Learning(),
    Calls(),
    DayCentre(),
    Referred(),
    Information(),
    planned.TABLE,
)
"""R22 stands in bot/core/tables/reconciliation.py: it is made of the others."""
BY_ID: Final[Mapping[str, Declared]] = {table.id: table for table in TABLES}


def of(centre: Centre) -> Sequence[Declared]:
    """As the centre divides them."""
    by_category = any(each.id == "R9" and each.by == "category" for each in centre.report_tables)
    return [services("category") if by_category and table.id == "R9" else table for table in TABLES]


def asks(tables: Sequence[Declared]) -> dict[str, Ask]:
    """Everything that those tables ask, by the names under which they look for the answers."""
    return {name: ask for table in tables for name, ask in table.asks.items()}
