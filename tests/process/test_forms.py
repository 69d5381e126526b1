"""What a resident fills in, from the first press to the receipt, in both languages and across a restart."""

import re

import pytest

from bot.core import texts
from bot.core.buttons import Correct, decode
from bot.core.lines import Own
from bot.sandbox.chats import Message
from tests.process.acts import additions
from tests.process.speech import EN, UK, Speech
from tests.process.town import Somebody, Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

NUMBER = re.compile(r"[КK]-\d{4,8}")
ENTRIES = {
    "help": {"uk": "Потрібна допомога", "en": "I need help"},
    "safety": {"uk": "Безпека вдома", "en": "Safety at home"},
    "other": {"uk": "Допомога іншій сім'ї", "en": "Help for another family"},
}
"""Fixed by contract.md, section 6."""

both = pytest.mark.parametrize("speech", [UK, EN], ids=["uk", "en"])


def entry(form: str, speech: Speech) -> str:
    return ENTRIES[form][speech.language]


@both
async def test_help_is_asked_for_with_a_way_back_and_a_last_look(town: Town, speech: Speech) -> None:
    ana = await town.resident("Анна", speech)
    ana.says("/start")
    await ana.presses(entry("help", speech))
    await ana.answers("help", "who", "me")
    await ana.moves("help", "need", texts.BACK)
    assert (
        speech(texts.TICKED(label=Own(speech.option("help", "who", "me")))) in (await ana.asked("help", "who")).labels
    )
    await ana.answers("help", "who", "family")
    await ana.answers("help", "need", "money")
    await ana.moves("help", "story", texts.SKIP)
    await ana.answers("help", "district", "center")
    await ana.answers("help", "contact", "here")
    await ana.answers("help", "consent", "yes")

    summary = await ana.phone.hears(speech(texts.SUMMARY))
    assert speech.option("help", "who", "family") in summary.text
    assert speech(texts.SKIPPED) in summary.text
    ana.phone.presses(_edit_of("district", summary), message=summary)
    await ana.answers("help", "district", "sadovyi")
    summary = await ana.phone.hears(speech(texts.SUMMARY))
    assert speech.option("help", "district", "sadovyi") in summary.text
    ana.phone.presses(speech(texts.SEND), message=summary)

    receipt = await ana.hears(texts.RECEIPT_PLANNED)
    assert NUMBER.fullmatch(receipt["number"])
    assert speech(texts.NEXT_HERE) in receipt.message.text
    assert receipt.message.protected


@both
async def test_every_step_says_which_of_how_many_it_is(town: Town, speech: Speech) -> None:
    ana = await town.resident("Анна", speech)
    ana.says(entry("help", speech))
    first = await ana.asked("help", "who")
    assert speech(texts.STEP(step=1, of=6)) in first.text
    await ana.answers("help", "who", "me")
    second = await ana.asked("help", "need")
    assert speech(texts.STEP(step=2, of=6)) in second.text
    assert speech(texts.CANCEL) in second.labels


@both
@pytest.mark.safety("S04")
async def test_four_presses_and_no_word_report_danger(town: Town, speech: Speech) -> None:
    ana = await town.resident("Анна", speech)
    ana.says("/start")
    await ana.phone.hears(speech(texts.WELCOME))
    typed = len(ana.phone.said) + len([each for each in ana.phone.chat.deleted.values() if not each.from_bot])
    await ana.presses(entry("safety", speech))
    notice = await ana.asked("safety", "danger")
    assert speech(texts.DANGER_NUMBERS) in notice.text
    assert speech(texts.CONSENT_SHORT) in notice.text
    await ana.answers("safety", "danger", "now")
    await ana.answers("safety", "write", "yes")
    await ana.answers("safety", "district", "center")

    receipt = await _safety_receipt(ana)
    number = NUMBER.search(receipt)
    assert number is not None
    code = speech.pattern(texts.CODE_IS_TOO).search(receipt)
    assert code is not None
    assert code["number"] == number[0]
    assert len(code["code"]) >= 10
    assert speech(texts.CANNOT_COME) in receipt
    everything = [*ana.phone.chat.messages.values(), *ana.phone.chat.deleted.values()]
    assert len([each for each in everything if not each.from_bot]) == typed


@both
@pytest.mark.safety("S15")
async def test_everything_after_the_receipt_can_be_skipped(town: Town, speech: Speech) -> None:
    ana = await _in_additions(town, speech)
    for name in additions("safety"):
        await ana.moves("safety", name, texts.SKIP)
    await ana.phone.hears(speech(texts.THANKS_FOR_DETAILS))


@both
@pytest.mark.safety("S15")
async def test_one_press_ends_the_questions_after_the_receipt(town: Town, speech: Speech) -> None:
    ana = await _in_additions(town, speech)
    await ana.moves("safety", "address", texts.ENOUGH)
    await ana.phone.hears(speech(texts.THANKS_FOR_DETAILS))


@pytest.mark.safety("S04")
async def test_what_she_types_leaves_the_chat_as_soon_as_it_is_kept(town: Town) -> None:
    ana = await _in_additions(town, UK)
    typed = await ana.writes("safety", "address", "Вигадана вулиця, 5")
    await ana.asked("safety", "phone")
    await ana.phone.until(lambda: typed.deleted_at is not None, "is rid of what she typed")


@both
@pytest.mark.safety("S14")
async def test_help_is_asked_for_another_family(town: Town, speech: Speech) -> None:
    ivan = await town.resident("Іван", speech)
    ivan.says("/start")
    await ivan.presses(entry("other", speech))
    await ivan.answers("other", "danger", "later")
    await ivan.writes("other", "family", "Родина з другого поверху")
    await ivan.answers("other", "district", "verbove")
    await ivan.writes("other", "seen", "Діти самі вже другий день")
    await ivan.answers("other", "reporter", "other_body")
    await ivan.answers("other", "source", "education_school", {"reporter": "other_body"})
    await ivan.moves("other", "phone", texts.SKIP)
    await ivan.answers("other", "consent", "yes")
    summary = await ivan.phone.hears(speech(texts.SUMMARY))
    ivan.phone.presses(speech(texts.SEND), message=summary)
    receipt = await ivan.hears(texts.RECEIPT_OTHER)
    assert NUMBER.fullmatch(receipt["number"])


async def test_another_language_keeps_the_answers(town: Town) -> None:
    ana = await _half_way(town, UK)
    ana.says("/language")
    await ana.presses("English")
    ana.speech = EN
    await ana.answers("help", "district", "center")
    await ana.answers("help", "contact", "call")
    await ana.writes("help", "phone", "067 123 45 67")
    await ana.answers("help", "consent", "yes")
    await _sends_what_was_told_before(ana)


async def test_a_restart_in_the_middle_keeps_the_answers(town: Town) -> None:
    ana = await _half_way(town, EN)
    await ana.asked("help", "district")
    assert await town.restarts() == 0
    await ana.answers("help", "district", "center")
    await ana.answers("help", "contact", "call")
    await ana.writes("help", "phone", "067 123 45 67")
    await ana.answers("help", "consent", "yes")
    await _sends_what_was_told_before(ana)


def _edit_of(question: str, summary: Message) -> str:
    """The label of the button that leads back to that question."""
    meant = {str(button["text"]): decode(button["callback_data"]) for button in summary.buttons}
    return next(text for text, does in meant.items() if isinstance(does, Correct) and does.question == question)


async def _half_way(town: Town, speech: Speech) -> Somebody:
    ana = await town.resident("Анна", speech)
    ana.says(entry("help", speech))
    await ana.answers("help", "who", "child")
    await ana.answers("help", "need", "housing")
    await ana.writes("help", "story", "Протікає дах")
    await ana.asked("help", "district")
    return ana


async def _sends_what_was_told_before(ana: Somebody) -> None:
    summary = await ana.phone.hears(EN(texts.SUMMARY))
    assert EN.option("help", "who", "child") in summary.text
    assert EN.option("help", "need", "housing") in summary.text
    assert "Протікає дах" in summary.text
    ana.phone.presses(EN(texts.SEND), message=summary)
    await ana.hears(texts.RECEIPT_PLANNED)


async def _in_additions(town: Town, speech: Speech) -> Somebody:
    ana = await town.resident("Анна", speech)
    ana.says(entry("safety", speech))
    await ana.answers("safety", "danger", "later")
    await ana.answers("safety", "write", "yes")
    await ana.answers("safety", "district", "unknown")
    return ana


async def _safety_receipt(ana: Somebody) -> str:
    """Of the two receipts the one that is right now: somebody is on duty, or nobody."""
    kinds = [ana.speech.pattern(each) for each in (texts.RECEIPT, texts.RECEIPT_NOBODY)]
    message = await ana.phone.until(
        lambda: next((each for each in ana.phone.heard if any(kind.search(each.text) for kind in kinds)), None),
        "gets a receipt",
    )
    return message.text
