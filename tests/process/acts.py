"""Whole acts that several stories begin with: a report, a request, a case that somebody has taken."""

from collections.abc import Mapping

from bot.core import texts
from bot.core.forms import FORMS
from bot.sandbox.chats import Message
from tests.process.town import Somebody, Town

ALERTS = tuple(words for name, words in vars(texts).items() if name.startswith("ALERT_"))


async def reports_danger(resident: Somebody, *, write: str = "yes", district: str = "center") -> str:
    """The urgent path; the digits of the case."""
    resident.says(resident.speech(texts.SAFETY_AT_HOME))
    await resident.answers("safety", "danger", "now")
    await resident.answers("safety", "write", write)
    await resident.answers("safety", "district", district)
    kinds = (texts.RECEIPT, texts.RECEIPT_NOBODY)
    receipt = await resident.phone.until(
        lambda: next(
            (heard for kind in kinds for heard in resident.all_heard(kind, since=resident.phone.chat.acted)), None
        ),
        "gets a receipt",
    )
    return receipt.number


def additions(form: str, *, but: tuple[str, ...] = (), write: str = "yes") -> list[str]:
    """The questions after the receipt, as far as they apply to somebody who skips them, in their order."""
    questions = FORMS[form].applying({"write": write})
    names = [question.name for question in questions]
    return [name for name in names[names.index(FORMS[form].files_after) + 1 :] if name not in but]


async def asks_for_help(resident: Somebody, *, story: str = "", contact: str = "here", phone: str = "") -> str:
    """«I need help» with the answer in this chat; the digits of the case."""
    resident.says(resident.speech(texts.HELP_NEEDED))
    await resident.answers("help", "who", "me")
    await resident.answers("help", "need", "care")
    if story:
        await resident.writes("help", "story", story)
    else:
        await resident.moves("help", "story", texts.SKIP)
    await resident.answers("help", "district", "center")
    await resident.answers("help", "contact", contact)
    if contact == "call":
        await resident.writes("help", "phone", phone)
    await resident.answers("help", "consent", "yes")
    await resident.presses(texts.SEND, message=await resident.phone.hears(resident.speech(texts.SUMMARY)))
    return (await resident.hears(texts.RECEIPT_PLANNED)).number


async def enters_a_case(writer: Somebody, *, children: int, told: Mapping[str, str] | None = None) -> str:
    """Staff enter what reached them by phone, for the team; `told` are the typed answers. The digits of the case."""
    writer.says(writer.speech(texts.ENTER_A_CASE))
    await writer.answers("register", "intake", "self_referral")
    await writer.answers("register", "urgency", "planned")
    await writer.answers("register", "violence", "no")
    await writer.moves("register", "category", texts.SKIP)
    await writer.answers("register", "district", "center")
    await writer.answers("register", "unit", "person")
    await writer.presses(str(children), message=await writer.asked("register", "children"))
    for name in ("name", "phone", "address", "story"):
        if told and name in told:
            await writer.writes("register", name, told[name])
        else:
            await writer.moves("register", name, texts.SKIP)
    await writer.answers("register", "for_whom", "queue")
    await writer.presses(texts.SEND, message=await writer.phone.hears(writer.speech(texts.SUMMARY)))
    return (await writer.hears(texts.RECEIPT_STAFF)).number


async def alerted(specialist: Somebody, number: str) -> Message:
    """The alert of that case, with its button."""
    heard = await specialist.phone.until(
        lambda: next(
            (
                heard
                for kind in ALERTS
                for heard in specialist.all_heard(kind, number=number)
                if specialist.speech(texts.TAKE) in heard.message.labels
            ),
            None,
        ),
        f"is told of {number}",
    )
    return heard.message


async def takes(specialist: Somebody, number: str) -> Message:
    """The case is this person's; the card."""
    await specialist.presses(texts.TAKE, message=await alerted(specialist, number))
    await specialist.hears(texts.YOU_TOOK, number=number)
    return (await specialist.hears(texts.CARD, number=number)).message


async def a_case_with_its_taker(town: Town, resident: Somebody, specialist: Somebody) -> tuple[str, Message]:
    """The digits of a case that asks for help, and the card in the specialist's chat."""
    number = await asks_for_help(resident)
    card = await takes(specialist, number)
    await town.rests()
    return number, card
