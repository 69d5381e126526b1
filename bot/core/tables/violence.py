"""R6: forms of violence by who suffered it; all four forms always, zeros too. A trip counts by its case's main form."""

from dataclasses import dataclass, field, replace
from typing import Final

from bot.core import identifiers, texts
from bot.core.centre import Words
from bot.core.counting import Ask, added
from bot.core.register import GBV
from bot.core.report import COLUMNS, Check, Counts, Row, Table
from bot.core.tables.found import Found
from bot.core.tables.listed import NOT_SAID, Counting, Listed, Rows, merged, no_lines

FAMILIES: Final = ("family", "person")
GROUPS: Final = Rows(no_lines, identifiers.VICTIM_GROUPS, always=True)
FORMS: Final = Listed(
    "R6.forms",
    Words("Форми насильства", "Forms of violence"),
    Rows(no_lines, identifiers.VIOLENCE, always=True, rare=GBV),
    (Counting(Ask("forms", ("code",), once=True), FAMILIES), Counting(Ask("violent_trips", ("main_form",)), ("trip",))),
    (Counting(Ask("violence"), FAMILIES), Counting(Ask("violent_trips"), ("trip",))),
    parts=False,
)
SUFFERED: Final = Listed(
    "R6.victims",
    Words("Постраждалі", "Those who suffered"),
    GROUPS,
    (Counting(Ask("violence", ("victim_group",)), FAMILIES),),
    (Counting(Ask("violence"), FAMILIES),),
)
UNITS: Final = ("family", "person", "trip", "child")


@dataclass(frozen=True, slots=True)
class Violence:
    id: str = "R6"
    title: Words = Words("Домашнє насильство", "Domestic violence")
    basis: str = "in_period"
    asks: dict[str, Ask] = field(
        default_factory=lambda: {
            **FORMS.asks,
            **SUFFERED.asks,
            "R6.by_group": Ask("forms", ("code", "victim_group"), once=True),
            "R6.repeat": Ask("violence", ("repeat",)),
            "R6.roles": Ask("violence", ("child_role",), children=True),
        }
    )

    def made(self, found: Found) -> Table:
        forms, victims = FORMS.made(found), SUFFERED.made(found)
        rows = tuple(replace(row, rows=_by_group(found, row.key)) for row in forms.rows)
        more = (_victims(victims), _repeat(found), _witnesses(found))
        return Table(
            self.id, self.title, UNITS, self.basis, (*rows, *more), forms.total, _check(found, forms), parts=False
        )


def _by_group(found: Found, form: str) -> tuple[Row, ...]:
    """Woman, man, child: each a row, with zeros too."""
    codes = ("", "unknown") if form == "unknown" else (form,)
    cells = [cell for cell in found.cells["R6.by_group"] if cell.codes[0] in codes]
    rows = []
    for key, name in (*identifiers.VICTIM_GROUPS.items(), ("unknown", NOT_SAID)):
        own = [cell for cell in cells if (cell.codes[1] or "unknown") == key]
        if own or key != "unknown":
            rows.append(Row(key, name, added(own, FAMILIES, COLUMNS)))
    return tuple(rows)


def _victims(table: Table) -> Row:
    return Row("victims", table.title, table.total, table.rows)


def _repeat(found: Found) -> Row:
    again = [cell for cell in found.cells["R6.repeat"] if cell.codes[0] == "yes"]
    return Row("repeat", Words("Повторно", "Again"), added(again, FAMILIES, COLUMNS))


def _witnesses(found: Found) -> Row:
    """A child who saw it is its victim by law (Law 2229-VIII), and is counted apart."""
    roles = {
        role: added([cell for cell in found.cells["R6.roles"] if cell.codes[0] == role], (*FAMILIES, "child"), COLUMNS)
        for role in identifiers.CHILD_ROLES
    }
    return Row("child_witnesses", Words("Діти-свідки", "Children who saw it"), merged([roles["witness"]]))


def _check(found: Found, forms: Table) -> Check:
    """Main forms are trips: those of a case of violence without a main form are named."""
    left: Counts = next((row.counts["value"] for row in forms.rows if row.key == "unknown"), {})
    missing, trips = left.get("trip") or 0, forms.total["value"].get("trip") or 0
    if not missing:
        return Check(ok=True, note=texts.ADDS_UP)
    note = texts.NOT_WITH_TRIPS(trips=trips, forms=trips - missing, difference=missing)
    return Check(ok=False, note=note, cases=tuple(found.numbers("trips_without_form")))


TABLE: Final = Violence()
