"""What people tell stands unsealed nowhere: not on the disk, not in the log, not in the metrics, not in an alert."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio

from bot.core import texts
from bot.core.forms import FORMS
from bot.core.questions import Phone, Text
from bot.sandbox.chats import Message
from bot.sandbox.play import TOKEN
from tests.process.acts import alerted, asks_for_help, enters_a_case, reports_danger, takes
from tests.process.console import console
from tests.process.speech import CENTRE, UK
from tests.process.town import Registry, Somebody, Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLANTED = {
    "help story": "Бузинослава",
    "help phone": "671234561",
    "help story, never sent": "Калинодара",
    "safety address": "Терносвітна",
    "safety phone": "671234562",
    "safety story": "Ожиномира",
    "other family": "Шипшиненки",
    "other seen": "Горобинодав",
    "other phone": "671234563",
    "register name": "Дереномир",
    "register phone": "671234564",
    "register address": "Аґрусівська",
    "register story": "Смородинець",
    "notice about": "Глодоцвітенко",
    "notice phone": "671234568",
    "notice incoming": "Волосожарна-12",
    "close note": "Журавлинник",
    "note words": "Суничнобрід",
    "member who": "Чорнобривка",
    "member born": "1913-го",
    "member name": "Конвалієнко",
    "act act_no": "Фіалково-77",
    "training title": "Барвінкознавство",
    "training place": "Чебрецева",
    "news uk": "Любистковий",
    "news en": "Lovageton",
    "campaign uk": "Меліссоград",
    "campaign en": "Melissaville",
    "programme title": "Деревійознавство",
    "programme approved_by": "Звіробійницький",
    "study_group name": "Чистотілівці",
    "lesson place": "Подорожникова",
    "elsewhere certificate": "Пижмо-771",
    "elsewhere note": "Череденко",
    "partner own": "Мальвослава",
    "partner name": "Жоржинодар",
    "renamed name": "Айстромир",
    "link link": "lavandova-kimnata",
    "tell words": "Чорнобривчик",
    "guide uk": "Материнкотека",
    "guide en": "Oreganotheque",
    "return code": "polynova-zirka",
    "letter words": "Лепехослава",
    "code code": "barvinkova-brama",
    "second code": "lastivchyn-dakh",
    "contact phone": "671234565",
    "erase code": "zozulyne-misto",
    "reply words": "Меліссодвір",
    "child address": "Ліщинівська",
    "child phone": "671234566",
    "child trusted": "Калиноріна",
    "child story": "Вербодолина",
    "agreed phone": "671234567",
    "agreed address": "Ясенодубна",
    "plan_note words": "Верескодол",
    "plan_count words": "Деревійник",
    "plan_event words": "Нагідкосвіт",
    "information title": "Горицвітна",
    "a title of the plan": "Любисткоград",
    "an update that cannot be read": "Любистковець",
    "a resident's name": "Ромашковида",
    "a specialist's name": "Волошкодан",
}
ENTERED = {
    "name": f"{PLANTED['register name']} Вигаданий",
    "phone": f"0{PLANTED['register phone']}",
    "address": f"{PLANTED['register address']}, 7",
    "story": f"Просить про {PLANTED['register story']}",
}
GUIDE_SECTION, GUIDE_ITEM = "payments", "utilities"


@dataclass
class Told:
    """The town after everything was told, and what could be seen at each moment."""

    secrets: dict[str, str]
    numbers: list[str]
    before_take: dict[str, str] = field(default_factory=dict)
    metrics: str = ""
    log: str = ""
    found: dict[str, list[str]] = field(default_factory=dict)
    status: int = -1


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """With the log as talkative as it can be."""
    async with Town.opened(tmp_path_factory.mktemp("told"), registry, LOG_LEVEL="DEBUG") as town:
        yield town


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def told(town: Town) -> Told:
    brigade, specialist = await town.joins("brigade", "Олена"), await town.joins("specialist", "Петро")
    writer = await town.joins("specialist", PLANTED["a specialist's name"])
    head = await town.joins("head", "Марія")
    carer = await town.joins("carer", "Галина")
    school = await town.joins("partner", "Школа")
    residents = [await town.resident(PLANTED["a resident's name"]) for _ in range(6)]
    told = Told(dict(PLANTED), [])
    for place, resident in enumerate(residents):
        told.secrets[f"Telegram id of resident {place}"] = str(resident.id)

    helped = await asks_for_help(residents[0], story=PLANTED["help story"], contact="call", phone=_phone("help phone"))
    danger = await _tells_of_danger(residents[1], told)
    other = await _tells_of_another_family(residents[2])
    entered = await enters_a_case(writer, children=2, told=ENTERED)
    noticed = await _tells_the_centre(school)
    child = await _tells_as_a_child(residents[4])
    agreed = await _agrees_on_a_call(residents[5])
    told.numbers += [helped, danger, other, entered, noticed, child, agreed]
    await _leaves_unsent(residents[3])
    _sends_what_cannot_be_read(residents[3])

    for number in (danger, child, agreed):
        await alerted(brigade, number)
    for number in (helped, other, entered, noticed):
        await alerted(specialist, number)
    await town.rests()
    told.before_take = {each.phone.person.first_name: _seen(each) for each in (brigade, specialist)}

    await takes(brigade, danger)
    await _answers_her(brigade)
    await takes(specialist, other)
    await _fills_the_card(specialist, await takes(specialist, entered))
    await _closes(specialist, helped)
    await _plans_a_training(head, carer)
    await _keeps_programmes(head)
    await _shares_a_phone(carer)
    await _rewrites_the_guide(head)
    await _notes_in_the_plan(town, head)
    await _notes_some_work(head)
    await _writes_to_many(head)
    await _tries_a_wrong_code(residents[0], danger)
    await town.rests()

    told.metrics = await town.page("/metrics")
    told.found["running"] = list(_plain(town.data, told.secrets))
    told.status = await town.bot.stop()
    told.found["stopped"] = list(_plain(town.data, told.secrets))
    told.log = "\n".join(town.lines)
    return told


NO_WORDS = {
    "away name": "a colleague's first name, which is planted as such; the draft goes as soon as it is given",
    "return number": "a case's number, which is no personal word",
    "other source_detail": "asked only where a body is none of the list; stored with the rest of the form",
    "register source_detail": "as the one before",
}


@pytest.mark.safety("S22")
async def test_every_question_that_is_answered_in_words_has_a_planted_word() -> None:
    """A new question fails here until a word is planted in it."""
    asked = {f"{form.name} {question.name}" for form in FORMS.values() for question in form.questions
             if isinstance(question, Text | Phone)}  # fmt: skip
    assert asked - set(PLANTED) - set(NO_WORDS) == set()


@pytest.mark.safety("S22")
async def test_no_word_stands_unsealed_in_a_file_while_the_bot_runs(told: Told) -> None:
    assert told.found["running"] == []


@pytest.mark.safety("S22")
async def test_no_word_stands_unsealed_in_a_file_after_it_stopped(told: Told) -> None:
    assert told.status == 0
    assert told.found["stopped"] == []


@pytest.mark.safety("S22")
async def test_no_word_and_no_case_number_stands_in_the_log(told: Told) -> None:
    assert "update_failed" in told.log
    assert [what for what, word in told.secrets.items() if word.casefold() in told.log.casefold()] == []
    assert [number for number in told.numbers if f"К-{number}" in told.log or f"K-{number}" in told.log] == []


async def test_the_bots_token_stands_neither_in_the_log_nor_on_the_disk(told: Told, town: Town) -> None:
    secret = TOKEN.partition(":")[2]
    assert secret not in told.log
    assert [str(file) for file in _files(town.data) if secret.encode() in file.read_bytes()] == []


@pytest.mark.safety("S22")
async def test_no_word_and_no_case_number_stands_in_the_metrics(told: Told) -> None:
    assert "poruch_handled" in told.metrics
    assert [what for what, word in told.secrets.items() if word.casefold() in told.metrics.casefold()] == []
    assert [number for number in told.numbers if f"К-{number}" in told.metrics or f"K-{number}" in told.metrics] == []


@pytest.mark.safety("S26")
async def test_no_word_stands_in_an_alert_before_somebody_takes_the_case(told: Told) -> None:
    found = [
        (who, what) for who, seen in told.before_take.items() for what, word in told.secrets.items() if word in seen
    ]
    assert found == []


async def _tells_of_danger(resident: Somebody, told: Told) -> str:
    number = await reports_danger(resident)
    receipt = next(resident.all_heard(texts.CODE_IS_TOO))
    told.secrets["her code"] = receipt["code"]
    told.secrets["her code without dashes"] = receipt["code"].replace("-", "")
    await resident.writes("safety", "address", f"Вулиця {PLANTED['safety address']}, 5")
    await resident.writes("safety", "phone", _phone("safety phone"))
    for name in ("call", "children", "police", "home", "weapons", "forms"):
        await resident.moves("safety", name, texts.SKIP)
    await resident.writes("safety", "story", f"Мене звати {PLANTED['safety story']}")
    await resident.moves("safety", "cover", texts.ENOUGH)
    await resident.presses(texts.TO_CASE, message=await resident.phone.hears(UK(texts.THANKS_FOR_DETAILS)))
    await _writes_on(resident)
    return number


async def _writes_on(resident: Somebody) -> None:
    """In her own opened case: a letter, a code of her own, a second one, a number to call."""
    await resident.presses(texts.WRITE_TO_US)
    await resident.writes("letter", "words", f"Ще одне: {PLANTED['letter words']}")
    await resident.presses(texts.TO_CASE, message=await resident.phone.hears(UK(texts.WORDS_KEPT)))
    for page, form in ((texts.CHOOSE_CODE, "code"), (texts.SECOND_CODE, "second")):
        await resident.presses(texts.NUMBER_AND_CODE)
        await resident.presses(page)
        await resident.writes(form, "code", PLANTED[f"{form} code"])
    await resident.presses(texts.HOW_TO_WRITE)
    await resident.answers("contact", "write", "call")
    await resident.writes("contact", "phone", _phone("contact phone"))
    await resident.presses(texts.SEND, message=await resident.phone.hears(UK(texts.SUMMARY)))
    await resident.phone.hears(UK(texts.CONTACT_CHOSEN))
    await _reads_what_is_held(resident)


async def _reads_what_is_held(resident: Somebody) -> None:
    """All of it as a file, and a code to erase it that is none: the file too lies sealed on its way."""
    await resident.presses(texts.RIGHTS)
    await resident.presses(texts.WHAT_IS_HELD)
    await resident.phone.hears(UK(texts.CASE_DATA))
    await resident.presses(texts.ERASE)
    await resident.presses(texts.ERASE_YES)
    await resident.writes("erase", "code", PLANTED["erase code"])
    await resident.phone.hears(UK(texts.NOT_THE_CODE))


async def _answers_her(specialist: Somebody) -> None:
    await specialist.presses(texts.ANSWER_PERSON)
    await specialist.writes("reply", "words", f"Зустріньмося: {PLANTED['reply words']}")
    await specialist.presses(texts.SEND, message=await specialist.phone.hears(UK(texts.SUMMARY)))
    await specialist.hears(texts.REPLY_WAITS)


async def _tells_as_a_child(resident: Somebody) -> str:
    resident.says(UK(texts.UNDER_18))
    await resident.answers("child", "danger", "now")
    await resident.answers("child", "write", "yes")
    await resident.answers("child", "district", "center")
    number = (await resident.hears(texts.CHILD_RECEIPT)).number
    await resident.writes("child", "address", f"Вулиця {PLANTED['child address']}, 5")
    await resident.writes("child", "phone", _phone("child phone"))
    await resident.writes("child", "trusted", f"Тітка {PLANTED['child trusted']}")
    await resident.moves("child", "near", texts.SKIP)
    await resident.writes("child", "story", f"Тут {PLANTED['child story']}")
    await resident.phone.hears(UK(texts.THANKS_FOR_DETAILS))
    return number


async def _agrees_on_a_call(resident: Somebody) -> str:
    """First that somebody calls, then that the brigade comes instead."""
    number = await reports_danger(resident)
    await resident.moves("safety", "address", texts.ENOUGH)
    await resident.presses(texts.TO_CASE)
    for begin, step, name in ((texts.AGREE_A_CALL, "call", "phone"), (texts.AGREED_CHANGE, "brigade", "address")):
        await resident.presses(begin)
        await resident.answers("agreed", "step", step)
        await resident.writes("agreed", name, _phone("agreed phone") if name == "phone" else PLANTED["agreed address"])
        await resident.writes("agreed", "day", "24.12.2027")
        await resident.writes("agreed", "time", "21:40")
        await resident.hears(texts.AGREED_CALL if step == "call" else texts.AGREED_BRIGADE)
    return number


async def _tells_of_another_family(resident: Somebody) -> str:
    resident.says(UK(texts.OTHER_FAMILY))
    await resident.answers("other", "danger", "later")
    await resident.writes("other", "family", f"Родина {PLANTED['other family']}, другий поверх")
    await resident.answers("other", "district", "center")
    await resident.writes("other", "seen", f"Кричить {PLANTED['other seen']}")
    await resident.answers("other", "reporter", "third_person")
    await resident.writes("other", "phone", _phone("other phone"))
    await resident.answers("other", "consent", "yes")
    await resident.presses(texts.SEND, message=await resident.phone.hears(UK(texts.SUMMARY)))
    return (await resident.hears(texts.RECEIPT_OTHER)).number


async def _tells_the_centre(school: Somebody) -> str:
    school.says(UK(texts.TELL_CENTRE))
    await school.answers("notice", "danger", "later")
    await school.answers("notice", "district", "center")
    await school.writes("notice", "about", f"Родина {PLANTED['notice about']}, двоє дітей")
    await school.moves("notice", "children", texts.SKIP)
    await school.writes("notice", "phone", _phone("notice phone"))
    await school.writes("notice", "incoming", PLANTED["notice incoming"])
    await school.presses(texts.SEND, message=await school.phone.hears(UK(texts.SUMMARY)))
    return (await school.hears(texts.RECEIPT_NOTICE)).number


async def _leaves_unsent(resident: Somebody) -> None:
    resident.says(UK(texts.HELP_NEEDED))
    await resident.answers("help", "who", "me")
    await resident.answers("help", "need", "care")
    await resident.writes("help", "story", f"Тут {PLANTED['help story, never sent']}")
    await resident.asked("help", "district")


def _sends_what_cannot_be_read(resident: Somebody) -> None:
    """A message without most of what a message has."""
    broken = {"message_id": "?", "text": PLANTED["an update that cannot be read"], "chat": {"id": resident.id}}
    resident.phone.world.updates.put("message", broken)


async def _fills_the_card(specialist: Somebody, card: Message) -> None:
    """A note, somebody of the family, a visit with the form of its act and the number of the act."""
    await specialist.presses(texts.NOTES, message=card)
    await specialist.presses(texts.WRITE_NOTE)
    await specialist.writes("note", "words", f"Памʼятати: {PLANTED['note words']}")
    await specialist.presses(texts.TO_CARD)
    await specialist.presses(texts.HOUSEHOLD)
    await specialist.presses(texts.ADD_MEMBER)
    await specialist.answers("member", "kind", "adult")
    for name in ("who", "born", "name"):
        await specialist.writes("member", name, PLANTED[f"member {name}"])
    await specialist.presses(texts.TO_CARD)
    await specialist.presses(texts.PLAN_VISIT)
    await specialist.answers("visit", "kind", "needs_assessment")
    await specialist.writes("visit", "day", "24.12.2027")
    await specialist.presses("10:00", message=await specialist.asked("visit", "time"))
    await specialist.presses(texts.SEND, message=await specialist.phone.hears(UK(texts.SUMMARY)))
    await specialist.presses(texts.MAKE_ACT)
    await specialist.hears(texts.ACT_CAPTION_OUTSIDE)
    await specialist.presses(texts.HELD)
    await specialist.presses(texts.WRITE_ACT_NO)
    await specialist.writes("act", "act_no", PLANTED["act act_no"])
    await specialist.hears(texts.ACT_NOTED, act_no=PLANTED["act act_no"])


async def _closes(specialist: Somebody, number: str) -> None:
    card = await takes(specialist, number)
    await specialist.presses(texts.CLOSE_CASE, message=card)
    await specialist.answers("close", "outcome", "overcome")
    await specialist.answers("close", "closing", "overcome_or_minimised")
    await specialist.writes("close", "note", f"Подякувала {PLANTED['close note']}")
    await specialist.presses(texts.SEND, message=await specialist.phone.hears(UK(texts.SUMMARY)))
    await specialist.hears(texts.CASE_CLOSED, number=number)


async def _plans_a_training(head: Somebody, carer: Somebody) -> None:
    head.says(UK(texts.TRAININGS))
    await head.phone.hears()
    await head.presses(texts.NEW_TRAINING)
    await head.writes("training", "title", PLANTED["training title"])
    await head.answers("training", "audience", "foster_parents")
    await head.writes("training", "day", "24.12.2027")
    await head.presses("10:00", message=await head.asked("training", "time"))
    await head.presses("4", message=await head.asked("training", "hours"))
    await head.writes("training", "place", f"Зала {PLANTED['training place']}")
    await head.presses("12", message=await head.asked("training", "capacity"))
    await head.presses(texts.SEND, message=await head.phone.hears(UK(texts.SUMMARY)))
    await head.hears(texts.TRAINING_MADE, title=PLANTED["training title"])
    await carer.presses(texts.I_WILL_COME)
    await carer.hears(texts.TRAINING_YES, title=PLANTED["training title"])
    await head.presses(texts.MORE_OF_TRAINING)
    await head.presses(texts.DETAIL_LINK)
    await head.writes("link", "link", f"meet.example/{PLANTED['link link']}")
    await head.presses(texts.SEND, message=await head.phone.hears(UK(texts.SUMMARY)))
    await head.presses(texts.TELL_COMING)
    await head.writes("tell", "words", f"Візьміть {PLANTED['tell words']}")
    await head.presses(texts.SEND, message=await head.phone.hears(UK(texts.SUMMARY)))
    await carer.hears(texts.TRAINING_NEWS, title=PLANTED["training title"])


async def _keeps_programmes(head: Somebody) -> None:
    """A programme, its group with a session, and hours from elsewhere."""
    head.says(UK(texts.TRAININGS))
    for label in (texts.PROGRAMMES, texts.NEW_PROGRAMME):
        await head.presses(label)
    await head.writes("programme", "title", PLANTED["programme title"])
    await head.answers("programme", "kind", "foster_in_service")
    await head.answers("programme", "audience", "foster_parents")
    await head.presses("4", message=await head.asked("programme", "hours"))
    await head.writes("programme", "approved_on", "12.03.2025")
    await head.writes("programme", "approved_by", PLANTED["programme approved_by"])
    await head.moves("programme", "valid_until", texts.SKIP)
    await head.presses(texts.SEND, message=await head.phone.hears(UK(texts.SUMMARY)))
    await head.presses(texts.NEW_GROUP, message=await head.phone.hears(PLANTED["programme title"]))
    await head.writes("study_group", "name", PLANTED["study_group name"])
    card = await head.phone.hears(PLANTED["study_group name"])
    await head.presses("Галина", message=card)
    await head.presses(texts.PLAN_A_SESSION)
    await head.writes("lesson", "day", "24.12.2027")
    await head.presses("10:00", message=await head.asked("lesson", "time"))
    await head.writes("lesson", "place", PLANTED["lesson place"])
    await head.presses("12", message=await head.asked("lesson", "capacity"))
    await head.answers("lesson", "repeats", "once")
    await head.presses(texts.SEND, message=await head.phone.hears(UK(texts.SUMMARY)))
    head.says(UK(texts.TRAININGS))
    await head.presses(texts.BEHIND)
    listed = (await head.hears(texts.BEHIND_HEAD)).message
    await head.presses(next(label for label in listed.labels if label.startswith("Галина")), message=listed)
    await head.presses(texts.HOURS_ELSEWHERE)
    await head.presses("72", message=await head.asked("elsewhere", "hours"))
    await head.writes("elsewhere", "earned_on", "12.03.2025")
    await head.writes("elsewhere", "certificate", PLANTED["elsewhere certificate"])
    await head.writes("elsewhere", "note", PLANTED["elsewhere note"])
    await head.presses(texts.SEND, message=await head.phone.hears(UK(texts.SUMMARY)))
    await head.hears(texts.ELSEWHERE_NOTED)


async def _shares_a_phone(carer: Somebody) -> None:
    carer.says(UK(texts.VISITS_AND_TRAININGS))
    for label in (texts.ME_AND_PARTNER, texts.ADD_PARTNER):
        await carer.presses(label)
    await carer.writes("partner", "own", PLANTED["partner own"])
    await carer.writes("partner", "name", PLANTED["partner name"])
    shown = await carer.phone.hears(PLANTED["partner name"])
    await carer.presses(next(label for label in shown.labels if PLANTED["partner name"] in label), message=shown)
    await carer.writes("renamed", "name", PLANTED["renamed name"])
    await carer.phone.hears(PLANTED["renamed name"])


async def _rewrites_the_guide(head: Somebody) -> None:
    section = next(each for each in CENTRE.guide_sections if each.key == GUIDE_SECTION)
    item = next(each for each in CENTRE.guide if each.key == GUIDE_ITEM)
    head.says(UK(texts.GUIDE))
    for label in (section.name, item.title, texts.GUIDE_EDIT):
        await head.presses(label)
    await head.writes("guide", "uk", f"Тепер тут {PLANTED['guide uk']}")
    await head.writes("guide", "en", f"Now here is {PLANTED['guide en']}")
    await head.presses(texts.SEND, message=await head.phone.hears(UK(texts.SUMMARY)))
    await head.hears(texts.GUIDE_SAVED)


async def _notes_in_the_plan(town: Town, head: Somebody) -> None:
    """An event, a count and a mark, each with a note; the plan comes from a table outside of the data."""
    rows = (f"1.1,{PLANTED['a title of the plan']},on_request,director", "1.2,Щось інше,on_duty,director")
    (town.place / "plan.csv").write_text("\n".join(("item,title,periodicity,responsible", *rows)), encoding="utf-8")
    async with console(town) as commands:
        assert (await commands("plan", "import", "plan.csv")).status == 0
    for item, begins, form in (("1.1", texts.PLAN_HAPPENED, "plan_event"), ("1.2", texts.PLAN_SEVERAL, "plan_count")):
        head.says(UK(texts.PLAN))
        await head.presses(texts.PLAN_YEAR)
        await head.presses(texts.PLAN_SECTION(section="1"))
        await head.presses(texts.PLAN_ITEM(item=item))
        await head.presses(begins)
        if form == "plan_event":
            await head.moves(form, "day", texts.SKIP)
        else:
            await head.writes(form, "amount", "3")
        await head.writes(form, "words", PLANTED[f"{form} words"])
    await head.presses(texts.PLAN_ADD_NOTE)
    await head.writes("plan_note", "words", PLANTED["plan_note words"])
    await head.phone.hears(PLANTED["plan_note words"])


async def _notes_some_work(head: Somebody) -> None:
    """What the report counts as information work, with its title."""
    head.says(UK(texts.RECORDS))
    for label in (texts.INFORMATION, texts.INFORMATION_NEW):
        await head.presses(label)
    await head.answers("information", "kind", "booklets")
    await head.presses("10", message=await head.asked("information", "items"))
    await head.answers("information", "when", "today")
    await head.writes("information", "title", PLANTED["information title"])
    await head.phone.hears(PLANTED["information title"])


async def _writes_to_many(head: Somebody) -> None:
    """To the carer who is there; to those who joined news, of whom there is none, up to the preview."""
    ways = (("campaign", texts.NEWS_TO_SUBSCRIBERS, "for_families"), ("news", texts.NEWS_TO_CARERS, "foster_parents"))
    for form, entry, audience in ways:
        head.says(UK(texts.BROADCAST))
        await head.presses(entry)
        await head.answers(form, "audience", audience)
        await head.writes(form, "uk", f"Чекаємо у селі {PLANTED[f'{form} uk']}")
        await head.writes(form, "en", f"We meet in {PLANTED[f'{form} en']}")
        await head.answers(form, "when", "now")
        await head.presses(texts.NEWS_PREVIEW, message=await head.phone.hears(UK(texts.SUMMARY)))
    await head.presses(texts.NEWS_GO)


async def _tries_a_wrong_code(resident: Somebody, number: str) -> None:
    resident.says(UK(texts.MY_REQUESTS))
    await resident.presses(texts.OPEN_BY_CODE)
    await resident.writes("return", "number", number)
    await resident.writes("return", "code", PLANTED["return code"])
    await resident.answers("return", "safe", "yes")
    await resident.hears(texts.WRONG_CODE)


def _phone(what: str) -> str:
    return f"0{PLANTED[what]}"


def _seen(specialist: Somebody) -> str:
    everything = [*specialist.phone.chat.messages.values(), *specialist.phone.chat.deleted.values()]
    return "\n".join(message.text for message in everything)


def _files(data: Path) -> list[Path]:
    return [file for file in data.rglob("*") if file.is_file()]


def _plain(data: Path, secrets: dict[str, str]) -> Iterator[str]:
    """Where a secret stands as anybody could read it."""
    for file in _files(data):
        body = file.read_bytes()
        for what, word in secrets.items():
            if any(shape in body for shape in _shapes(word)):
                yield f"{what} in {file.name}"


def _shapes(word: str) -> set[bytes]:
    """The ways in which a program may write a word or a number."""
    spelled = {word, word.casefold(), word.upper()}
    shapes = {each.encode(coding) for each in spelled for coding in ("utf-8", "utf-16-le", "cp1251")}
    shapes |= {each.encode("unicode_escape") for each in spelled}
    return shapes | ({int(word).to_bytes(5, "big")} if word.isdecimal() and len(word) >= 10 else set())
