"""Who is kept from a case at the person's wish: somebody by name, or everybody of a role (S25)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.db import Transaction
from storage.people import Person


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Either a role or a person."""

    id: int
    case_id: int
    role: str | None
    person_id: int | None

    def covers(self, person: Person) -> bool:
        return person.id == self.person_id or (self.role is not None and person.has(self.role))


def exclude(
    tx: Transaction, case_id: int, *, role: str | None = None, person_id: int | None = None, now: datetime
) -> bool:
    """Keeps the role or the person away; whether that is new."""
    return bool(
        tx.run(
            """
            INSERT INTO exclusions (case_id, role, person_id, at)
            SELECT :case_id, :role, :person_id, :now
            WHERE  NOT EXISTS (SELECT 1 FROM exclusions WHERE case_id = :case_id
                               AND COALESCE(role, '') = COALESCE(:role, '')
                               AND COALESCE(person_id, 0) = COALESCE(:person_id, 0))
            """,
            case_id=case_id,
            role=role,
            person_id=person_id,
            now=now,
        )
    )


def lift(tx: Transaction, exclusion_id: int, *, case_id: int) -> bool:
    """The person has thought better of it; whether there was such a line."""
    return bool(
        tx.run("DELETE FROM exclusions WHERE id = :id AND case_id = :case_id", id=exclusion_id, case_id=case_id)
    )


def of_case(tx: Transaction, case_id: int) -> list[Exclusion]:
    rows = tx.all(
        "SELECT id, case_id, role, person_id FROM exclusions WHERE case_id = :case_id ORDER BY id", case_id=case_id
    )
    return [Exclusion(**row) for row in rows]


def excludes(tx: Transaction, case_id: int, person: Person) -> bool:
    """Whether the person is kept from the case, or from one that is joined to it."""
    return any(each.covers(person) for each in _of_all_joined(tx, case_id))


def spared(tx: Transaction, case_id: int, people: Sequence[Person]) -> list[Person]:
    """Those of them who are not kept from the case."""
    kept = _of_all_joined(tx, case_id)
    return [person for person in people if not any(each.covers(person) for each in kept)]


def _of_all_joined(tx: Transaction, case_id: int) -> list[Exclusion]:
    rows = tx.all(
        """
        SELECT id, case_id, role, person_id FROM exclusions
        WHERE  case_id = :case_id OR case_id IN (SELECT id FROM cases WHERE joined_to = :case_id)
        """,
        case_id=case_id,
    )
    return [Exclusion(**row) for row in rows]
