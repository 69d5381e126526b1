"""The card is a table of contents: what was done, who belongs to the family, what was passed on, one press away."""

import pytest

from bot.core.buttons import Mark, Page, encode
from handlers import history
from storage import cases, erasing
from storage.db import Transaction
from tests.people import Person, Town
from tests.stories.test_audit import logged
from tests.stories.test_forms import asks_for_help
from tests.stories.test_urgent import reports
from tests.stories.test_visits import plans


@pytest.fixture
async def taken(ana: Person, iryna: Person) -> None:
    """Iryna has Ana's case, which is not from the branch."""
    await asks_for_help(ana)
    await ana.presses("Send")
    await iryna.presses("Take")


async def adds(person: Person, kind: str, who: str, name: str = "", born: str = "") -> None:
    await person.presses("Add somebody")
    await person.presses(kind)
    await person.says(who)
    await (person.says(born) if born else person.presses("Skip"))
    await (person.says(name) if name else person.presses("Skip"))


async def notes(person: Person, words: str) -> None:
    await person.presses("Write a note")
    await person.says(words)


# Pages


@pytest.mark.usefixtures("taken")
async def test_a_page_is_turned_on_the_card_itself_and_back(iryna: Person) -> None:
    messages = len(iryna.heard)
    for page in ("History", "Notes", "Services", "Needs met", "Family", "Documents received", "Passing on"):
        await iryna.presses(page)
        assert f" · {page}\n" in iryna.last
        await iryna.presses("‹ The card")
        assert iryna.last.startswith("K-")
        assert "Team:" in iryna.last
    assert len(iryna.heard) == messages


@pytest.mark.usefixtures("taken")
async def test_services_are_counted_and_the_last_one_can_be_taken_back(iryna: Person, town: Town) -> None:
    await iryna.presses("Services")
    await iryna.presses("Counselling")
    await iryna.presses("Counselling × 1")
    await iryna.presses("Legal help")
    assert "Counselling × 2\nLegal help × 1" in iryna.last
    await iryna.presses("Take back the last one")
    assert "Legal help" not in iryna.last
    await iryna.presses("‹ The card")
    assert "Services · 2" in iryna.labels
    assert await town.count("services", "service = 'counselling' AND count = 1") == 2


@pytest.mark.usefixtures("taken")
async def test_nobody_takes_back_what_a_colleague_has_noted(iryna: Person, town: Town) -> None:
    await town.app.writer.transact(
        lambda tx: tx.run("INSERT INTO services (case_id, service, count, given_at) VALUES (1, 'informing', 3, :now)",
                          now=town.clock.at)
    )  # fmt: skip
    await iryna.presses("Services")
    assert "Informing × 3" in iryna.last
    await iryna.presses("Take back the last one")
    assert "Informing × 3" in iryna.last


@pytest.mark.usefixtures("taken")
async def test_needs_and_documents_are_ticked_and_unticked(iryna: Person, town: Town) -> None:
    await iryna.presses("Needs met")
    await iryna.presses("Housing")
    assert "✓ Housing" in iryna.labels
    await iryna.presses("✓ Housing")
    assert await town.count("needs_met") == 0
    await iryna.presses("Documents")
    await iryna.presses("‹ The card")
    await iryna.presses("Documents received")
    await iryna.presses("Tax number")
    assert await town.count("papers", "paper = 'tax_number'") == 1
    await iryna.presses("✓ Tax number")
    assert await town.count("papers") == 0
    await iryna.presses("‹ The card")
    assert {"Needs met · 1", "Documents received"} <= set(iryna.labels)


@pytest.mark.usefixtures("taken")
async def test_notes_stand_on_their_page_and_the_history_says_only_that_there_is_one(iryna: Person) -> None:
    await iryna.presses("Notes")
    for number in range(4):
        await notes(iryna, f"Note no. {number}")
    assert "Iryna: Note no. 3" in iryna.last
    assert "Note no. 0" not in iryna.last
    await iryna.presses("Earlier ›")
    assert "Note no. 0" in iryna.last
    await iryna.presses("‹ Later")
    await iryna.presses("‹ The card")
    assert "Notes · 4" in iryna.labels
    await iryna.presses("History")
    assert "Iryna: a note" in iryna.last
    assert "Note no." not in iryna.last


@pytest.mark.usefixtures("taken")
async def test_the_history_says_who_when_what_in_words(iryna: Person, town: Town) -> None:
    await iryna.presses("First contact made")
    await iryna.presses("Services")
    for _ in range(12):
        await iryna.presses(next(label for label in iryna.labels if label.startswith("Counselling")))
    await iryna.presses("‹ The card")
    await iryna.presses("History")
    assert "Mon 23 November, 11:00 · Iryna: service: Counselling" in iryna.last
    assert "came in" not in iryna.last
    await iryna.presses("Earlier ›")
    assert "Iryna: first contact" in iryna.last
    assert "Iryna: taken" in iryna.last
    assert "11:00 · came in" in iryna.last
    codes = await town.app.reader.look(lambda tx: tx.all("SELECT DISTINCT what FROM history"))
    assert not any(row["what"] in iryna.last for row in codes if "." in row["what"] or "_" in row["what"])


@pytest.mark.usefixtures("taken")
async def test_every_code_of_the_history_has_its_words(iryna: Person, town: Town) -> None:
    kinds = ("service.legal_help", "undone.legal_help", "need.legal", "need_off.legal", "paper.income",
             "paper_off.other", "letter.health", "sent.health", "duty.police", "step.call",
             "visit_not_held.moved_away", "agreed_set", "reason.divorce", "reason_off.divorce", "category.disability",
             "category_off.disability", "violence.physical", "violence_off.sexual", "main.economic", "victim.woman",
             "victim_off.man", "child.victim", "child_off.witness", "found.notify_police",
             "found_off.notify_child_services")  # fmt: skip
    codes = (*history.WHAT, *kinds)

    def happened(tx: Transaction) -> None:
        for code in codes:
            cases.note(tx, 1, code, by=None, now=town.clock.at)

    await town.app.writer.transact(happened)
    await iryna.presses("History")
    said = iryna.last
    while "Earlier ›" in iryna.labels:
        await iryna.presses("Earlier ›")
        said += f"\n{iryna.last}"
    assert "a change" not in said
    assert "_" not in said
    assert "a child or a life is in danger, so the law obliges us to tell: The police" in said
    await town.app.writer.transact(lambda tx: cases.note(tx, 1, "of another version", by=None, now=town.clock.at))
    await iryna.presses("‹ The card")
    await iryna.presses("History")
    assert iryna.last.splitlines()[2].endswith(" · a change")


@pytest.mark.usefixtures("taken")
async def test_a_card_with_everything_on_it_is_one_message(iryna: Person, town: Town) -> None:
    """The longest of everything; Telegram takes 4096 characters."""
    await iryna.presses("Notes")
    for _ in range(3):
        await notes(iryna, "Щ" * 1000)
    assert len(iryna.last) < 4096
    await iryna.presses("‹ The card")
    await iryna.presses("Family")
    for _ in range(9):
        await adds(iryna, "A child", "w" * 60, "n" * 100, "1" * 20)
    assert len(iryna.last) < 4096
    await iryna.presses("‹ The card")
    await iryna.presses("Services")
    for key in (item.key for item in town.app.centre.services):
        await town.hears(iryna.pressing_data(encode(Mark(1, "service", key)), iryna.heard[-1].id))
    assert len(iryna.last) < 4096
    await iryna.presses("‹ The card")
    assert "The roof leaks" in iryna.last
    assert len(iryna.last) < 1500


# The family


@pytest.mark.usefixtures("taken")
async def test_the_family_is_noted_one_by_one_and_the_register_counts_the_children(iryna: Person, town: Town) -> None:
    await iryna.presses("Family")
    assert "Nobody is noted yet." in iryna.last
    await adds(iryna, "An adult", "mother", "Maria Koval", "1986")
    await adds(iryna, "A child", "son", "Ivan")
    assert "1 adult, 1 child" in iryna.last
    assert "1. mother, born 1986, Maria Koval\n2. son, Ivan" in iryna.last
    assert await town.count("cases", "children = 1 AND unit = 'family'") == 1
    await adds(iryna, "A child", "daughter")
    await iryna.presses("Take out no. 2")
    assert "Ivan" not in iryna.last
    assert await town.count("cases", "children = 1") == 1


@pytest.mark.usefixtures("taken")
async def test_whoever_was_counted_and_is_not_named_is_counted_still(iryna: Person, town: Town) -> None:
    await town.app.writer.transact(lambda tx: tx.run("UPDATE cases SET children = 3"))
    await iryna.presses("Family")
    await adds(iryna, "A child", "son")
    await iryna.presses("Take out no. 1")
    assert await town.count("cases", "children = 3") == 1


@pytest.mark.safety("S25")
async def test_in_the_branch_names_of_the_family_lie_behind_the_glass(ana: Person, olena: Person, town: Town) -> None:
    await reports(ana)
    await olena.presses("Take")
    await olena.presses("Family")
    await adds(olena, "A child", "daughter", "Kvitoslava")
    assert "1. daughter" in olena.last
    assert "Kvitoslava" not in olena.last
    await olena.presses("‹ The card")
    await olena.presses("Name, address, phone")
    assert "1. daughter, Kvitoslava" in olena.last
    assert (2, "family") in await logged(town, "page")


# Passing on


@pytest.mark.safety("S20")
async def test_without_consent_and_without_danger_nothing_is_passed_on(ana: Person, olena: Person, town: Town) -> None:
    await tells_without_danger(ana)
    await olena.presses("Take")
    await olena.presses("Passing on")
    assert "The police: no consent, nothing is passed on." in olena.last
    await olena.presses("The police")
    assert "The text as a file" not in olena.labels
    for move in ("letter", "sent"):
        await town.hears(olena.pressing_data(encode(Mark(1, move, "police"))))
    assert await town.count("referrals") == 0
    await olena.presses("‹ Passing on")
    await olena.presses("Doctors")
    assert "A child or a life is in danger" not in olena.labels


@pytest.mark.safety("S20")
async def test_a_danger_to_a_child_or_a_life_is_told_without_consent_and_noted_who_decided(
    ana: Person, olena: Person, town: Town
) -> None:
    await tells_without_danger(ana)
    await olena.presses("Take")
    await olena.presses("Passing on")
    await olena.presses("Child services")
    await olena.presses("A child or a life is in danger")
    assert "the law obliges us" in olena.last
    await olena.presses("It has been sent")
    assert "Child services: sent Mon 23 November, 11:00." in olena.last
    assert await town.count("referrals", "body = 'child_services' AND sent_at IS NOT NULL") == 1
    assert await logged(town, "duty") == [(2, "child_services")]
    assert await logged(town, "passed_on") == [(2, "child_services")]


@pytest.mark.safety("S20")
async def test_her_consent_opens_one_body_and_no_other(ana: Person, olena: Person, town: Town) -> None:
    await tells_without_danger(ana)
    await town.app.writer.transact(
        lambda tx: tx.run(
            "INSERT INTO consents (case_id, kind, version, language, given_at) "
            "VALUES (1, 'pass_legal_aid', '2026-11-22', 'uk', :now)",
            now=town.clock.at,
        )
    )
    await olena.presses("Take")
    await olena.presses("Passing on")
    assert "Free legal aid: there is consent." in olena.last
    assert "Doctors: no consent, nothing is passed on." in olena.last
    await olena.presses("Free legal aid")
    await olena.presses("The text as a file")
    assert "Free legal aid: prepared, not sent yet." in olena.heard[-1].text + olena.heard[-2].text
    assert "Кому: Безоплатна правова допомога" in olena.read


@pytest.mark.safety("S20", "S21")
async def test_a_danger_now_without_a_child_is_told_to_the_police_and_not_to_child_services(
    ana: Person, olena: Person
) -> None:
    await reports(ana)
    await olena.presses("Take")
    await olena.presses("Passing on")
    assert "The police: the law obliges us, no consent is needed." in olena.last
    assert "Child services: no consent, nothing is passed on." in olena.last
    await ana.presses("Skip")
    await ana.presses("Skip")
    await ana.presses("Yes")
    await ana.presses("That is all")
    await olena.presses("‹ The card")
    await olena.presses("Passing on")
    assert olena.sees("Child services: the law obliges us, no consent is needed.")


@pytest.mark.safety("S01", "S26")
async def test_the_text_to_send_is_in_ukrainian_without_the_story_and_can_be_saved(ana: Person, olena: Person) -> None:
    await reports(ana)
    await ana.says("Shevchenka street 12")
    await ana.presses("That is all")
    await olena.presses("Take")
    await olena.presses("Passing on")
    await olena.presses("The police")
    await olena.presses("The text as a file")
    assert olena.read.startswith("Кому: Поліція\nВід: Демо-центр")
    assert "Постанова КМУ від 22.08.2018 № 658" in olena.read
    assert "Район: Центр" in olena.read
    assert "Shevchenka" not in olena.read
    assert (olena.file.file_name, olena.file.protected) == ("letter.txt", False)


async def test_the_page_says_from_when_and_by_when_the_law_wants_it(ana: Person, olena: Person) -> None:
    await reports(ana)
    await olena.presses("Take")
    await olena.presses("Passing on")
    await olena.presses("The police")
    assert "Clock: from Mon 23 November, 11:00 until Tue 24 November, 11:00." in olena.last
    assert "This term has not been checked by the centre yet." in olena.last


async def tells_without_danger(ana: Person) -> None:
    await ana.presses("Safety at home")
    await ana.presses("Not this minute")
    await ana.presses("Don't write. I will come back with a code")
    await ana.presses("Centre")


# Who may see and press


@pytest.mark.safety("S25")
async def test_a_colleague_turns_no_page_and_marks_nothing(
    ana: Person, olena: Person, petro: Person, town: Town
) -> None:
    await reports(ana)
    await olena.presses("Take")
    sent = len(petro.chat.sent)
    for page in ("history", "notes", "services", "needs", "family", "papers", "refer", "refer.police", "card"):
        await town.hears(petro.pressing_data(encode(Page(1, page))))
        assert town.telegram.toasts[-1] == "You have no access to this."
    for kind, key in (
        ("service", "informing"),
        ("need", "legal"),
        ("sent", "police"),
        ("form", "note"),
        ("step", "call"),
    ):
        await town.hears(petro.pressing_data(encode(Mark(1, kind, key))))
        assert town.telegram.toasts[-1] == "You have no access to this."
    assert len(petro.chat.sent) == sent


@pytest.mark.safety("S25")
async def test_the_head_reads_the_pages_for_the_reason_given_within_the_hour_and_marks_nothing(
    ana: Person, olena: Person, head: Person, town: Town
) -> None:
    await reports(ana)
    await olena.presses("Take")
    await town.hears(head.pressing_data(encode(Page(1, "notes"))))
    assert town.telegram.toasts[-1] == "You have no access to this."
    await head.says(f"/case {olena.last.split(' ')[0]}")
    await head.presses("Supervision")
    await head.presses("Notes")
    assert "There are no notes yet." in head.last
    assert "Write a note" not in head.labels
    await head.presses("‹ The card")
    await head.presses("Services")
    assert head.last.endswith("Nothing is noted yet.")
    assert (3, "notes") in await logged(town, "page")
    await head.presses("‹ The card")
    assert (3, "supervision") in await logged(town, "opened")
    history = head.pressing("History")
    await town.passes(minutes=75)
    await town.hears(history)
    assert town.telegram.toasts[-1] == "You have no access to this."


@pytest.mark.safety("S16")
async def test_in_the_branch_no_documents_are_collected(ana: Person, olena: Person, town: Town) -> None:
    await reports(ana)
    await olena.presses("Take")
    assert "Documents received" not in olena.labels
    await town.hears(olena.pressing_data(encode(Page(1, "papers")), olena.heard[-1].id))
    assert "Documents are not collected in such cases." in olena.last
    await town.hears(olena.pressing_data(encode(Mark(1, "paper", "passport"))))
    assert "Documents are not collected in such cases." in town.telegram.toasts[-1]
    assert await town.count("papers") == 0


@pytest.mark.usefixtures("taken")
async def test_what_is_no_item_of_a_list_is_not_noted(iryna: Person, town: Town) -> None:
    for kind in ("service", "need", "paper", "step", "nothing"):
        await town.hears(iryna.pressing_data(encode(Mark(1, kind, "tickle"))))
        assert town.telegram.toasts[-1].startswith("This button no longer works.")
    for table in ("services", "needs_met", "papers", "tasks"):
        assert await town.count(table) == 0


# The end


@pytest.mark.usefixtures("taken")
async def test_before_it_is_closed_it_says_what_is_still_open_and_then_the_visit_is_off(
    iryna: Person, town: Town
) -> None:
    await iryna.presses("Plan a visit")
    await plans(iryna)
    await town.hears(iryna.pressing_data(encode(Mark(1, "step", "call"))))
    await iryna.presses("Close the case")
    assert "Still open" not in iryna.last
    for label in ("Reduced", "Overcome or reduced", "Skip"):
        await iryna.presses(label)
    assert "Still open, and over when you send this:" in iryna.last
    assert "Call, Thu 26 November, 11:00" in iryna.last
    assert "the visit: Fri 27 November, 14:00" in iryna.last
    await iryna.presses("Send")
    assert await town.count("visits", "state = 'planned'") == 0
    sent = len(iryna.chat.sent)
    await town.passes(days=5)
    assert not [message.text for message in iryna.chat.sent[sent:] if "K-" in message.text]


@pytest.mark.usefixtures("taken")
async def test_a_case_without_a_next_step_is_looked_at_again_and_another_takes_its_place(
    iryna: Person, town: Town
) -> None:
    await iryna.presses("First contact made")
    assert "Next: Look at it again, Wed 25 November, 8:00." in iryna.last
    await town.hears(iryna.pressing_data(encode(Mark(1, "step", "visit_again"))))
    assert "Next: Go there again, Wed 25 November, 11:00." in iryna.last


@pytest.mark.safety("S23")
@pytest.mark.usefixtures("taken")
async def test_erasing_lets_go_of_family_notes_and_the_words_of_the_act(iryna: Person, town: Town) -> None:
    await iryna.presses("Family")
    await adds(iryna, "A child", "son", "Ivan")
    await iryna.presses("‹ The card")
    await iryna.presses("Notes")
    await notes(iryna, "A word")
    await iryna.presses("‹ The card")
    await iryna.presses("Passing on")
    await iryna.presses("The police")
    await iryna.presses("A child or a life is in danger")
    await iryna.presses("The text as a file")
    card = len(iryna.heard)

    def erase(tx: Transaction) -> None:
        case = cases.by_id(tx, 1)
        assert case is not None
        erasing.erase(tx, case, now=town.clock.at)

    await town.app.writer.transact(erase)
    await town.settles()
    assert await town.count("household") == 0
    assert await town.count("history", "note IS NOT NULL") == 0
    assert len(iryna.heard) < card
    assert not any(message.file_name for message in iryna.heard)
    await town.hears(iryna.pressing_data(encode(Page(1, "family"))))
    assert not iryna.sees("Ivan")


# What she reads of it


@pytest.mark.safety("S29")
@pytest.mark.usefixtures("taken")
async def test_her_own_file_tells_her_of_family_services_and_that_there_are_notes(ana: Person, iryna: Person) -> None:
    await iryna.presses("Family")
    await adds(iryna, "A child", "son", "Ivan")
    await iryna.presses("‹ The card")
    await iryna.presses("Notes")
    await notes(iryna, "A word of mine")
    await iryna.presses("‹ The card")
    await iryna.presses("Services")
    await iryna.presses("Counselling")
    await iryna.presses("Shelter")
    await iryna.presses("‹ The card")
    await iryna.presses("Passing on")
    await iryna.presses("The police")
    await iryna.presses("A child or a life is in danger")
    await iryna.presses("It has been sent")
    await ana.says("/mydata")
    assert "Your family, as we noted it:\n1. son, Ivan" in ana.read
    assert "What was done:\nCounselling × 1\nPassed on to: The police" in ana.read
    assert "1 note of our specialists." in ana.read
    assert "A word of mine" not in ana.read
    assert "Shelter" not in ana.read
