"""Random lives of one training: answers, the line, silence, outages, blocked chats; the seats after each step.

Never one seat too many; no seat lies free while somebody who could be asked waits; offers go out in the line's order;
nobody is reminded of one training twice a day.
"""

import random
from collections import Counter
from datetime import datetime, timedelta

import pytest

from bot.core import trainings as rules
from bot.core.reminders import Hours
from storage.db import Row
from tests.people import Person, Town
from tests.stories.test_trainings import invites

PEOPLE, STEPS = 9, 70
CALLED = "Attachment and loss"
ANSWERS = (
    "I will come", "I can't", "Another date", "Wait for a seat", "I don't want to wait", "I take it", "No, thank you",
    "Yes, I will", "Wait at the head of the line", "Work",
)  # fmt: skip
REMINDED = ("Reminder: ", "Soon: ", "This reminder comes later")


async def seats(town: Town) -> list[Row]:
    sql = (
        "SELECT seats.*, people.silent_since FROM seats JOIN people ON people.id = seats.person_id "
        "ORDER BY waits_since, seats.id"
    )
    return await town.app.reader.look(lambda tx: tx.all(sql))


async def session(town: Town) -> Row:
    return (await town.app.reader.look(lambda tx: tx.all("SELECT * FROM sessions")))[0]


async def looked_at(town: Town, before: set[tuple[int, int]], *, head_of_line: bool) -> set[tuple[int, int]]:
    """The rules; which offers there are now."""
    found, training = await seats(town), await session(town)
    offered = [each for each in found if each["answer"] == "wait" and each["offered_until"]]
    waits = [each for each in found if each["answer"] == "wait" and not each["offered_until"]]
    taken = sum(each["answer"] == "yes" for each in found) + len(offered)
    assert taken <= training["capacity"]
    reachable = [each for each in waits if each["silent_since"] is None]
    if taken < training["capacity"] and reachable and training["state"] == "planned":
        until = rules.offer_until(town.clock.at, training["starts_at"], Hours(town.app.centre.zone))
        assert until is None, "a seat lies free and somebody waits"
    for each in offered:
        new = (each["id"], each["version"]) not in before
        overtaken = [other for other in reachable if other["waits_since"] < each["waits_since"]]
        assert not (new and overtaken and not head_of_line), "the line was not kept"
    return {(each["id"], each["version"]) for each in offered}


async def acts(town: Town, chance: random.Random, carers: list[Person]) -> bool:
    """One to four of them press something that stands on their screens; whether somebody went to the line's head."""
    presses, labels = [], []
    for each in chance.sample(carers, chance.randint(1, 4)):
        known = [label for label in each.labels if label in ANSWERS]
        if known:
            labels.append(chance.choice(known))
            presses.append(each.pressing(labels[-1]))
    await town.hears(*presses)
    return "Wait at the head of the line" in labels


async def time_passes(town: Town, chance: random.Random) -> None:
    """Hours; or the bot is away for a time; or it begins anew."""
    kind = chance.random()
    if kind < 0.7:
        await town.passes(hours=chance.choice((1, 2, 3, 6, 9)))
    elif kind < 0.9:
        town.clock.at += timedelta(hours=chance.choice((2, 7, 13, 30)))
        await town.ticks()
    else:
        await town.restarts()


def reminders(each: Person) -> int:
    return sum(message.text.startswith(REMINDED) and CALLED in message.text for message in each.chat.sent)


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_happens_no_seat_is_given_twice_and_none_lies_free(town: Town, seed: int) -> None:
    chance = random.Random(seed)
    head = await town.staff("Maria", "head", language="en")
    carers = [await town.carer(f"Carer {n}", language="en") for n in range(PEOPLE)]
    await invites(head, seats=str(chance.choice((1, 2, 4))))
    offers: set[tuple[int, int]] = set()
    heard: Counter[tuple[str, str]] = Counter()
    for _ in range(STEPS):
        first = await acts(town, chance, carers)
        offers = await looked_at(town, offers, head_of_line=first)
        before = {each.name: (reminders(each), town.clock.at) for each in carers}
        if chance.random() < 0.1:
            gone = chance.choice(carers)
            gone.chat.blocked = not gone.chat.blocked
            if not gone.chat.blocked:
                await gone.says("/start")
        await time_passes(town, chance)
        if (await session(town))["starts_at"] <= town.clock.at:
            break
        offers = await looked_at(town, offers, head_of_line=True)
        for each in carers:
            count(heard, each, *before[each.name], town.clock.at, town)
    assert max(heard.values(), default=0) <= 1


def count(
    heard: Counter[tuple[str, str]], each: Person, had: int, since: datetime, until: datetime, town: Town
) -> None:
    """What came in a step within one day counts for that day."""
    days = {town.app.centre.wall_clock(at).date().isoformat() for at in (since, until)}
    if len(days) == 1:
        heard[each.name, days.pop()] += reminders(each) - had
    else:
        assert reminders(each) - had <= len(days)
