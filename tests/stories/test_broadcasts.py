"""One text to many: only to those who joined, shown before it goes, stopped at a press, and silent for who is busy."""

from pathlib import Path

import pytest
from telegram.error import BadRequest

from bot.core.profile import ProfileError, find, load
from handlers.broadcasts import PIECE
from storage import broadcasts, people, subscribers
from storage.db import Transaction
from tests.people import Person, Town
from tests.stories.test_urgent import reports

TEXT = "У суботу о 12:00 зустріч родин у бібліотеці."
ENGLISH = "On Saturday at 12:00 families meet in the library."


@pytest.fixture
async def halyna(town: Town) -> Person:
    return await town.carer("Halyna", "foster_parents", language="en")


async def writes(head: Person, whom: str = "To those who joined the news", to: str = "Events for families") -> None:
    """Up to the preview."""
    await head.says("Broadcast")
    await head.presses(whom)
    await head.presses(to)
    await head.says(TEXT)
    await head.says(ENGLISH)
    await head.presses("As soon as I say so")
    await head.presses("Show how it will look")


async def joins(person: Person, news: str = "Events for families") -> None:
    await person.says("Visits and trainings")
    await person.presses("Centre news")
    await person.presses(news)
    await person.presses("Join")


async def joined(town: Town, *names: str) -> list[Person]:
    people = [town.person(name) for name in names]
    for person in people:
        await person.says("/start")
        await person.speaks("en")
        await joins(person)
    return people


def got(person: Person) -> list[str]:
    return [each.text for each in person.chat.sent if each.text in (TEXT, ENGLISH)]


@pytest.mark.safety("S01")
async def test_joining_says_that_it_shows_on_the_lock_screen(ana: Person) -> None:
    await ana.says("Visits and trainings")
    await ana.presses("Centre news")
    await ana.presses("Events for families")
    assert "A message shows on the lock screen" in ana.last
    await ana.presses("Join")
    assert ana.last.endswith("You have joined.")
    await ana.presses("Centre news")
    assert "✓ Events for families" in ana.labels
    await ana.presses("✓ Events for families")
    await ana.presses("Leave the news")
    assert "Join" in ana.labels


@pytest.mark.safety("S08")
async def test_only_who_joined_gets_it_and_in_their_language(head: Person, town: Town, ana: Person) -> None:
    (lida,) = await joined(town, "Lida")
    ivan = town.person("Ivan")
    await ivan.says("/start")
    await joins_in_ukrainian(ivan)
    await writes(head)
    assert "For: Events for families. Recipients: 2." in head.last
    await head.presses("Send")
    await town.passes(minutes=1)
    assert got(lida) == [ENGLISH]
    assert got(ivan) == [TEXT]
    assert got(ana) == []


async def joins_in_ukrainian(person: Person) -> None:
    for label in ("Візити і навчання", "Новини центру", "Події для родин", "Приєднатися"):
        await person.presses(label)


async def test_the_preview_is_the_message_itself_and_a_test_goes_to_the_sender_alone(head: Person, town: Town) -> None:
    (lida,) = await joined(town, "Lida")
    await writes(head)
    assert head.heard[-2].text == ENGLISH
    assert "Send me no more of these" in head.heard[-2].buttons
    await head.presses("Send to me")
    await town.passes(minutes=1)
    assert got(head) == [ENGLISH, ENGLISH]
    assert got(lida) == []


async def test_one_press_under_the_message_ends_it(head: Person, town: Town) -> None:
    (lida,) = await joined(town, "Lida")
    await writes(head)
    await head.presses("Send")
    await town.passes(minutes=1)
    await lida.presses("Send me no more of these")
    assert "We no longer write to you about “Events for families”." in lida.last
    await writes(head)
    assert "Nobody has joined yet" in head.last
    await head.presses("Send")
    assert "Nobody has joined yet, so there is nobody to send it to." in town.telegram.toasts


@pytest.mark.safety("S09")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("16 днів проти насильства", "насильства."),
        ("Подзвоніть у поліцію, коли небезпечно", "поліцію, небезпечно."),
        ("Реєстрація: www.x.ua", "www.x."),
        ("Ваше звернення К-4823", "К-4823."),
    ],
)
async def test_words_that_tell_are_refused_for_news_that_residents_get(head: Person, words: str, told: str) -> None:
    await head.says("Broadcast")
    await head.presses("To those who joined the news")
    await head.presses("16 days")
    await head.says(words)
    assert "This will show on lock screens" in head.last
    assert f"say it without: {told}" in head.last
    await head.says(TEXT)
    assert "This will show on lock screens" not in head.last


async def test_carers_get_what_concerns_them_and_nobody_else_does(
    head: Person, halyna: Person, ana: Person, town: Town
) -> None:
    await writes(head, "To carers", "Foster parents")
    await head.presses("Send")
    await town.passes(minutes=1)
    assert got(halyna) == [ENGLISH]
    assert got(ana) == []
    assert "Send me no more of these" not in halyna.labels


async def test_the_foster_care_specialist_writes_to_carers_only(head: Person, town: Town) -> None:
    vira = await town.staff("Vira", "foster_care", language="en")
    await joined(town, "Lida")
    await writes(head)
    await vira.says("Broadcast")
    assert "To those who joined the news" not in vira.labels
    assert not any("Events for families" in label for label in vira.labels)
    await town.hears(vira.pressing_data(head.heard[-1].buttons["Send"], vira.heard[-1].id))
    await town.passes(minutes=1)
    assert await town.count("broadcasts", "state = 'draft'") == 1


@pytest.mark.safety("S07", "S08")
async def test_who_is_in_the_branch_gets_nothing_meanwhile_and_gets_it_later(head: Person, town: Town) -> None:
    lida, ivan = await joined(town, "Lida", "Ivan")
    await writes(head)
    await lida.says("Safety at home")
    await head.presses("Send")
    await town.passes(minutes=30)
    assert (got(lida), got(ivan)) == ([], [ENGLISH])
    assert "Sent: 1 · waiting: 1" in head.last
    await lida.says("stop")
    await town.passes(minutes=30)
    assert got(lida) == [ENGLISH]
    assert "is over." in head.last


@pytest.mark.safety("S08")
async def test_a_report_of_violence_changes_nothing_about_news(head: Person, town: Town) -> None:
    lida, ivan = await joined(town, "Lida", "Ivan")
    await lida.says("/start")
    await reports(lida)
    await lida.says("stop")
    await writes(head)
    await head.presses("Send")
    await town.passes(minutes=30)
    assert got(lida) == got(ivan) == [ENGLISH]


async def test_the_sender_sees_how_far_it_is_in_one_message(head: Person, town: Town) -> None:
    lida, ivan, olha = await joined(town, "Lida", "Ivan", "Olha")
    olha.chat.blocked = True
    await writes(head)
    await head.presses("Send")
    assert head.last == "Broadcast no. 1 begins now."
    place = head.heard[-1].id
    await town.passes(minutes=30)
    over = head.chat.standing[place]
    assert over.edited
    assert over.text == ("Broadcast no. 1 is over.\nSent: 2 · waiting: 0 · not delivered: 0 · closed the bot: 1")
    await head.presses("Whom it did not reach")
    assert "We keep no names of those who joined the news." in head.last
    assert await town.count("broadcast_people") == 0
    assert got(lida) == got(ivan) == [ENGLISH]


async def test_carers_whom_it_did_not_reach_are_named(head: Person, halyna: Person, town: Town) -> None:
    await town.carer("Stefa", "foster_parents", language="en")
    halyna.chat.blocked = True
    await writes(head, "To carers", "Foster parents")
    await head.presses("Send")
    await town.passes(minutes=30)
    assert "Sent: 1 · waiting: 0 · not delivered: 0 · closed the bot: 1" in head.last
    await head.presses("Whom it did not reach")
    assert head.last == "Halyna: has closed the bot. A phone call is needed."


async def test_stop_ends_what_waits_and_says_how_many_had_gone(head: Person, town: Town) -> None:
    lida, ivan = await joined(town, "Lida", "Ivan")
    await writes(head)
    await lida.says("Safety at home")
    await head.presses("Send")
    await town.passes(minutes=1)
    await town.passes(minutes=1)
    assert "▓▓▓▓▓░░░░░ 50 %" in head.last
    await head.presses("Stop")
    assert head.last == "Broadcast no. 1 is stopped. It had already gone to: 1. It does not go to: 1."
    await lida.says("stop")
    await town.passes(hours=2)
    assert (got(lida), got(ivan)) == ([], [ENGLISH])
    assert head.last == "Broadcast no. 1 is stopped. It had already gone to: 1. It does not go to: 1."
    await head.says("Broadcast")
    assert "No. 1 · Events for families · stopped" in head.labels


async def test_after_going_back_to_a_backup_nobody_gets_it_again(head: Person, town: Town) -> None:
    people = await joined(town, "Lida", "Ivan")
    await writes(head)
    await head.presses("Send")
    await town.app.writer.transact(lambda tx: broadcasts.drop_stale(tx, now=town.clock.at))
    await town.passes(minutes=30)
    assert [got(each) for each in people] == [[], []]
    await head.says("Broadcast")
    assert "No. 1 · Events for families · called off" in head.labels


async def test_who_leaves_before_it_is_sent_does_not_get_it(head: Person, town: Town) -> None:
    lida, ivan = await joined(town, "Lida", "Ivan")
    await writes(head)
    await lida.says("Safety at home")
    await head.presses("Send")
    await town.passes(minutes=1)
    await lida.says("stop")
    await lida.says("Visits and trainings")
    await lida.presses("Centre news")
    await lida.presses("✓ Events for families")
    await lida.presses("Leave the news")
    await town.passes(hours=1)
    assert (got(lida), got(ivan)) == ([], [ENGLISH])


async def test_nothing_goes_in_the_quiet_hours(head: Person, town: Town) -> None:
    (lida,) = await joined(town, "Lida")
    await town.passes(hours=11)
    await writes(head)
    assert "We do not write at night: it goes Tue 24 November, 8:00." in head.last
    await head.presses("Send")
    assert head.last == "Broadcast no. 1 goes Tue 24 November, 8:00."
    await town.passes(hours=9)
    assert got(lida) == []
    await town.passes(hours=2)
    assert got(lida) == [ENGLISH]


async def test_it_is_planned_for_a_day_and_called_off(head: Person, town: Town) -> None:
    (lida,) = await joined(town, "Lida")
    await head.says("Broadcast")
    await head.presses("To those who joined the news")
    await head.presses("Events for families")
    await head.says(TEXT)
    await head.presses("Skip")
    await head.presses("Later")
    await head.says("25.11")
    await head.presses("10:00")
    await head.presses("Show how it will look")
    assert "It goes Wed 25 November, 10:00." in head.last
    await head.presses("Plan it")
    assert head.last == "Broadcast no. 1 goes Wed 25 November, 10:00."
    await head.presses("Call it off")
    assert head.last == "Broadcast no. 1 is called off. Nobody got it."
    await town.passes(days=3)
    assert got(lida) == []


async def test_change_brings_the_form_back_with_its_answers(head: Person, town: Town) -> None:
    (lida,) = await joined(town, "Lida")
    await writes(head)
    await head.presses("Change it")
    assert TEXT in head.last
    await head.presses("Show how it will look")
    await head.presses("Send")
    await town.passes(minutes=1)
    assert got(lida) == [ENGLISH]
    assert await town.count("broadcasts", "state = 'cancelled'") == 1


async def test_a_restart_in_the_middle_sends_nothing_twice(head: Person, town: Town) -> None:
    people = await joined(town, "Lida", "Ivan", "Olha")
    await writes(head)
    await head.presses("Send")
    await town.restarts()
    await town.passes(minutes=15)
    await town.restarts()
    await town.passes(minutes=30)
    assert [got(each) for each in people] == [[ENGLISH]] * 3


async def test_a_large_one_goes_in_pieces_and_each_gets_it_once(head: Person, town: Town) -> None:
    many = 2 * PIECE + 50

    def join(tx: Transaction) -> None:
        for number in range(many):
            person = people.meet(tx, 5000 + number, kind="private", language="uk", now=town.clock.at)
            subscribers.join(tx, person.id, "for_families", now=town.clock.at)

    await town.app.writer.transact(join)
    await writes(head)
    assert f"Recipients: {many}." in head.last
    await head.presses("Send")
    reached = []
    for _ in range(4):
        await town.passes(minutes=1)
        reached.append(await town.count("broadcast_people", "state = 'sent'"))
    assert reached[:2] == [PIECE, 2 * PIECE]
    assert f"Sent: {many} · waiting: 0" in head.last
    assert all([each.text for each in town.telegram.chats[5000 + number].sent] == [TEXT] for number in range(many))


async def test_the_page_lists_what_was_written_and_how_it_stands(head: Person, halyna: Person, town: Town) -> None:
    town.telegram.faults = []
    for press in ("", "Send", "Call it off"):
        await writes(head, "To carers", "Foster parents")
        if press:
            await head.presses(press)
    await head.says("Broadcast")
    assert [each for each in head.labels if each.startswith("No. ")] == [
        "No. 3 · Foster parents · called off",
        "No. 2 · Foster parents · planned",
        "No. 1 · Foster parents · not sent",
    ]
    town.telegram.faults = [BadRequest("Message text is strange")]
    await town.passes(minutes=30)
    assert got(halyna) == []
    await head.says("Broadcast")
    await head.presses("No. 2 · Foster parents · sent")
    assert head.last.endswith("Sent: 0 · waiting: 0 · not delivered: 1 · closed the bot: 0")
    await head.presses("Whom it did not reach")
    assert head.last == "Halyna: Telegram did not take it."


async def test_what_has_gone_cannot_be_changed_any_more(head: Person, halyna: Person, town: Town) -> None:
    await writes(head, "To carers", "Foster parents")
    change = head.pressing("Change it")
    await head.presses("Send")
    await town.hears(change)
    assert "This broadcast is no longer there." in town.telegram.toasts
    await town.passes(minutes=1)
    assert got(halyna) == [ENGLISH]
    await head.says("Broadcast")
    assert any(label.endswith("on its way") for label in head.labels)


async def test_who_stopped_writing_here_hears_no_progress(head: Person, town: Town) -> None:
    (lida,) = await joined(town, "Lida")
    await writes(head)
    await head.presses("Send")
    await town.app.writer.transact(lambda tx: people.dismiss(tx, 1, now=town.clock.at))
    sent = len(head.chat.sent)
    await town.passes(minutes=30)
    assert got(lida) == [ENGLISH]
    assert len(head.chat.sent) == sent


@pytest.mark.safety("S29")
async def test_my_data_shows_what_was_joined_and_erasing_leaves_it(head: Person, town: Town) -> None:
    (lida,) = await joined(town, "Lida")
    await lida.says("/mydata")
    assert "News that you joined: Events for families" in lida.read
    await lida.presses("Erase what is held about me")
    await lida.presses("Yes, erase")
    await town.passes(days=8)
    assert await town.count("subscribers") == 0
    await writes(head)
    assert "Nobody has joined yet" in head.last


async def test_a_centre_without_such_news_shows_no_button(tmp_path: Path) -> None:
    async with Town(tmp_path, centre="kalush") as town:
        ana = town.person("Ana")
        await ana.says("/start")
        await ana.presses("Візити і навчання")
        assert "Новини центру" not in ana.labels


def test_a_profile_names_no_news_that_tells(tmp_path: Path) -> None:
    words = find("demo").read_text(encoding="utf-8").replace('uk = "16 днів"', 'uk = "16 днів проти насильства"')
    (tmp_path / "ours.toml").write_text(words, encoding="utf-8")
    with pytest.raises(ProfileError, match="campaigns"):
        load(tmp_path / "ours.toml")
