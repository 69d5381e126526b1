"""The rules bite: a message that breaks one is found, whoever writes it. Each rule has its bad example."""

from datetime import UTC, datetime

import pytest

from bot.core import texts
from bot.core.buttons import Campaign, Enter, Leave, Own
from bot.core.cases import shown
from bot.core.events import Button, Edit, Guard, Message, News, Overwrite, Push, Send, Show
from bot.core.lines import NOTHING, Line, Sentence, Wording, paragraphs
from bot.core.lines import Own as Words
from bot.core.profile import find, load
from bot.core.safety import Permit
from bot.core.whom import Asker, Subscriber
from bot.run.language import Languages
from tests.discretion import rules
from tests.discretion.said import Put, Said, all_buttons, wordings

CENTRE = load(find("demo"))
LANGUAGES = Languages(CENTRE)
HER = Asker(1)
NUMBER = shown("4823")
LEAVE = ((Button(texts.LEAVE_NOW, Leave()),),)
NOON = datetime(2026, 11, 23, 10, tzinfo=UTC)
PLAIN = {"protect": False, "silent": False}


def said(message: Message, kind: str = "resident", *, asked: bool = True, **given: object) -> Said:
    parts = given.pop("wordings", wordings(message))
    return Said(message, kind, asked, CENTRE, LANGUAGES, parts, all_buttons(message), **given)  # type: ignore[arg-type]


def put(text: str, *, op: str = "send", branch: bool = False, **body: object) -> tuple[Put, ...]:
    return (Put(op, {"text": text, **PLAIN, **body}, branch),)


def pushed(words: Wording, row: tuple[Put, ...] = (), *, in_words: bool = False) -> Said:
    message = Push(1, Permit(NOON, words=in_words), 1, "reply", words)
    return said(message, asked=False, wordings=(words,), puts=row)


def sent(words: str, **given: bool) -> Send:
    return Send(HER, Sentence(words), **given)  # type: ignore[arg-type]


def told_many(words: str, move: str) -> Said:
    under = ((Button(texts.NEWS_NO_MORE, Campaign("days16", move)),),)
    return said(News(Subscriber(1), Words(words), under, "news:1", Guard("news:1", 1, 1)), asked=False)


BAD: list[tuple[rules.Rule, Said]] = [
    (rules.only_the_gate_reaches_her, said(sent("Hello"), asked=False)),
    (rules.only_the_gate_reaches_her, said(Edit(HER, "menu", texts.MENU), asked=False)),
    (rules.from_the_branch_a_push_is_a_cover, pushed(Words("До вас виїхала бригада"))),
    (rules.from_the_branch_a_push_is_a_cover, pushed(texts.GUIDE_UPDATED, put("Something else"))),
    (
        rules.from_the_branch_a_push_is_a_cover,
        pushed(texts.GUIDE_UPDATED, put("The guide has an update.", protect=True)),
    ),
    (rules.an_ordinary_push_has_no_word_of_violence, pushed(Sentence("About violence"), in_words=True)),
    (rules.news_tell_nothing_and_can_be_left, told_many("16 днів проти насильства", "stop")),
    (rules.news_tell_nothing_and_can_be_left, told_many("Зустріч родин", "show")),
    (rules.the_outside_is_a_guide, said(sent("Help against abuse"))),
    (rules.the_outside_is_a_guide, said(Send(HER, texts.MENU, ((Button(Sentence("Shelter"), Enter("x")),),)))),
    (rules.one_can_leave_from_every_screen_of_the_branch, said(Show(HER, "x", texts.WORDS_KEPT, branch=True))),
    (rules.the_branch_is_silent, said(Send(HER, texts.WORDS_KEPT, LEAVE, branch=True), puts=put("x", branch=True))),
    (rules.what_tells_of_the_branch_is_swept, said(Send(HER, Line("{n}", {"n": NUMBER})), of_branch=("4823",))),
    (rules.it_is_kind, said(sent("Why did you not leave earlier?"))),
    (rules.it_is_kind, said(sent("You should leave."), "carer")),
    (
        rules.an_alert_carries_number_district_danger_and_deadline,
        said(Send(HER, Line("{name}", {"name": Words("Олена П.")})), "staff", asked=False, names=("Олена",)),
    ),
    (
        rules.an_alert_carries_number_district_danger_and_deadline,
        said(Send(HER, paragraphs(texts.STILL_WAITS, Sentence("Blows, pushing, choking"))), "staff", asked=False),
    ),
    (
        rules.an_alert_carries_number_district_danger_and_deadline,
        said(Send(HER, CENTRE.needs[0].name), "staff", asked=False),
    ),
    (rules.a_carer_hears_of_trainings_only, said(Send(HER, Line("{n}", {"n": NUMBER})), "carer", asked=False)),
    (rules.a_group_hears_number_team_and_deadline, said(Send(HER, texts.MENU), "group")),
    (rules.nobody_reads_what_others_wrote, said(Send(HER, Words("зелені двері")), secret=("зелені двері",))),
    (rules.a_case_number_is_not_passed_on, said(Send(HER, NUMBER), puts=put("К-4823"))),
    (rules.phones_can_be_passed_on, said(Send(HER, texts.DANGER_NUMBERS), puts=put("Call 102 or 15-47", protect=True))),
    (rules.nothing_is_a_link, said(sent("See https://a.example"))),
    (rules.nobody_is_shouted_at, said(sent("Done!"), "staff")),
    (rules.names_of_commands_and_files_are_neutral, said(sent(""), puts=put("", op="file", name="violence.txt"))),
    (
        rules.names_of_commands_and_files_are_neutral,
        said(sent(""), puts=(Put("commands", {"names": {"police": "Police"}}, branch=False),)),
    ),
    (rules.what_covers_old_messages_is_harmless, said(Overwrite(1, (1,)), puts=put("Бригада їде", op="overwrite"))),
]
GOOD: list[Said] = [
    said(Send(HER, texts.MENU), puts=put("What would you like to see?")),
    said(
        Show(HER, "own:1", texts.REQUEST_LINE(number=NUMBER, opened=NOON, state=texts.STATE_NEW), LEAVE, branch=True),
        puts=put("К-4823", op="show", branch=True, protect=True, silent=True),
        of_branch=("4823",),
    ),
    said(Send(HER, Words("He said: you should leave, abuse, why did you?!"))),
    pushed(texts.GUIDE_UPDATED, put("The guide has an update.", op="push")),
    told_many("Зустріч родин у бібліотеці", "stop"),
    said(Send(HER, texts.WRITE_TO_ME_IN_PRIVATE), "group"),
    said(
        Send(HER, texts.ALERT_URGENT(number=NUMBER, district=CENTRE.districts[0].name, by=NOON)),
        "staff",
        asked=False,
        puts=put("К-4823", protect=True),
    ),
    said(Send(HER, texts.OPEN_CARD, ((Button(texts.TO_CASE, Own(1, "show")),),)), "staff"),
    said(Send(HER, NOTHING)),
]


@pytest.mark.parametrize(("rule", "bad"), BAD, ids=lambda each: getattr(each, "__name__", ""))
def test_a_message_that_breaks_a_rule_is_found(rule: rules.Rule, bad: Said) -> None:
    assert list(rule(bad))
    assert rules.faults(bad)


@pytest.mark.parametrize("good", GOOD)
def test_a_message_that_breaks_none_is_left_alone(good: Said) -> None:
    assert not rules.faults(good)


def test_every_rule_has_its_bad_example() -> None:
    assert {rule for rule, _ in BAD} == set(rules.RULES)
