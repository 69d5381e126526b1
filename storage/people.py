"""People: residents, specialists, carers. Found by a fingerprint of the Telegram id, which itself is sealed (S24)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from bot.core import access
from bot.core.whom import Carer, Colleague
from storage import seal
from storage.db import Row, Transaction, named

ADDRESS = "people.address"
NAME = "people.name"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the bot speaks with. `roles` are pairs of role and district; an empty district is all of them.

    `zone`, `quiet_from`, `quiet_to` (minutes of the day) are set by those who keep hours of their own.
    """

    id: int
    language: str
    name: str
    kind: str
    roles: tuple[tuple[str, str], ...] = ()
    on_duty: bool = False
    silent_since: datetime | None = None
    carer: bool = False
    zone: str | None = None
    quiet_from: int | None = None
    quiet_to: int | None = None

    def may(self, what: str) -> bool:
        """Whether a line of the table of rights lets this person (bot/core/access.py)."""
        return access.may(access.parts([role for role, _ in self.roles], carer=self.carer), what)

    def has(self, *roles: str) -> bool:
        return any(role in roles for role, _ in self.roles)

    @property
    def staff(self) -> bool:
        return self.has(*access.STAFF)

    @property
    def colleague(self) -> Colleague:
        """The address of somebody who works here. Raises LookupError for anybody else."""
        if not self.staff:
            raise LookupError(f"person {self.id} does not work here")
        return Colleague(self.id)


@dataclass(frozen=True, slots=True)
class Reader:
    """In which language to write to somebody, whether it would arrive, and whether they belong to the centre.

    `zone`: by whose clock a carer lives who has gone abroad; staff keep the centre's.
    """

    language: str
    reachable: bool
    insider: bool = True
    zone: str | None = None


def meet(tx: Transaction, telegram_id: int, *, kind: str, language: str, now: datetime) -> Person:
    """The person behind a Telegram id; met for the first time, somebody new."""
    mark = tx.vault.fingerprint(str(telegram_id), of="people")
    known = _persons(tx, "fingerprint = :mark", mark=mark)
    if known:
        return known[0]
    row = tx.one(
        """
        INSERT INTO people (fingerprint, address, kind, language, met_at)
        VALUES (:mark, :address, :kind, :language, :now)
        RETURNING *
        """,
        mark=mark,
        address=seal.seal(tx.vault.derived("addresses"), telegram_id, of=ADDRESS),
        kind=kind,
        language=language,
        now=now,
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
    return Person(row["id"], row["language"], "", row["kind"])


def found(tx: Transaction, telegram_id: int) -> Person | None:
    """The person behind a Telegram id, if there is one; nobody is met by it."""
    known = _persons(tx, "fingerprint = :mark", mark=tx.vault.fingerprint(str(telegram_id), of="people"))
    return known[0] if known else None


def person(tx: Transaction, person_id: int) -> Person:
    """Raises LookupError for an id that is nobody's."""
    known = _persons(tx, "people.id = :id", id=person_id)
    if not known:
        raise LookupError(f"person {person_id}")
    return known[0]


def telegram_id(tx: Transaction, address: bytes) -> int:
    """The Telegram id in a sealed address."""
    return int(str(seal.unseal(tx.vault.derived("addresses"), address, of=ADDRESS)))


def reader(tx: Transaction, person_id: int) -> Reader:
    """Raises LookupError for an id that is nobody's."""
    row = tx.one(
        """
        SELECT language, silent_since,
               CASE WHEN EXISTS (SELECT 1 FROM roles WHERE person_id = people.id AND ended_at IS NULL)
                    THEN NULL ELSE zone END AS own_zone,
               EXISTS (SELECT 1 FROM roles WHERE person_id = people.id AND ended_at IS NULL AND role <> 'partner')
               OR EXISTS (SELECT 1 FROM groups WHERE person_id = people.id AND left_at IS NULL)
               OR EXISTS (SELECT 1 FROM carers WHERE person_id = people.id) AS insider
        FROM   people WHERE id = :id
        """,
        id=person_id,
    )
    if row is None:
        raise LookupError(f"person {person_id}")
    return Reader(row["language"], row["silent_since"] is None, bool(row["insider"]), row["own_zone"])


def speak(tx: Transaction, person_id: int, language: str) -> None:
    tx.run("UPDATE people SET language = :language WHERE id = :id", id=person_id, language=language)


def call_by(tx: Transaction, person_id: int, name: str) -> None:
    """The name that colleagues see."""
    sealed = seal.seal(tx.vault.derived("names"), name, of=NAME)
    tx.run("UPDATE people SET name = :name WHERE id = :id", id=person_id, name=sealed)


def day_mark(tx: Transaction, person_id: int, mark: str) -> bool:
    """Notes what My day last showed; whether that is something new."""
    fresh = "UPDATE people SET day_mark = :mark WHERE id = :id AND (day_mark IS NULL OR day_mark <> :mark)"
    return bool(tx.run(fresh, id=person_id, mark=mark))


def fall_silent(tx: Transaction, person_id: int, *, now: datetime) -> bool:
    """Messages no longer reach the person (S13); whether that is news."""
    silent = "UPDATE people SET silent_since = :now WHERE id = :id AND silent_since IS NULL"
    return bool(tx.run(silent, id=person_id, now=now))


def heard_again(tx: Transaction, person_id: int) -> None:
    tx.run("UPDATE people SET silent_since = NULL WHERE id = :id", id=person_id)


def appoint(tx: Transaction, person_id: int, role: str, districts: Sequence[str], *, now: datetime) -> None:
    """Gives the role, in these districts or, with none named, in all; on duty from now."""
    for district in districts or ("",):
        tx.run(
            """
            INSERT INTO roles (person_id, role, district, granted_at)
            SELECT :person_id, :role, :district, :now
            WHERE  NOT EXISTS (SELECT 1 FROM roles WHERE person_id = :person_id AND role = :role
                               AND district = :district AND ended_at IS NULL)
            """,
            person_id=person_id,
            role=role,
            district=district,
            now=now,
        )
    go_on_duty(tx, person_id, on=True, now=now)


def dismiss(tx: Transaction, person_id: int, *, now: datetime) -> int:
    """Ends every role in the same second (S28); how many there were."""
    return tx.run(
        "UPDATE roles SET ended_at = :now WHERE person_id = :person_id AND ended_at IS NULL",
        person_id=person_id,
        now=now,
    )


def go_on_duty(
    tx: Transaction,
    person_id: int,
    *,
    on: bool,
    now: datetime,
    teams: Sequence[str] = (),
    until: datetime | None = None,
) -> None:
    """From now on, for these teams (none named: all of one's own), until that moment or until one says otherwise."""
    tx.run(
        """
        INSERT INTO duty (person_id, on_duty, since, teams, until) VALUES (:person_id, :on, :now, :teams, :until)
        ON CONFLICT (person_id) DO UPDATE SET on_duty = :on, since = :now, teams = :teams, until = :until
        """,
        person_id=person_id,
        on=on,
        now=now,
        teams=",".join(teams),
        until=until,
    )


def keep_hours(tx: Transaction, person_id: int, *, zone: str | None, quiet: tuple[int, int] | None) -> None:
    """A zone and hours of quiet of one's own, in minutes of the day; None for the centre's."""
    start, end = quiet or (None, None)
    tx.run(
        "UPDATE people SET zone = :zone, quiet_from = :start, quiet_to = :end WHERE id = :id",
        id=person_id,
        zone=zone,
        start=start,
        end=end,
    )


def team(
    tx: Transaction, roles: Sequence[str], *, district: str = "", duty: bool = False, of: str = ""
) -> list[Person]:
    """Who has one of these roles, by district if one is given, and only those on duty if asked.

    `of` is a team's key: somebody whose duty is for other teams alone is not on duty for it.
    """
    among, values = named("role", roles)
    return _persons(
        tx,
        f"""
        people.id IN (
            SELECT roles.person_id FROM roles JOIN duty ON duty.person_id = roles.person_id
            WHERE  roles.role IN {among} AND roles.ended_at IS NULL
            AND    (:district = '' OR roles.district IN ('', :district))
            AND    (NOT :duty OR (duty.on_duty AND (:of = '' OR duty.teams = ''
                    OR (',' || duty.teams || ',') LIKE :among ESCAPE '!'))))
        """,
        district=district,
        duty=duty,
        of=of,
        among=f"%,{of.replace('_', '!_')},%",
        **values,
    )


def everybody(tx: Transaction) -> list[Person]:
    """Staff, present and past."""
    return _persons(tx, "people.id IN (SELECT person_id FROM roles)")


def join_audience(tx: Transaction, person_id: int, audience: str, *, now: datetime) -> None:
    tx.run(
        """
        INSERT INTO carers (person_id, audience, joined_at) VALUES (:person_id, :audience, :now)
        ON CONFLICT (person_id, audience) DO NOTHING
        """,
        person_id=person_id,
        audience=audience,
        now=now,
    )


def audience(tx: Transaction, audience: str) -> list[Carer]:
    """The carers who joined it and can be reached."""
    rows = tx.all(
        """
        SELECT carers.person_id
        FROM   carers
        JOIN   people ON people.id = carers.person_id
        WHERE  carers.audience = :audience AND people.silent_since IS NULL
        ORDER  BY carers.person_id
        """,
        audience=audience,
    )
    return [Carer(row["person_id"]) for row in rows]


def _persons(tx: Transaction, condition: str, **values: object) -> list[Person]:
    """People with their present roles, in one look."""
    rows = tx.all(
        f"""
        SELECT people.*, roles.role, roles.district, duty.on_duty,
               EXISTS (SELECT 1 FROM carers WHERE carers.person_id = people.id) AS carer
        FROM   people
        LEFT   JOIN roles ON roles.person_id = people.id AND roles.ended_at IS NULL
        LEFT   JOIN duty  ON duty.person_id = people.id
        WHERE  {condition}
        ORDER  BY people.id, roles.id
        """,
        **values,
    )
    return [_person(tx, list(of_one)) for _, of_one in groupby(rows, key=lambda row: int(row["id"]))]


def _person(tx: Transaction, rows: Sequence[Row]) -> Person:
    """From one row a role, or from the single row of somebody without any."""
    row = rows[0]
    roles = tuple((each["role"], each["district"]) for each in rows if each["role"])
    name = seal.unseal(tx.vault.derived("names"), row["name"], of=NAME) if row["name"] else ""
    return Person(
        id=row["id"],
        language=row["language"],
        name=str(name),
        kind=row["kind"],
        roles=roles,
        on_duty=bool(roles and row["on_duty"]),
        silent_since=row["silent_since"],
        carer=bool(row["carer"]),
        zone=row["zone"],
        quiet_from=row["quiet_from"],
        quiet_to=row["quiet_to"],
    )
