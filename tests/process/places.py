"""Where somebody may stand when she leaves. To add a place is a line: its name, and what she does to get there."""

from dataclasses import dataclass

from bot.core import texts
from bot.sandbox.faults import Kind
from bot.sandbox.refusals import bad
from tests.process.branch import (
    Act,
    again_reported,
    asked,
    chose,
    chose_the_other_language,
    enters,
    enters_by_name,
    gave_code,
    gave_number,
    hears,
    left,
    left_and_came_back,
    moved,
    presses,
    read_the_guide,
    reported,
    says,
    sends,
    set_out,
    skipped,
    strikes,
    was_taken,
    wrote,
    wrote_option,
)

ADDRESS = "Вигадана вулиця, 5"
STORY = "Сьогодні знову було страшно"
NUMBER = "067 123 45 67"
NONSENSE = "абракадабра"
TOO_OLD = bad("message can't be deleted for everyone")


GAPS = {
    ("a wrong code", "button"): "there is no way out below these words",
    ("/cancel", "button"): "that something was cancelled is said outside the branch and stays",
    ("/cancel", "word"): "as above",
    ("cancelled with the consent open", "button"): "as above",
    ("cancelled with the consent open", "word"): "as above",
}
"""What is known not to be so yet, by place and way."""


@dataclass(frozen=True)
class Place:
    """The way there; `then` happens at the last moment, when everything before has come to rest.

    `breath`: what she did last is still being answered. `demanded`: seconds that Telegram makes the bot wait.
    `line_within`: seconds for the guide line, where something hangs on its way. `restart`: of the bot, meanwhile.
    """

    name: str
    acts: tuple[Act, ...]
    then: tuple[Act, ...] = ()
    breath: bool = False
    demanded: float = 0.0
    line_within: float = 2.0
    restart: bool = False

    def __str__(self) -> str:
        return self.name


NOTICE = (enters(), asked("danger"))
WRITE = (*NOTICE, chose("danger", "later"), asked("write"))
DISTRICT = (*WRITE, chose("write", "yes"), asked("district"))
FILED = (reported,)
PHONE = (*FILED, wrote("address", ADDRESS), asked("phone"))
CHILDREN = (*PHONE, wrote("phone", NUMBER), asked("children"))
HOME = (*CHILDREN, chose("children", "yes"), chose("police", "not_yet"), asked("home"))
FORMS = (*HOME, chose("home", "may_return"), chose("weapons", "yes"), asked("forms"))
TOLD = (*FILED, *skipped("address", "phone", "children", "police", "home", "weapons", "forms"), asked("story"))
BACK_AGAIN = (reported, left_and_came_back, asked("number", "return"))
CODE = (*BACK_AGAIN, gave_number, asked("code", "return"))

BEFORE_FILING = (
    Place("the notice", NOTICE),
    Place("the notice, by its name", (enters_by_name(), asked("danger"))),
    Place("the whole consent", (*NOTICE, presses(texts.CONSENT_WHOLE), hears(texts.CONSENT_FULL))),
    Place("the whole consent, twice", (*NOTICE, *(presses(texts.CONSENT_WHOLE), hears(texts.CONSENT_FULL)) * 2)),
    Place("the whole consent, from Privacy", (enters(texts.PRIVACY), presses(texts.CONSENT_WHOLE),
                                              hears(texts.CONSENT_FULL))),
    Place("may we write", WRITE),
    Place("may we write, typed", (*NOTICE, wrote_option("danger", "now"), asked("write"))),
    Place("nonsense at the notice", (*NOTICE, wrote("danger", NONSENSE), asked("danger"))),
    Place("back to the notice", (*WRITE, moved("write", texts.BACK), asked("danger"))),
    Place("the district", DISTRICT),
    Place("the district, typed", (*WRITE, wrote_option("write", "no"), asked("district"))),
    Place("nonsense at the district", (*DISTRICT, wrote("district", NONSENSE), asked("district"))),
    Place("back from the district, twice", (*DISTRICT, moved("district", texts.BACK), moved("write", texts.BACK),
                                            asked("danger"))),
    Place("a photo at the notice", (*NOTICE, sends("photo"), hears(texts.NOT_KEPT))),
    Place("a voice message at the district", (*DISTRICT, sends("voice"), hears(texts.NOT_KEPT))),
    Place("a file at may we write", (*WRITE, sends("file"), hears(texts.NOT_KEPT))),
    Place("a contact where none was asked", (*WRITE, sends("contact"), hears(texts.NUMBER_NOTED))),
    Place("entered twice", (*WRITE, says(texts.SAFETY_AT_HOME), asked("danger"))),
    Place("cancelled with the consent open", (*NOTICE, presses(texts.CONSENT_WHOLE), hears(texts.CONSENT_FULL),
                                              presses(texts.CANCEL), hears(texts.MENU))),
)  # fmt: skip
AFTER_FILING = (
    Place("the receipt", FILED),
    Place("the receipt, do not write", (*WRITE, chose("write", "no"), chose("district", "center"), asked("address"))),
    Place("the hours", (*WRITE, chose("write", "hours"), chose("district", "unknown"), asked("hours"))),
    Place("the hours, answered", (*WRITE, chose("write", "hours"), chose("district", "unknown"),
                                  chose("hours", "12-16"), asked("address"))),
    Place("a mistake", (*FILED, presses(texts.MISTAKE))),
    Place("the address, typed", PHONE),
    Place("the address, too long", (*FILED, wrote("address", ADDRESS * 20), asked("address"))),
    Place("back to the address", (*PHONE, moved("phone", texts.BACK), asked("address"))),
    Place("about to share the number", (*PHONE, presses(texts.SHARE_NUMBER), hears(texts.PRESS_TO_SHARE))),
    Place("the number shared", (*PHONE, presses(texts.SHARE_NUMBER), hears(texts.PRESS_TO_SHARE), sends("contact"),
                                asked("children"))),
    Place("another person's number", (*PHONE, sends("another's contact"), hears(texts.NOT_YOUR_NUMBER))),
    Place("nonsense at the phone", (*PHONE, wrote("phone", NONSENSE), asked("phone"))),
    Place("the phone, typed", CHILDREN),
    Place("the police", (*CHILDREN, moved("children", texts.SKIP), asked("police"))),
    Place("who is at home", HOME),
    Place("who is at home, typed nonsense", (*HOME, wrote("home", NONSENSE), asked("home"))),
    Place("weapons", (*HOME, chose("home", "here"), asked("weapons"))),
    Place("what happened", FORMS),
    Place("what happened, two chosen", (*FORMS, chose("forms", "physical"), chose("forms", "economic"),
                                        asked("forms"))),
    Place("the story", TOLD),
    Place("the story, told", (*TOLD, wrote("story", STORY), hears(texts.THANKS_FOR_DETAILS))),
    Place("the story, too long", (*TOLD, wrote("story", STORY * 20), asked("story"))),
    Place("a voice message for a story", (*TOLD, sends("voice"), hears(texts.NOT_KEPT))),
    Place("all skipped", (*TOLD, *skipped("story"), hears(texts.THANKS_FOR_DETAILS))),
    Place("that is all", (*FILED, moved("address", texts.ENOUGH), hears(texts.THANKS_FOR_DETAILS))),
    Place("words after that is all", (*FILED, moved("address", texts.ENOUGH), hears(texts.THANKS_FOR_DETAILS),
                                      says(STORY), hears(texts.MENU))),
    Place("reported twice", (*FILED, again_reported)),
    Place("taken by a specialist", (*FILED, was_taken)),
)  # fmt: skip
COME_BACK = (
    Place("the number", BACK_AGAIN),
    Place("the code", CODE),
    Place("nonsense for a number", (*BACK_AGAIN, wrote("number", NONSENSE, "return"), asked("code", "return"))),
    Place("a photo for a code", (*CODE, sends("photo"), hears(texts.NOT_KEPT))),
    Place("a wrong code", (*CODE, wrote("code", NONSENSE, "return"), hears(texts.WRONG_CODE))),
    Place("the request, opened", (*CODE, gave_code, hears(texts.REQUEST_LINE))),
    Place("the request, opened and left for the menu", (*CODE, gave_code, hears(texts.REQUEST_LINE),
                                                        presses(texts.TO_MENU), hears(texts.MENU))),
)  # fmt: skip
OUTSIDE_MEANWHILE = (
    Place("the language changed", (*WRITE, chose_the_other_language, asked("write"))),
    Place("the language changed after filing", (*PHONE, chose_the_other_language, asked("phone"))),
    Place("/start meanwhile", (*WRITE, says("/start"), hears(texts.WELCOME))),
    Place("/help meanwhile", (*FILED, says("/help"), hears(texts.HELP))),
    Place("/privacy meanwhile", (*DISTRICT, says("/privacy"), hears(texts.PRIVACY_NOTE))),
    Place("/mydata meanwhile", (*FILED, says("/mydata"), hears(texts.MY_DATA))),
    Place("/language meanwhile", (*FILED, says("/language"), hears(texts.CHOOSE_LANGUAGE))),
    Place("the guide meanwhile", (*FILED, read_the_guide)),
    Place("the requests meanwhile", (*FILED, says(texts.MY_REQUESTS), hears(texts.NO_REQUESTS))),
    Place("a request for help meanwhile", (*FILED, says(texts.HELP_NEEDED), chose("who", "me", "help"),
                                           asked("need", "help"))),
    Place("another family meanwhile", (*WRITE, says(texts.OTHER_FAMILY), asked("reporter", "other"))),
    Place("/cancel", (*NOTICE, presses(texts.CONSENT_WHOLE), hears(texts.CONSENT_FULL), says("/cancel"),
                      hears(texts.MENU))),
)  # fmt: skip
AFTER_A_RESTART = tuple(
    Place(f"{name}, after a restart", acts, restart=True)
    for name, acts in {"the notice": NOTICE, "the district": DISTRICT, "the phone": CHILDREN, "the code": CODE}.items()
)
OPENED_TEN = (presses(texts.CONSENT_WHOLE), hears(texts.CONSENT_FULL)) * 10
ON_A_BAD_DAY = (
    Place("an answer typed while another waits", FILED, (says(ADDRESS), says(NUMBER)), breath=True),
    Place("a press while another waits", DISTRICT, (chose("district", "center"),), breath=True),
    Place("a photo just before", WRITE, (sends("photo"),), breath=True),
    Place("a message that Telegram never answered", NOTICE,
          (strikes(Kind.SILENCE, "sendMessage", seconds=3), presses(texts.CONSENT_WHOLE), hears(texts.CONSENT_FULL)),
          line_within=6),
    Place("a receipt that Telegram never answered", DISTRICT,
          (strikes(Kind.SILENCE, "sendMessage", seconds=3), chose("district", "center"), hears(texts.CANNOT_COME)),
          line_within=6),
    Place("a message that is slow to arrive", NOTICE,
          (strikes(Kind.SLOW, "sendMessage", seconds=0.4), presses(texts.CONSENT_WHOLE), set_out("sendMessage"))),
    Place("a change that is slow to arrive", NOTICE,
          (strikes(Kind.SLOW, "editMessageText", seconds=0.4), chose("danger", "now"), set_out("editMessageText"))),
    Place("a message doubled by a lost answer", (*NOTICE, strikes(Kind.LOST_ANSWER, "sendMessage"),
                                                 presses(texts.CONSENT_WHOLE), hears(texts.CONSENT_FULL))),
    Place("a receipt doubled by a lost answer", (*DISTRICT, strikes(Kind.LOST_ANSWER, "sendMessage"),
                                                 chose("district", "center"), asked("address"))),
    Place("a wait demanded for the deletions", PHONE, (strikes(Kind.FLOOD, "deleteMessages"),), demanded=1.2),
    Place("two waits demanded", PHONE, (strikes(Kind.FLOOD, "deleteMessages", times=2),), demanded=2.4),
    Place("the deletions refused at once, allowed one by one", (*NOTICE, *OPENED_TEN),
          (strikes(Kind.REFUSAL, "deleteMessages", refusal=TOO_OLD),)),
    Place("some messages that cannot be deleted", (*NOTICE, *OPENED_TEN),
          (strikes(Kind.REFUSAL, "deleteMessages", refusal=TOO_OLD),
           strikes(Kind.REFUSAL, "deleteMessage", times=3, refusal=TOO_OLD))),
    Place("no message of ours that can be deleted", NOTICE,
          (strikes(Kind.REFUSAL, "deleteMessages", refusal=TOO_OLD),
           strikes(Kind.REFUSAL, "deleteMessage", refusal=TOO_OLD))),
    Place("a bad gateway before the deletions", PHONE, (strikes(Kind.BAD_GATEWAY, "deleteMessages"),)),
    Place("a connection cut before the deletions", PHONE, (strikes(Kind.CUT, "deleteMessages"),)),
    Place("a lost answer to the deletions", PHONE, (strikes(Kind.LOST_ANSWER, "deleteMessages"),)),
    Place("deletions that are slow", PHONE, (strikes(Kind.SLOW, "deleteMessages", seconds=0.5),)),
)  # fmt: skip
PLACES = (*BEFORE_FILING, *AFTER_FILING, *COME_BACK, *OUTSIDE_MEANWHILE, *AFTER_A_RESTART, *ON_A_BAD_DAY)

OUTSIDE = (
    Place("the menu", ()),
    Place("the guide", (read_the_guide,)),
    Place("/help", (says("/help"), hears(texts.HELP))),
    Place("privacy", (says("/privacy"), hears(texts.PRIVACY_NOTE))),
    Place("no requests", (says(texts.MY_REQUESTS), hears(texts.NO_REQUESTS))),
    Place("a form for help begun", (says(texts.HELP_NEEDED), chose("who", "me", "help"), asked("need", "help"))),
    Place("a story asked for help", (says(texts.HELP_NEEDED), chose("who", "me", "help"), chose("need", "care", "help"),
                                     asked("story", "help"))),
    Place("another family", (says(texts.OTHER_FAMILY), chose("reporter", "third_person", "other"),
                             asked("danger", "other"))),
    Place("after leaving", (*PHONE, left)),
)  # fmt: skip
"""Where there is nothing to leave."""
