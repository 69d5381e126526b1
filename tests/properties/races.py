"""Several who want the same case in the same moment: presses, the head, an operator's command, she herself."""

import asyncio
import random
from typing import Literal, get_args

from bot.core.buttons import Claim, Give, Lease, Own, encode
from tests.people import Person
from tests.properties.rounds import Rounds

Kind = Literal["takes", "given", "revoked", "withdrawn"]
KINDS: tuple[Kind, ...] = get_args(Kind)
CASE = 1
MOST = 4


async def run(life: Rounds, kind: Kind, chance: random.Random) -> str:
    """What became of the case: taken, given, waiting or withdrawn. Whoever does not have it does not read so."""
    takers = chance.sample(life.at_work("specialist", "head", "deputy"), 3)
    presses = [each.pressing_data(encode(Claim(CASE))) for each in takers]
    if kind == "given":
        to = life.numbers[chance.choice(life.at_work("specialist")).id]
        presses[0] = life.people["Daria"].pressing_data(encode(Give(CASE, to)))
    if kind == "withdrawn":
        presses[0] = life.people["Ana"].pressing_data(encode(Own(CASE, "rights.withdraw_yes")))
    chance.shuffle(presses)
    before = _written(life)
    await _at_once(life, presses, takers[0] if kind == "revoked" and takers[0].name != "Maria" else None, chance)
    after = _written(life)
    one_only(life)
    assert after["claimed"] - before["claimed"] <= 1, f"{kind}: taken twice"
    case = life.rows("SELECT * FROM cases WHERE id = :id", id=CASE)[0]
    if case["withdrawn_at"] is not None:
        return "withdrawn"
    assert case["claimed_by"] is not None or kind == "revoked", f"{kind}: nobody has it"
    return "given" if after["given"] > before["given"] else "taken" if case["claimed_by"] else "waiting"


async def _at_once(
    life: Rounds, presses: list[dict[str, object]], leaves: Person | None, chance: random.Random
) -> None:
    """Handled one by one, while the operator ends somebody's work somewhere in between."""
    await life.town.keeps([{"update_id": next(life.town._updates), **press} for press in presses[:2]])
    both = [life.town.app.worker.turn(), *([life.revokes(leaves)] if leaves else [])]
    chance.shuffle(both)
    await asyncio.gather(*both)
    await life.does(*presses[2:])


def one_only(life: Rounds) -> None:
    """Nobody but the holder still has «is yours» on the screen."""
    case = life.rows("SELECT * FROM cases WHERE id = :id", id=CASE)[0]
    holder = life.who(case["claimed_by"])
    for person in life.staff:
        reads = person.sees(f"K-{case['number']} is yours")
        assert not reads or person is holder, f"{person.name} reads that the case is theirs, and {holder} has it"


async def waits_again(life: Rounds) -> None:
    """As before the race: in the queue, and as many at work."""
    case = life.rows("SELECT * FROM cases WHERE id = :id", id=CASE)[0]
    if case["withdrawn_at"] is not None:
        await life.presses(life.people["Ana"], Own(CASE, "rights.go_on"))
        case = life.rows("SELECT * FROM cases WHERE id = :id", id=CASE)[0]
    holder = life.who(case["claimed_by"])
    if holder is not None:
        await life.presses(holder, Lease(CASE, "busy"))
    await life.passes(1)
    for name, role in (("Iryna", "specialist"), ("Sofia", "specialist"), ("Zoia", "deputy")):
        person = life.people[name]
        if person not in life.at_work(role):
            await life.says(person, f"/start {await life.town.invites(role)}")


def _written(life: Rounds) -> dict[str, int]:
    """How often the case was taken, and how often given."""
    whats = [row["what"].partition(".")[0] for row in life.rows("SELECT what FROM history WHERE case_id = 1")]
    return {what: whats.count(what) for what in ("claimed", "given")}
