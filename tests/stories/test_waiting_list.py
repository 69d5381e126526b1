"""The line for a seat: a place in it, an offer that ends, and never one seat too many."""

import random

import pytest

from storage import learners, people
from storage.db import Transaction
from tests.people import Person, Town
from tests.stories.test_trainings import invites

OFFER = "A seat is free: “Attachment and loss”, Sat 5 December, 10:00. Library hall. We hold it for you until {until}."


async def carers(town: Town, *names: str) -> list[Person]:
    return [await town.carer(name, language="en") for name in names]


async def full(town: Town, head: Person, *names: str, seats: str = "1") -> list[Person]:
    """The first of them have the seats, the others wait, in this order."""
    found = await carers(town, *names)
    await invites(head, seats=seats)
    for each in found[: int(seats)]:
        await each.presses("I will come")
    for each in found[int(seats) :]:
        await shown(each)
        await each.presses("Wait for a seat")
    return found


async def shown(person: Person) -> None:
    await person.says("Visits and trainings")
    await person.presses("Sat 5 December, 10:00 · Attachment and loss")


async def test_whoever_waits_is_told_the_place_and_offered_the_seat_that_frees(head: Person, town: Town) -> None:
    halyna, nadia, roman = await full(town, head, "Halyna", "Nadia", "Roman")
    assert "Your place in the line: 1." in nadia.last
    assert "Your place in the line: 2." in roman.last
    await halyna.presses("I can't")
    assert nadia.last == OFFER.format(until="Tue 24 November, 11:00")
    await shown(roman)
    assert "Your place in the line: 1." in roman.last
    await nadia.presses("I take it")
    assert nadia.last == "You will come: “Attachment and loss”, Sat 5 December, 10:00. Library hall."
    await town.passes(days=2)
    assert await town.count("seats", "answer = 'yes'") == 1
    assert "A seat is free" not in roman.last


async def test_no_and_silence_pass_the_offer_on(head: Person, town: Town) -> None:
    halyna, nadia, roman, vira = await full(town, head, "Halyna", "Nadia", "Roman", "Vira")
    await halyna.presses("I can't")
    await nadia.presses("No, thank you")
    assert "Understood, you can't come" in nadia.last
    assert roman.last == OFFER.format(until="Tue 24 November, 11:00")
    await town.passes(days=1)
    assert roman.last.startswith("There was no answer, so the seat is no longer held for you")
    assert vira.last == OFFER.format(until="Wed 25 November, 11:00")
    await roman.presses("Wait for a seat")
    await vira.presses("No, thank you")
    assert "A seat is free" in roman.last


async def test_an_offered_seat_is_held_against_everybody_else(head: Person, town: Town) -> None:
    halyna, _ = await full(town, head, "Halyna", "Nadia")
    stranger = await town.carer("Olha", language="en")
    await halyna.presses("I can't")
    old = halyna.pressing("Work")
    await town.hears(old)
    assert "I will come" not in halyna.heard[-1].buttons
    assert "Wait for a seat" in halyna.heard[-1].buttons
    assert not any("Attachment" in message.text for message in stranger.heard)


async def test_a_press_on_an_old_screen_does_not_jump_the_line(head: Person, town: Town) -> None:
    found = await carers(town, "Halyna", "Nadia", "Roman")
    halyna, nadia, roman = found
    await invites(head, seats="1")
    old = roman.pressing("I will come")
    await halyna.presses("I will come")
    await shown(nadia)
    await nadia.presses("Wait for a seat")
    await halyna.presses("I can't")
    town.clock.at = town.clock.at.replace(day=24, hour=9)  # the offer is over, and its bell has not rung yet
    await town.hears(old)
    assert town.telegram.toasts[-1] == "Sorry, all seats are taken."
    await nadia.presses("I take it")
    assert "You will come" in nadia.last


async def test_nobody_is_offered_a_seat_at_night(head: Person, town: Town) -> None:
    halyna, nadia = await full(town, head, "Halyna", "Nadia")
    await town.passes(hours=11)  # 22:00
    await halyna.presses("I can't")
    assert "A seat is free" not in nadia.last
    await town.passes(hours=9, minutes=50)
    assert "A seat is free" not in nadia.last
    await town.passes(minutes=15)
    assert nadia.last == OFFER.format(until="Wed 25 November, 8:00")


async def test_more_who_wait_than_seats_that_free_keep_their_order(head: Person, town: Town) -> None:
    chance = random.Random(7)
    have, wait = [f"Has {n}" for n in range(3)], [f"Waits {n}" for n in range(8)]
    found = await full(town, head, *have, *wait, seats="3")
    order = found[3:]
    for each in found[:3]:
        await each.presses("I can't")
    told = [each for each in order if "A seat is free" in each.last]
    assert told == order[:3]
    chance.shuffle(told)
    for each in told:
        await each.presses("No, thank you")
    assert [each for each in order if "A seat is free" in each.last] == order[3:6]


async def test_fifty_press_at_once_for_the_last_seats_and_the_line_keeps_their_order(head: Person, town: Town) -> None:
    """Of fifty presses in one moment three have a seat; the rest wait in the order in which they pressed."""
    chance = random.Random(5)
    found = await carers(town, *(f"Carer {n}" for n in range(50)))
    await invites(head, seats="3")
    chance.shuffle(found)
    await town.hears(*(each.pressing("I will come") for each in found))
    assert await town.count("seats", "answer = 'yes'") == 3
    late = found[3:]
    chance.shuffle(late)
    await town.hears(*(each.pressing("Wait for a seat") for each in late))
    assert await town.count("seats", "answer = 'wait'") == 47
    sitting = found[:3]
    for turn in range(15):
        await town.hears(*(each.pressing("I can't") for each in sitting))
        offered = [each for each in late if "A seat is free" in each.last]
        assert offered == late[turn * 3 : turn * 3 + 3]
        await town.hears(*(each.pressing("I take it") for each in chance.sample(offered, 3)))
        assert await town.count("seats", "answer = 'yes'") == 3
        sitting = offered


async def test_freed_seats_are_raced_for_and_never_given_twice(head: Person, town: Town) -> None:
    """Those who are offered, those who wait and those on old screens press together."""
    chance = random.Random(11)
    found = await full(town, head, *(f"Carer {n}" for n in range(20)), seats="5")
    old = {each: each.pressing("I can't") for each in found[:5]}
    for _ in range(6):
        sitting = [each for each in found if "You will come" in each.last]
        leaves = chance.sample(sitting, min(2, len(sitting)))
        presses = [each.pressing("I can't") for each in leaves]
        for each in found:
            ways = [way for way in ("I take it", "I will come", "Wait for a seat") if way in each.heard[-1].buttons]
            presses += [each.pressing(chance.choice(ways))] if ways else []
        chance.shuffle(presses)
        await town.hears(*presses)
        taken = await town.count("seats", "answer = 'yes' OR offered_until IS NOT NULL")
        assert taken <= 5
        waiting = await town.count("seats", "answer = 'wait' AND offered_until IS NULL")
        assert taken == 5 or not waiting
        await town.passes(hours=1)
    assert old


async def test_an_offer_that_could_not_leave_is_made_once_more(head: Person, town: Town) -> None:
    halyna, nadia = await full(town, head, "Halyna", "Nadia")
    await head.says("On duty")
    await head.presses("Air-raid alarm")
    await halyna.presses("I can't")
    await town.passes(hours=25)
    assert "A seat is free" not in nadia.last
    await head.says("On duty")
    await head.presses("All clear")
    await town.passes(minutes=15)
    assert nadia.last == OFFER.format(until="Wed 25 November, 11:00")


async def test_whoever_cannot_be_reached_is_passed_over_and_keeps_the_place(head: Person, town: Town) -> None:
    halyna, nadia, roman = await full(town, head, "Halyna", "Nadia", "Roman")
    town.telegram.chats[nadia.id].blocked = True
    await halyna.presses("I can't")
    assert "A seat is free" in roman.last
    town.telegram.chats[nadia.id].blocked = False
    await nadia.says("/start")
    await roman.presses("No, thank you")
    await shown(nadia)
    assert "A seat is free" in nadia.last


async def test_whoever_has_everything_erased_frees_the_seat(head: Person, town: Town) -> None:
    halyna, nadia = await full(town, head, "Halyna", "Nadia")
    await halyna.says("/mydata")
    await halyna.presses("Erase what is held about me")
    await halyna.presses("Yes, erase")
    await town.passes(days=7, hours=1)
    assert any("A seat is free" in message.text for message in nadia.chat.sent)


async def test_whoever_waited_in_vain_is_told_while_the_day_can_still_be_used(head: Person, town: Town) -> None:
    halyna, nadia = await full(town, head, "Halyna", "Nadia")
    sent = len(nadia.chat.sent)
    await town.passes(days=6)
    await halyna.presses("Yes, I will")
    await town.passes(days=5, hours=20, minutes=45)  # Saturday, 7:45
    assert len(nadia.chat.sent) == sent
    await town.passes(hours=6)
    told = "No seat has become free this time: “Attachment and loss”, Sat 5 December, 10:00. Thank you for waiting."
    assert [message.text for message in nadia.chat.sent[sent:]] == [told]


async def test_a_training_that_moves_or_is_off_ends_the_line(head: Person, town: Town) -> None:
    halyna, nadia = await full(town, head, "Halyna", "Nadia")
    await halyna.presses("I can't")
    assert "A seat is free" in nadia.last
    await head.presses("Cancel it")
    assert nadia.last == "The training “Attachment and loss”, Sat 5 December, 10:00, is cancelled."
    sent = len(nadia.chat.sent)
    await town.passes(days=2)
    assert len(nadia.chat.sent) == sent


@pytest.mark.parametrize("language", ["uk", "en"])
async def test_the_reason_is_one_press_and_may_be_left_out(head: Person, town: Town, language: str) -> None:
    halyna = await town.carer("Halyna", language=language)
    await invites(head)
    await halyna.presses({"uk": "Не зможу", "en": "I can't"}[language])
    assert await town.count("seats", "answer = 'no' AND reason IS NULL") == 1
    await halyna.presses({"uk": "Догляд за дітьми", "en": "Child care"}[language])
    assert await town.count("seats", "answer = 'no' AND reason = 'children'") == 1
    assert list(halyna.heard[-1].buttons) == [{"uk": "Буду", "en": "I will come"}[language]]


async def test_another_date_is_a_wish_and_shows_the_next_one(head: Person, town: Town) -> None:
    halyna = await town.carer("Halyna", language="en")
    await invites(head)
    await head.says("Trainings")
    await head.presses("New training")
    await head.says("Attachment and loss")
    await head.presses("Foster parents")
    for word in ("12.12", "10:00"):
        await head.says(word)
    await head.presses("4")
    for word in ("Library hall", "12"):
        await head.says(word)
    await head.presses("Send")
    await shown(halyna)
    await halyna.presses("Another date")
    assert halyna.last.endswith(
        "Noted: you would like another date.\n\nThis training will be held again. If a day suits you, choose it below."
    )
    await halyna.presses("Sat 12 December, 10:00 · Attachment and loss")
    await halyna.presses("I will come")
    assert halyna.last.startswith("You will come: “Attachment and loss”, Sat 12 December")


async def test_two_who_share_a_phone_wait_and_answer_each_for_themselves(head: Person, town: Town) -> None:
    """One of them has the seat, the other waits behind somebody else."""
    halyna, nadia = await carers(town, "Halyna", "Nadia")

    def second(tx: Transaction) -> None:
        me = people.meet(tx, halyna.id, kind="private", language="uk", now=town.clock.at)
        learners.name(tx, learners.of_person(tx, me.id)[0].id, "Halyna")
        learners.add(tx, me.id, "Ivan", now=town.clock.at)

    await town.app.writer.transact(second)
    await invites(head, seats="1")
    await halyna.presses("Halyna: I will come")
    await shown(nadia)
    await nadia.presses("Wait for a seat")
    await halyna.presses("Ivan: Wait for a seat")
    assert halyna.last.endswith("Halyna: I will come\nIvan: I am waiting for a seat")
    await halyna.presses("Halyna: I can't")
    assert "A seat is free" in nadia.last
    await nadia.presses("No, thank you")
    assert "A seat is free" in halyna.last
    await halyna.presses("Ivan: I take it")
    assert halyna.last.endswith("Halyna: I can't\nIvan: I will come")
    assert await town.count("seats", "answer = 'yes'") == 1
