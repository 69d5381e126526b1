"""What must hold of every message, by whom it is for. A rule looks at one message and says what is wrong with it.

Nothing here names a flow: a message that is new tomorrow is judged by its reader, its cause and its marks.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bot.core import discretion, texts
from bot.core.buttons import Campaign, Enter, Leave, Read
from bot.core.centre import Words
from bot.core.events import Delete, Link, Menu, News, Overwrite, Push, Remove, Toast
from bot.core.filling import Form
from bot.core.forms import FORMS
from bot.core.lines import NOTHING, Counted, Line, Own, Sentence
from bot.core.questions import Option, Question
from handlers import covers, leaving
from tests.discretion.said import Reading, Said, parts

Rule = Callable[[Said], Iterator[str]]
SILENT_WORK = (Delete, Remove, Overwrite, Menu)
"""Nobody is notified of these."""
NUMBER = re.compile(r"[КK]-(\d{4,8})")

WITHOUT_LEAVE = {
    texts.HARMLESS_HISTORY.msgid: "the second code shows what looks like no branch at all (S11)",
    texts.PRESS_TO_SHARE.msgid: "Telegram has one keyboard a message; on this one the word of leaving stands",
    texts.NUMBER_NOTED.msgid: "the message takes that keyboard away and so can bear no buttons; the question is above",
}
"""Screens of the branch without «Leave now», each with the reason."""
IN_A_GROUP = {
    each.msgid
    for each in (
        texts.WRITE_TO_ME_IN_PRIVATE, texts.GROUP_JOINED, texts.GROUP_NOT_ASKED, texts.GROUP_ASKS_CODE,
        texts.GROUP_ALERT, texts.GROUP_TAKEN, texts.GROUP_OVER, texts.OPEN_IN_PRIVATE,
    )
}  # fmt: skip
"""All that a group ever hears."""
NOT_OF_PEOPLE = {
    texts.NOT_DELIVERED.msgid: "what Telegram complains of, cut off before it could quote anybody",
}
"""Alerts with words that are no person's, each with the reason."""


def told(said: Said, language: str, what: str, found: object) -> str:
    start = next((msgid for msgid in said.msgids if msgid), type(said.message).__name__)
    return f"{what}: {found} ({language}; to {said.kind}, {'answer' if said.asked else 'unasked'}; “{start[:70]}”)"


def listed(said: Said, readings: list[Reading], finds: Callable[[str], list[str]], what: str) -> Iterator[str]:
    for reading in readings:
        if found := finds(reading.all):
            yield told(said, reading.language, what, found)


# To a resident who has not asked


def only_the_gate_reaches_her(said: Said) -> Iterator[str]:
    """S08: whoever has not just written hears a Push or nothing."""
    if said.kind == "resident" and not said.asked and not isinstance(said.message, (Push, News, *SILENT_WORK)):
        yield told(said, "", "S08: not through the gate", type(said.message).__name__)


def from_the_branch_a_push_is_a_cover(said: Said) -> Iterator[str]:
    """S09: nothing but a title of the guide that she may have chosen, and the way to that title."""
    if not isinstance(said.message, Push) or said.message.permit.words:
        return
    yield from listed(said, said.readings, discretion.telling, "S09: a push tells")
    for put in said.puts:
        if put.body["text"] not in _covers(said):
            yield told(said, "", "S09: no cover", put.body["text"])
        if put.body["protect"] or put.branch:
            yield told(said, "", "S09: a cover has a mark", put.op)
    strange = [action for action in said.actions if not isinstance(action, Read) and action != Enter("guide")]
    if strange:
        yield told(said, "", "S09: a cover opens", strange)


def an_ordinary_push_has_no_word_of_violence(said: Said) -> Iterator[str]:
    if isinstance(said.message, Push) and said.message.permit.words:
        yield from listed(said, said.ours, discretion.on_the_outside, "S01: a push says")


def news_tell_nothing_and_can_be_left(said: Said) -> Iterator[str]:
    """S01: whoever joined news may not be alone when it comes; one press under it ends it."""
    if not isinstance(said.message, News) or said.kind == "carer":
        return
    yield from listed(said, said.readings, discretion.at_the_entrance, "S01: news say")
    if not any(isinstance(action, Campaign) and action.move == "stop" for action in said.actions):
        yield told(said, "", "S08: news that cannot be left", said.actions)


# Answers to a resident


def the_outside_is_a_guide(said: Said) -> Iterator[str]:
    """S01: outside the branch, and in what is to look like it, no word of violence."""
    harmless = texts.HARMLESS_HISTORY.msgid in said.msgids
    if said.kind in ("resident", "carer") and (harmless or not said.branch) and not isinstance(said.message, Push):
        yield from listed(said, said.ours, discretion.on_the_outside, "S01: the outside says")


def one_can_leave_from_every_screen_of_the_branch(said: Said) -> Iterator[str]:
    if not said.branch:
        return
    excused = any(msgid in WITHOUT_LEAVE for msgid in said.msgids)
    if texts.PRESS_TO_SHARE.msgid in said.msgids:
        keys = [key["text"] for put in said.puts for row in json.loads(put.body["markup"])["keyboard"] for key in row]
        excused = any(leaving.said(key) for key in keys)
    if not excused and not any(isinstance(action, Leave) for action in said.actions):
        yield told(said, "", "S05: no way to leave", [type(action).__name__ for action in said.actions])


def the_branch_is_silent(said: Said) -> Iterator[str]:
    if said.branch:
        for put in said.puts:
            if not put.body.get("silent") or not put.branch:
                yield told(said, "", "S07: not silent, or not to be swept", put.op)


def what_tells_of_the_branch_is_swept(said: Said) -> Iterator[str]:
    """S07: the number of a case of the branch stands in the chat only as long as the branch does."""
    if said.kind != "resident" or said.branch or isinstance(said.message, Toast):
        return
    for reading in said.readings:
        if found := [number for number in NUMBER.findall(reading.all) if number in said.of_branch]:
            yield told(said, reading.language, "S07: a number of the branch outside of it", found)


def it_is_kind(said: Said) -> Iterator[str]:
    """S17, for whoever is no colleague."""
    if said.kind != "staff":
        yield from listed(said, said.ours, discretion.unkind, "S17: unkind")


# To staff and carers


def an_alert_carries_number_district_danger_and_deadline(said: Said) -> Iterator[str]:
    """S26: what a colleague has not asked for holds no option of a form, no own words but colleagues' names."""
    if said.kind != "staff" or said.asked or isinstance(said.message, Push):
        return
    excused = any(msgid in NOT_OF_PEOPLE for msgid in said.msgids)
    for wording in said.wordings:
        for part in parts(wording):
            if isinstance(part, Own) and part != NOTHING and part.text not in said.names and not excused:
                yield told(said, "", "S26: own words in an alert", part.text)
            if isinstance(part, Words) and part not in _public(said):
                yield told(said, "", "S26: an alert tells", part.uk)
            if isinstance(part, Sentence | Line) and part.msgid in OPTIONS - SENTENCES:
                yield told(said, "", "S26: an answer in an alert", part.msgid)
    yield from listed(said, said.readings, discretion.on_the_outside, "S26: an alert says")


def a_carer_hears_of_trainings_only(said: Said) -> Iterator[str]:
    if said.kind == "carer" and not said.asked and not isinstance(said.message, Push):
        for reading in said.readings:
            if discretion.bears_number(reading.all):
                yield told(said, reading.language, "S26: a case number to a carer", reading.text)


def a_group_hears_number_team_and_deadline(said: Said) -> Iterator[str]:
    """S26: these sentences, with nobody's own words; no button but the way into the private chat."""
    if said.kind != "group":
        return
    own = [part.text for wording in said.wordings for part in parts(wording) if isinstance(part, Own)]
    if strange := [msgid for msgid in said.msgids if msgid not in IN_A_GROUP] + own:
        yield told(said, "", "S26: a group hears", strange)
    named = [part for wording in said.wordings for part in parts(wording) if isinstance(part, Words)]
    districts = [each.name for each in said.centre.districts]
    if any(name in districts or name not in _public(said) for name in named):
        yield told(said, "", "S26: a group is told", [name.uk for name in named])
    if pressed := [button for button in said.buttons if not isinstance(button.does, Link)]:
        yield told(said, "", "S26: a group can press", pressed)


# To anybody


def nobody_reads_what_others_wrote(said: Said) -> Iterator[str]:
    for reading in said.readings:
        if found := [words for words in said.secret if words in reading.all]:
            yield told(said, reading.language, "S26: others' words", found)


def a_case_number_is_not_passed_on(said: Said) -> Iterator[str]:
    """S30; what is edited is judged where it stands, see `Wire`."""
    for put in said.puts:
        if put.op != "edit" and discretion.bears_number(_shown(put.body)) and not put.body.get("protect"):
            yield told(said, "", "S30: a case number, not protected", put.op)


def phones_can_be_passed_on(said: Said) -> Iterator[str]:
    """S30: advice and numbers to call are never protected, unless a case number stands with them."""
    numbers = [phone.number for phone in said.centre.phones]
    for put in said.puts if said.kind != "staff" else ():
        shown = _shown(put.body)
        has = [number for number in numbers if re.search(rf"(?<!\d){number}(?!\d)", shown)]
        if put.body.get("protect") and has and not discretion.bears_number(shown):
            yield told(said, "", "S30: phones are protected", has)


def nothing_is_a_link(said: Said) -> Iterator[str]:
    if said.kind != "staff":
        yield from listed(said, said.ours, discretion.links, "S30: a link")


def nobody_is_shouted_at(said: Said) -> Iterator[str]:
    yield from listed(said, said.ours, lambda text: ["!"] if "!" in text else [], "a raised voice")


def names_of_commands_and_files_are_neutral(said: Said) -> Iterator[str]:
    """S01. Whatever row is written: a list of commands, the name of a file."""
    for put in said.puts:
        named = put.body.get("names", {})
        plain = [str(each) for pair in named.items() for each in pair] if isinstance(named, dict) else []
        plain += [str(value) for name, value in put.body.items() if name in ("filename", "file", "name")]
        if found := [word for name in plain for word in discretion.at_the_entrance(name)]:
            yield told(said, "", "S01: a name says", found)


def what_covers_old_messages_is_harmless(said: Said) -> Iterator[str]:
    if isinstance(said.message, Overwrite):
        for put in said.puts:
            if found := discretion.telling(put.body["text"]):
                yield told(said, "", "S05: what stays behind tells", found)


RULES: tuple[Rule, ...] = (
    only_the_gate_reaches_her,
    from_the_branch_a_push_is_a_cover,
    an_ordinary_push_has_no_word_of_violence,
    news_tell_nothing_and_can_be_left,
    the_outside_is_a_guide,
    one_can_leave_from_every_screen_of_the_branch,
    the_branch_is_silent,
    what_tells_of_the_branch_is_swept,
    it_is_kind,
    an_alert_carries_number_district_danger_and_deadline,
    a_carer_hears_of_trainings_only,
    a_group_hears_number_team_and_deadline,
    nobody_reads_what_others_wrote,
    a_case_number_is_not_passed_on,
    phones_can_be_passed_on,
    nothing_is_a_link,
    nobody_is_shouted_at,
    names_of_commands_and_files_are_neutral,
    what_covers_old_messages_is_harmless,
)


def faults(said: Said) -> list[str]:
    return [fault for rule in RULES for fault in rule(said)]


def options(form: Form) -> set[str]:
    """The titles, questions and fixed options of a form: its own sentences."""
    found: set[str] = set()
    for question in form.questions:
        found |= {question.title, question.ask}
        found |= {each.label.msgid for each in fixed(question) if isinstance(each.label, Sentence)}
    return found


def fixed(question: Question) -> Sequence[Option]:
    """The options of a question, if the list is ours and not the centre's."""
    own: Any = getattr(question, "of", None)
    return tuple(own(None)) if getattr(own, "__qualname__", "").startswith("only.") else ()


def _sentences() -> set[str]:
    found: set[str] = set()
    for value in vars(texts).values():
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Sentence | Counted):
                found.add(each.one if isinstance(each, Counted) else each.msgid)
    return found


SENTENCES = _sentences()
OPTIONS = set().union(*(options(form) for form in FORMS.values()))


def _shown(body: dict[str, object]) -> str:
    return f"{body.get('text', '')}\n{body.get('markup') or ''}"


def _covers(said: Said) -> set[str]:
    """Everything that a cover may read, in every language."""
    items = ["", *(item.key for item in discretion.covers(said.centre))]
    words = [covers.shown(said.centre, key)[0] for key in items]
    return {said.languages.say(each, language) for each in words for language in ("uk", "en")}


def _public(said: Said) -> list[Words]:
    """Names that tell nothing of a person: districts, teams, the guide, case numbers."""
    named = [*(item.name for item in said.centre.districts), *(team.name for team in said.centre.teams)]
    guide = [*(item.title for item in said.centre.guide), *(section.name for section in said.centre.guide_sections)]
    numbers = [
        part
        for wording in said.wordings
        for part in parts(wording)
        if isinstance(part, Words) and NUMBER.fullmatch(part.uk) and NUMBER.fullmatch(part.en)
    ]
    unknown = said.centre.district("unknown").name
    return [*named, *guide, *numbers, unknown]
