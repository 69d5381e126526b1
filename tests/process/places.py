"""Where somebody may stand when she leaves. To add a place is a line: its name, and what she does to get there."""

from dataclasses import dataclass

from bot.core import consents, texts
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
    enters_nowhere,
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


WHOLE = consents.PROCESSING.whole[0]
"""The first words of the whole consent."""


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
CALLS = (*PHONE, wrote("phone", NUMBER), asked("call"))
CHILDREN = (*CALLS, moved("call", texts.SKIP), asked("children"))
HOME = (*CHILDREN, chose("children", "yes"), chose("police", "not_yet"), asked("home"))
FORMS = (*HOME, chose("home", "may_return"), chose("weapons", "yes"), asked("forms"))
TOLD = (*FILED, *skipped("address", "phone", "children", "police", "home", "weapons", "forms"), asked("story"))
BACK_AGAIN = (reported, left_and_came_back, asked("number", "return"))
CODE = (*BACK_AGAIN, gave_number, asked("code", "return"))
SAFE = (*CODE, gave_code, asked("safe", "return"))
OPENED = (*SAFE, chose("safe", "yes", "return"), hears(texts.REQUEST_LINE))
ONES_CASE = (*FILED, moved("address", texts.ENOUGH), hears(texts.THANKS_FOR_DETAILS), presses(texts.TO_CASE),
             hears(texts.REQUEST_LINE))  # fmt: skip
CODE_PAGE = (*ONES_CASE, presses(texts.NUMBER_AND_CODE), hears(texts.CODE_PAGE))
RIGHTS = (*ONES_CASE, presses(texts.RIGHTS), hears(texts.RIGHTS_PAGE))
AGREED = (*ONES_CASE, presses(texts.AGREE_A_CALL), asked("step", "agreed"))
CHILD = (enters(), asked("danger"), presses(texts.UNDER_18), asked("danger", "child"))

BEFORE_FILING = (
    Place("the notice", NOTICE),
    Place("the notice, by its name", (enters_by_name(), asked("danger"))),
    Place("the whole consent", (*NOTICE, presses(texts.CONSENT_WHOLE), hears(WHOLE))),
    Place("the whole consent, twice", (*NOTICE, *(presses(texts.CONSENT_WHOLE), hears(WHOLE)) * 2)),
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
    Place("cancelled with the consent open", (*NOTICE, presses(texts.CONSENT_WHOLE), hears(WHOLE),
                                              presses(texts.CANCEL), hears(texts.MENU))),
)  # fmt: skip
AFTER_FILING = (
    Place("the receipt", FILED),
    Place("the receipt, do not write", (*WRITE, chose("write", "no"), chose("district", "center"), asked("address"))),
    Place("the hours", (*WRITE, chose("write", "hours"), chose("district", "unknown"), asked("hours"))),
    Place("the hours, answered", (*WRITE, chose("write", "hours"), chose("district", "unknown"),
                                  chose("hours", "12-16"), moved("hours", texts.DONE), asked("address"))),
    Place("a mistake", (*FILED, presses(texts.MISTAKE))),
    Place("the address, typed", PHONE),
    Place("the address, too long", (*FILED, wrote("address", ADDRESS * 20), asked("address"))),
    Place("back to the address", (*PHONE, moved("phone", texts.BACK), asked("address"))),
    Place("about to share the number", (*PHONE, presses(texts.SHARE_NUMBER), hears(texts.PRESS_TO_SHARE))),
    Place("the number shared", (*PHONE, presses(texts.SHARE_NUMBER), hears(texts.PRESS_TO_SHARE), sends("contact"),
                                asked("call"))),
    Place("another person's number", (*PHONE, sends("another's contact"), hears(texts.NOT_YOUR_NUMBER))),
    Place("nonsense at the phone", (*PHONE, wrote("phone", NONSENSE), asked("phone"))),
    Place("the phone, typed", CALLS),
    Place("calls", CHILDREN),
    Place("the police", (*CHILDREN, moved("children", texts.SKIP), asked("police"))),
    Place("who is at home", HOME),
    Place("who is at home, typed nonsense", (*HOME, wrote("home", NONSENSE), asked("home"))),
    Place("weapons", (*HOME, chose("home", "here"), asked("weapons"))),
    Place("what happened", FORMS),
    Place("what happened, two chosen", (*FORMS, chose("forms", "physical"), chose("forms", "economic"),
                                        asked("forms"))),
    Place("the story", TOLD),
    Place("the story, told", (*TOLD, wrote("story", STORY), asked("cover"))),
    Place("the story, too long", (*TOLD, wrote("story", STORY * 20), asked("story"))),
    Place("a voice message for a story", (*TOLD, sends("voice"), hears(texts.NOT_KEPT))),
    Place("all skipped", (*TOLD, *skipped("story", "cover"), hears(texts.THANKS_FOR_DETAILS))),
    Place("that is all", (*FILED, moved("address", texts.ENOUGH), hears(texts.THANKS_FOR_DETAILS))),
    Place("words after that is all", (*FILED, moved("address", texts.ENOUGH), hears(texts.THANKS_FOR_DETAILS),
                                      says(STORY), hears(texts.WORDS_KEPT))),
    Place("reported twice", (*FILED, again_reported)),
    Place("taken by a specialist", (*FILED, was_taken)),
)  # fmt: skip
COME_BACK = (
    Place("the number", BACK_AGAIN),
    Place("the code", CODE),
    Place("nonsense for a number", (*BACK_AGAIN, wrote("number", NONSENSE, "return"), asked("code", "return"))),
    Place("a photo for a code", (*CODE, sends("photo"), hears(texts.NOT_KEPT))),
    Place("a wrong code", (*CODE, wrote("code", NONSENSE, "return"), chose("safe", "yes", "return"),
                           hears(texts.WRONG_CODE))),
    Place("whether it is safe", SAFE),
    Place("not safe now", (*SAFE, chose("safe", "no", "return"), hears(texts.NOT_SAFE_NOW))),
    Place("the request, opened", OPENED),
    Place("the request, opened and left for the menu", (*OPENED, presses(texts.TO_MENU), hears(texts.MENU))),
)  # fmt: skip
IN_ONES_CASE = (
    Place("one's own case", ONES_CASE),
    Place("a letter asked for", (*ONES_CASE, presses(texts.WRITE_TO_US), asked("words", "letter"))),
    Place("a letter written", (*ONES_CASE, presses(texts.WRITE_TO_US), wrote("words", STORY, "letter"),
                               hears(texts.WORDS_KEPT))),
    Place("how to write to her", (*ONES_CASE, presses(texts.HOW_TO_WRITE), asked("write", "contact"))),
    Place("a number to call", (*ONES_CASE, presses(texts.HOW_TO_WRITE), chose("write", "call", "contact"),
                               asked("phone", "contact"))),
    Place("a choice of contact, before it is sent", (*ONES_CASE, presses(texts.HOW_TO_WRITE),
                                                     chose("write", "no", "contact"), hears(texts.SUMMARY))),
    Place("number and code", CODE_PAGE),
    Place("a code of her own asked for", (*CODE_PAGE, presses(texts.CHOOSE_CODE), asked("code", "code"))),
    Place("a code of her own, too easy", (*CODE_PAGE, presses(texts.CHOOSE_CODE), wrote("code", "111111", "code"),
                                          hears(texts.CODE_TOO_EASY))),
    Place("a code of her own", (*CODE_PAGE, presses(texts.CHOOSE_CODE), wrote("code", "зелені двері", "code"),
                                hears(texts.CODE_CHOSEN))),
    Place("a second code asked for", (*CODE_PAGE, presses(texts.SECOND_CODE), asked("code", "second"))),
    Place("a second code", (*CODE_PAGE, presses(texts.SECOND_CODE), wrote("code", "чашка кави", "second"),
                            hears(texts.SECOND_CODE_SET))),
    Place("data and consents", RIGHTS),
    Place("what is held, as a file", (*RIGHTS, presses(texts.WHAT_IS_HELD), hears(texts.CASE_DATA))),
    Place("about to withdraw", (*RIGHTS, presses(texts.WITHDRAW), hears(texts.WITHDRAW_STAYS))),
    Place("withdrawn", (*RIGHTS, presses(texts.WITHDRAW), presses(texts.WITHDRAW_YES), hears(texts.IS_WITHDRAWN))),
    Place("the code asked for, to erase", (*RIGHTS, presses(texts.ERASE), presses(texts.ERASE_YES),
                                           asked("code", "erase"))),
    Place("a call to agree on", AGREED),
    Place("a day in the calendar", (*AGREED, chose("step", "nothing", "agreed"), asked("day", "agreed"))),
)  # fmt: skip
A_CHILD = (
    Place("a child's first screen", CHILD),
    Place("a child, where", (*CHILD, chose("danger", "later", "child"), chose("write", "no", "child"),
                             asked("district", "child"))),
)  # fmt: skip
WORDS_OF_DANGER = (
    Place("words of danger outside", (enters_nowhere, says("він мене б'є"), hears(texts.THIS_SOUNDS_HARD))),
)
OUTSIDE_MEANWHILE = (
    Place("the language changed", (*WRITE, chose_the_other_language, asked("write"))),
    Place("the language changed after filing", (*PHONE, chose_the_other_language, asked("phone"))),
    Place("/start meanwhile", (*WRITE, says("/start"), hears(texts.WELCOME))),
    Place("/help meanwhile", (*FILED, says("/help"), hears(texts.HELP))),
    Place("/privacy meanwhile", (*DISTRICT, says("/privacy"), hears(consents.PRIVACY[0]))),
    Place("/mydata meanwhile", (*FILED, says("/mydata"), hears(texts.MY_DATA))),
    Place("/language meanwhile", (*FILED, says("/language"), hears(texts.CHOOSE_LANGUAGE))),
    Place("the guide meanwhile", (*FILED, read_the_guide)),
    Place("the requests meanwhile", (*FILED, says(texts.MY_REQUESTS), hears(texts.NO_REQUESTS))),
    Place("a request for help meanwhile", (*FILED, says(texts.HELP_NEEDED), chose("who", "me", "help"),
                                           asked("need", "help"))),
    Place("another family meanwhile", (*WRITE, says(texts.OTHER_FAMILY), asked("danger", "other"))),
    Place("/cancel", (*NOTICE, presses(texts.CONSENT_WHOLE), hears(WHOLE), says("/cancel"),
                      hears(texts.MENU))),
)  # fmt: skip
AFTER_A_RESTART = tuple(
    Place(f"{name}, after a restart", acts, restart=True)
    for name, acts in {"the notice": NOTICE, "the district": DISTRICT, "the phone": CHILDREN, "the code": CODE}.items()
)
OPENED_TEN = (presses(texts.CONSENT_WHOLE), hears(WHOLE)) * 10
ON_A_BAD_DAY = (
    Place("an answer typed while another waits", FILED, (says(ADDRESS), says(NUMBER)), breath=True),
    Place("a press while another waits", DISTRICT, (chose("district", "center"),), breath=True),
    Place("a photo just before", WRITE, (sends("photo"),), breath=True),
    Place("a message that Telegram never answered", NOTICE,
          (strikes(Kind.SILENCE, "sendMessage", seconds=3), presses(texts.CONSENT_WHOLE), hears(WHOLE)),
          line_within=6),
    Place("a receipt that Telegram never answered", DISTRICT,
          (strikes(Kind.SILENCE, "sendMessage", seconds=3), chose("district", "center"), hears(texts.CANNOT_COME)),
          line_within=6),
    Place("a message that is slow to arrive", NOTICE,
          (strikes(Kind.SLOW, "sendMessage", seconds=0.4), presses(texts.CONSENT_WHOLE), set_out("sendMessage"))),
    Place("a change that is slow to arrive", NOTICE,
          (strikes(Kind.SLOW, "editMessageText", seconds=0.4), chose("danger", "now"), set_out("editMessageText"))),
    Place("a message doubled by a lost answer", (*NOTICE, strikes(Kind.LOST_ANSWER, "sendMessage"),
                                                 presses(texts.CONSENT_WHOLE), hears(WHOLE))),
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
PLACES = (
    *BEFORE_FILING,
    *AFTER_FILING,
    *COME_BACK,
    *IN_ONES_CASE,
    *A_CHILD,
    *WORDS_OF_DANGER,
    *OUTSIDE_MEANWHILE,
    *AFTER_A_RESTART,
    *ON_A_BAD_DAY,
)

OUTSIDE = (
    Place("the menu", ()),
    Place("the guide", (read_the_guide,)),
    Place("/help", (says("/help"), hears(texts.HELP))),
    Place("privacy", (says("/privacy"), hears(consents.PRIVACY[0]))),
    Place("no requests", (says(texts.MY_REQUESTS), hears(texts.NO_REQUESTS))),
    Place("a form for help begun", (says(texts.HELP_NEEDED), chose("who", "me", "help"), asked("need", "help"))),
    Place("a story asked for help", (says(texts.HELP_NEEDED), chose("who", "me", "help"), chose("need", "care", "help"),
                                     asked("story", "help"))),
    Place("another family", (says(texts.OTHER_FAMILY), asked("danger", "other"))),
    Place("the consent, read outside", (enters(texts.PRIVACY), presses(texts.CONSENT_WHOLE),
                                        hears(consents.OUTSIDE[0]))),
    Place("after leaving", (*PHONE, left)),
)  # fmt: skip
"""Where there is nothing to leave."""
