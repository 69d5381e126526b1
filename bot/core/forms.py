"""The forms, as data. A question is one line: it is asked, stored, extracted, type-checked and walked by the tests."""

from datetime import date, timedelta

from bot.core import activities, texts
from bot.core.centre import ENTRY_ROUTES
from bot.core.filling import Form
from bot.core.questions import (
    Answers,
    Asking,
    Choice,
    Code,
    Date,
    Day,
    DaysOfStay,
    Discreet,
    Number,
    Option,
    Phone,
    Place,
    Received,
    Several,
    Text,
    Time,
    When,
    answered,
    centre_list,
    chose,
    covers,
    only,
    option,
    outside_list,
)

WHO = only(
    option("me", "Me"),
    option("family", "My family"),
    option("child", "A child of mine"),
    option("relative", "A relative I care for"),
)
CONTACT = only(
    option("here", "Write to me here"),
    option("call", "Call me"),
    option("come", "I will come to the centre"),
)
AGREE = only(option("yes", "I agree"))
YES_NO = only(option("yes", "Yes"), option("no", "No"))
DANGER = only(option("now", "The danger is now"), option("later", "Not this minute"))
WRITE = only(
    option("yes", "Yes, you can"),
    option("hours", "Only at certain hours"),
    option("no", "Don't write. I will come back with a code"),
)
HOURS = only(
    option("08-12", "In the morning, 8 to 12"),
    option("12-16", "At midday, 12 to 16"),
    option("16-20", "Towards evening, 16 to 20"),
)
DAYS_CHOICE = (
    option("0123456", "Any day"),
    option("01234", "Monday to Friday"),
    option("56", "Saturday and Sunday"),
)
DAYS = only(*DAYS_CHOICE)
CALLS = only(
    option("any", "Yes, at any time"),
    option("hours", "Only at the hours I name to you"),
    option("visit", "Only before you come"),
)
CHANNEL = only(
    option("yes", "Yes, you can"),
    option("hours", "Only at certain hours"),
    option("call", "Better call me"),
    option("no", "Don't write. I will come back with a code"),
)
SAFE_NOW = only(option("yes", "Yes, it is safe"), option("no", "Not now"))
POLICE = only(
    option("called", "Yes, the police know"),
    option("not_yet", "No, but I would like help with it"),
    option("no", "No, and I don't want it"),
)
AT_HOME = only(
    option("here", "The person I fear is here"),
    option("may_return", "Not here, but may come"),
    option("alone", "I am in a safe place"),
)
VIOLENCE = only(
    option("physical", "Blows, pushing, choking"),
    option("psychological", "Threats, insults, control"),
    option("economic", "Took my money or documents"),
    option("sexual", "Forced me into intimacy"),
)
SEEN_BY = only(
    option("third_person", "Neighbour, relative, acquaintance"),
    option("other_body", "On behalf of a school, hospital or other body"),
)
WRITE_TO_CHILD = only(
    option("yes", "Yes, you can"),
    option("no", "Don't write. I will come back with a code"),
)
NEAR_CHILD = only(
    option("feared", "Somebody I am afraid of"),
    option("trusted", "Somebody I trust"),
    option("alone", "I am alone"),
)
STEPS = only(
    option("call", "A specialist calls me"),
    option("brigade", "The brigade comes to me"),
    option("nothing", "Nothing, only note it"),
)
INTAKE = only(
    option("self_referral", "The person turned to us"),
    option("appeal", "Somebody called or wrote"),
    option("subject_notification", "Notice from another body"),
    option("found_by_specialist", "Found by a specialist"),
)
URGENCY = only(option("emergency", "Urgent"), option("planned", "Planned"))
UNIT = only(option("family", "A family"), option("person", "One person"))
FOR_WHOM = only(option("queue", "To the team, as the rules say"), option("me", "I take it myself"))
VISIT_KINDS = (
    option("first_home_visit", "First visit at home"),
    option("emergency_brigade", "Urgent visit of the brigade"),
    option("planned_brigade", "Planned visit of the brigade"),
    option("needs_assessment", "Assessment of needs"),
    option("support_visit", "Support visit"),
    option("social_inspection", "Social inspection"),
    option("joint_visit", "Joint visit with another body"),
    option("foster_visit", "Visit to a foster family"),
    option("birth_grant_check", "Check of the birth grant"),
    option("single_parent_check", "Check of a single parent's benefit"),
    option("custody_assessment", "Assessment before custody"),
    option("idp_child_status", "Status of a displaced child"),
    option("idp_residence_check", "Check of a displaced family's home"),
    option("released_prisoner_visit", "Visit after release from prison"),
)
VISIT_KIND = only(*VISIT_KINDS)
AGAIN_AND_AGAIN = ("support_visit", "foster_visit", "social_inspection")
"""Kinds of visit that may recur; the others answer one occasion."""
CHILDHOOD = 19 * 366
"""Days within which a guardianship has begun and will end."""
HOW_OFTEN = only(
    option("once", "Once"),
    option("weekly", "Every week"),
    option("two_weeks", "Every two weeks"),
    option("monthly", "Once a month"),
    option("week_2", "Twice a week"),
    option("week_3", "Three times a week"),
    option("week_4", "Four times a week"),
    option("week_5", "Five times a week"),
    option("guardianship", "First and last year of guardianship"),
)
MEMBER = only(option("adult", "An adult"), option("child", "A child"))
OUTCOME = only(
    option("overcome", "Overcome"),
    option("minimised", "Reduced"),
    option("not_achieved", "Not achieved"),
)
CLOSING = only(
    option("overcome_or_minimised", "Overcome or reduced"),
    option("transferred", "Handed to another body"),
    option("moved_away", "Moved away"),
    option("declined", "Declined help"),
    option("not_confirmed", "Not confirmed"),
    option("contract_expired", "Contract has ended"),
    option("contract_not_met", "Contract not kept"),
    option("duplicate", "Same case twice"),
    option("crime", "Convicted of a crime"),
    option("died", "Died"),
)

AGREEMENT = Choice(
    "consent",
    "Consent",
    "The specialists of the centre read this, to help. We keep it while we help, and then as long as the law asks. "
    "You can withdraw at any time. Only if a child or a life is in danger must we tell others. Do you agree?",
    of=AGREE,
)

HELP = Form(
    "help",
    texts.HELP_NEEDED.msgid,
    (
        Choice("who", "For whom", "Who needs help?", of=WHO),
        Choice("need", "About", "What is it about?", of=outside_list("needs")),
        Text("story", "In a few words", "Tell us in a few words, if you wish.", optional=True, limit=500),
        Place("district", "District", "Where do you live?"),
        Choice("contact", "How to answer", "How may we answer you?", of=CONTACT),
        Phone("phone", "Phone", "Which number may we call?", when=chose("contact", "call"), glass=True),
        AGREEMENT,
    ),
    entries=((texts.UNDER_18, "child"),),
)

WHICH_HOURS = Several(
    "hours",
    "Hours to write",
    "At which hours may we write? You may choose several.",
    optional=True,
    of=HOURS,
    when=chose("write", "hours"),
)
WHICH_DAYS = Choice("days", "Days to write", "On which days?", optional=True, of=DAYS, when=chose("write", "hours"))
WHICH_COVER = Choice(
    "cover",
    "Notifications",
    "What may our notification look like? It opens that page of the guide; the answer waits behind your code.",
    optional=True,
    of=covers,
    when=chose("write", "yes", "hours"),
)

WEEKDAYS = only(*(Option(str(number), name) for number, name in enumerate(texts.WEEKDAYS)))


def for_teams(asking: Asking) -> tuple[Option, ...]:
    """One team of the centre, or all that somebody is of."""
    return (Option("all", texts.ALL_TEAMS), *(Option(team.key, team.name) for team in asking.centre.teams))


SAFETY = Form(
    "safety",
    texts.SAFETY_AT_HOME.msgid,
    (
        Choice("danger", "Now", "How is it now?", of=DANGER),
        Choice("write", "Write here", "Is it safe to write to you here?", of=WRITE),
        Place("district", "District", "Where are you? After this press it is sent."),
        WHICH_HOURS,
        Text(
            "address",
            "Where to come",
            "Where should we come? Street, house, how to find you.",
            optional=True,
            limit=200,
            glass=True,
        ),
        Phone("phone", "Phone", "Which number may we call?", optional=True, glass=True),
        Choice("call", "Calls", "May we call this number?", optional=True, of=CALLS, when=answered("phone")),
        Choice(
            "children",
            "Children near",
            "Asking for help is by itself no ground to take a child away. If a child is in danger or has seen it, "
            "we must tell child services. Were children near?",
            optional=True,
            of=YES_NO,
        ),
        Choice("police", "Police", "Do the police know?", optional=True, of=POLICE),
        Choice("home", "Now beside", "Who is with you now?", optional=True, of=AT_HOME),
        Choice("weapons", "Weapon at home", "Is there a weapon at home?", optional=True, of=YES_NO),
        Several("forms", "What happened", "What happened? You may choose several.", optional=True, of=VIOLENCE),
        Text("story", "In a few words", "If you wish, say it in a few words.", optional=True, limit=500),
        WHICH_DAYS,
        WHICH_COVER,
    ),
    files_after="district",
    branch=True,
    entries=((texts.UNDER_18, "child"),),
)

CHILD = Form(
    "child",
    texts.UNDER_18.msgid,
    (
        Choice("danger", "Now", "How is it right now?", of=DANGER),
        Choice(
            "write",
            "Write here",
            "May we write to you here? Think who else looks into this phone.",
            of=WRITE_TO_CHILD,
        ),
        Place("district", "District", "Which part of town are you in? After this press it is sent."),
        Text(
            "address",
            "Where to come",
            "Where are you now? Street, house, school: whatever you know.",
            optional=True,
            limit=200,
            glass=True,
        ),
        Phone("phone", "Phone", "Which number may we call you on?", optional=True, glass=True),
        Text(
            "trusted",
            "A trusted adult",
            "Is there an adult you trust? Say who it is and how to find them.",
            optional=True,
            limit=200,
            glass=True,
        ),
        Choice("near", "Now beside", "Who is near you now?", optional=True, of=NEAR_CHILD),
        Text("story", "In a few words", "What happened? A few words are enough.", optional=True, limit=500),
    ),
    files_after="district",
    branch=True,
)

OTHER = Form(
    "other",
    texts.OTHER_FAMILY.msgid,
    (
        Choice("danger", "Now", "Is somebody in danger this minute? Then call {police} first.", of=DANGER),
        Text("family", "The family", "Who is the family, and how can we find them?", limit=300, glass=True),
        Place("district", "District", "Where do they live?"),
        Text("seen", "What was seen", "What did you see or hear?", optional=True, limit=500),
        Choice("reporter", "Who tells", "Who are you to this family?", optional=True, of=SEEN_BY),
        Choice(
            "source",
            "From",
            "Which body do you write for?",
            of=outside_list("sources"),
            when=chose("reporter", "other_body"),
        ),
        Text("source_detail", "From whom exactly", "Which one exactly?", limit=100, when=chose("source", "other")),
        Phone("phone", "Phone", "If we may ask you more: which number?", optional=True, glass=True),
        AGREEMENT,
    ),
)

REGISTER = Form(
    "register",
    texts.ENTER_A_CASE.msgid,
    (
        Choice("intake", "How it came", "How did it reach us?", of=INTAKE),
        Choice(
            "source",
            "From",
            "From whom?",
            of=centre_list("sources"),
            when=chose("intake", "appeal", "subject_notification"),
        ),
        Text("source_detail", "From whom exactly", "Which one exactly?", limit=100, when=chose("source", "other")),
        Choice("urgency", "Urgency", "How urgent is it?", of=URGENCY),
        Choice("violence", "Violence", "Is it about violence?", of=YES_NO),
        Choice("category", "Category", "Which category?", optional=True, of=centre_list("categories")),
        Place("district", "District", "Which district?"),
        Choice("unit", "Family or person", "A family or one person?", of=UNIT),
        Number("children", "Children", "How many children?", quick=(0, 1, 2, 3, 4, 5)),
        Text("name", "Name", "Name", optional=True, limit=100, glass=True),
        Phone("phone", "Phone", "Phone", optional=True, glass=True),
        Text("address", "Where to come", "Address", optional=True, limit=200, glass=True),
        Text("story", "In a few words", "What is it about, in short?", optional=True, limit=500),
        Received(
            "received",
            "Received",
            "When did it reach us? Deadlines run from then. Write a time, for example 14:30, or 21.11 14:30.",
        ),
        Choice("for_whom", "Who takes it", "Who takes it?", of=FOR_WHOM),
    ),
    staff=True,
)

NOTICE = Form(
    "notice",
    texts.TELL_CENTRE.msgid,
    (
        Choice("danger", "Now", "Is somebody in danger this minute? Then call {police} first.", of=DANGER),
        Place("district", "District", "Where do they live?"),
        Text(
            "about",
            "About",
            "What is it about, and how can we find the family? A few words are enough.",
            limit=500,
            glass=True,
        ),
        Number("children", "Children", "How many children?", optional=True, quick=(0, 1, 2, 3, 4, 5)),
        Phone("phone", "Phone", "Whom of you may we call? The number:", glass=True),
        Text("incoming", "Incoming number", "The number of your letter, if there is one.", optional=True, limit=40),
        Choice("source", "From", "From whom?", of=centre_list("sources"), when=answered("source")),
    ),
    staff=True,
)


def _planned_anew(answers: Answers) -> bool:
    """A visit of a series that is moved is for what it was for."""
    return "_visit" not in answers


def _may_recur(answers: Answers) -> bool:
    return answers.get("kind") in AGAIN_AND_AGAIN


def _recurs(answers: Answers) -> bool:
    return answers.get("repeat") not in (None, "once")


VISIT = Form(
    "visit",
    texts.PLAN_VISIT.msgid,
    (
        Choice("kind", "Kind of visit", "What kind of visit?", of=VISIT_KIND, when=_planned_anew),
        Day("day", "Day", "On which day?"),
        Time("time", "Time", "At what time?"),
        Choice("repeat", "How often", "How often?", of=HOW_OFTEN, when=_may_recur),
        Day(
            "since",
            "Guardianship since",
            "When does the guardianship begin? With the year, for example 15.03.2026.",
            back=CHILDHOOD,
            ahead=366,
            when=chose("repeat", "guardianship"),
        ),
        Day(
            "until",
            "Until",
            "Until which day? With the year, if it is not this one. If that is not known yet, skip.",
            ahead=CHILDHOOD,
            optional=True,
            when=_recurs,
        ),
    ),
    staff=True,
)

CLOSE = Form(
    "close",
    texts.CLOSE_CASE.msgid,
    (
        Choice("outcome", "Outcome", "What was reached?", of=OUTCOME),
        Choice("closing", "Reason", "Why is it closed?", of=CLOSING),
        Text("note", "Note", "A note, if needed.", optional=True, limit=500),
    ),
    staff=True,
)

NOTE = Form(
    "note",
    texts.WRITE_NOTE.msgid,
    (Text("words", "Note", "What is to be remembered about the case?", limit=1000),),
    staff=True,
    files_after="words",
)

HOUSEHOLD = Form(
    "member",
    texts.ADD_MEMBER.msgid,
    (
        Choice("kind", "Adult or child", "Who is it?", of=MEMBER),
        Text("who", "To the family", "Who is it to the family? Mother, grandson, neighbour.", limit=60),
        Text("born", "Year of birth", "Which year of birth?", optional=True, limit=20),
        Text("name", "Name", "What is the name?", optional=True, limit=100, glass=True),
    ),
    staff=True,
    files_after="name",
)

ACT = Form(
    "act",
    texts.WRITE_ACT_NO.msgid,
    (Text("act_no", "Number of the act", "Which number has the act?", limit=30),),
    staff=True,
    files_after="act_no",
)

TRAINING = Form(
    "training",
    texts.NEW_TRAINING.msgid,
    (
        Text("title", "Title", "What is the training called?", limit=120),
        Choice("audience", "Invited", "Whom do we invite?", of=centre_list("audiences")),
        Day("day", "Day", "On which day?"),
        Time("time", "Time", "At what time?"),
        Number("hours", "Hours", "How many hours?", least=1, most=24, quick=(1, 2, 3, 4, 6, 8)),
        Text("place", "Place", "Where?", limit=200),
        Number("capacity", "Seats", "How many seats?", least=1, most=5000, quick=(10, 12, 15, 20, 25, 30)),
    ),
    staff=True,
)

MOVED_TRAINING = Form(
    "moved",
    texts.MOVE.msgid,
    (Day("day", "Day", "On which day?"), Time("time", "Time", "At what time?")),
    staff=True,
)

WHEN = only(option("now", "As soon as I say so"), option("later", "Later"))
WHEN_TO_SEND = (
    Choice("when", "When", "When does it go?", of=WHEN),
    Day("day", "Day", "On which day?", when=chose("when", "later")),
    Time("time", "Time", "At what time?", when=chose("when", "later")),
)

NEWS = Form(
    "news",
    texts.NEWS_TO_CARERS.msgid,
    (
        Choice("audience", "For whom", "For whom is it?", of=centre_list("audiences")),
        Text("uk", "In Ukrainian", "What do we write? In Ukrainian:", limit=900),
        Text("en", "In English", "The same in English, if there is somebody to read it:", optional=True, limit=900),
        *WHEN_TO_SEND,
    ),
    staff=True,
    send=texts.NEWS_PREVIEW.msgid,
)

CAMPAIGN_NEWS = Form(
    "campaign",
    texts.NEWS_TO_SUBSCRIBERS.msgid,
    (
        Choice("audience", "For whom", "For whom is it?", of=centre_list("campaigns")),
        Discreet("uk", "In Ukrainian", "What do we write? In Ukrainian:", limit=900),
        Discreet("en", "In English", "The same in English, if there is somebody to read it:", optional=True, limit=900),
        *WHEN_TO_SEND,
    ),
    staff=True,
    send=texts.NEWS_PREVIEW.msgid,
)

ROOM = Form(
    "room",
    texts.DETAIL_SEATS.msgid,
    (Number("capacity", "Seats", "How many seats in all?", least=1, most=5000, quick=(10, 12, 15, 20, 25, 30)),),
    staff=True,
)

LINK = Form(
    "link",
    texts.DETAIL_LINK.msgid,
    (Text("link", "Link", "Where do people join? Only those who are coming will see it.", optional=True, limit=200),),
    staff=True,
)

TELL = Form(
    "tell",
    texts.TELL_COMING.msgid,
    (Text("words", "Message", "What should those who come know?", limit=500),),
    staff=True,
)

GUIDE_ITEM = Form(
    "guide",
    texts.GUIDE_EDIT.msgid,
    (
        Text("uk", "In Ukrainian", "The text in Ukrainian:", limit=1500),
        Text("en", "In English", "The text in English:", optional=True, limit=1500),
    ),
    staff=True,
)

RETURN = Form(
    "return",
    texts.OPEN_BY_CODE.msgid,
    (
        Text("number", "Number", "Number of the request:", limit=12),
        Text("code", "Code", "Code:", limit=60),
        Choice("safe", "Safe now", "Is it safe to read and to write here now?", of=SAFE_NOW),
    ),
    branch=True,
    files_after="safe",
)

# In one's own opened case; discreet like the branch, whatever it is about.

LETTER = Form(
    "letter",
    texts.WRITE_TO_US.msgid,
    (
        Text(
            "words",
            "Your words",
            "Write to the specialist. Your words leave this chat as soon as we have them.",
            limit=1000,
        ),
    ),
    branch=True,
    files_after="words",
)

CONTACT_CHOICE = Form(
    "contact",
    texts.HOW_TO_WRITE.msgid,
    (
        Choice("write", "Write here", "May we write to you here from now on?", of=CHANNEL),
        WHICH_HOURS,
        WHICH_DAYS,
        Phone("phone", "Phone", "Which number may we call?", when=chose("write", "call"), glass=True),
        WHICH_COVER,
    ),
    branch=True,
)

OWN_CODE = Form(
    "code",
    texts.CHOOSE_CODE.msgid,
    (Code("code", "Code", "Choose a code of your own: words or digits, at least six. Write it here:", limit=60),),
    branch=True,
    files_after="code",
)

SECOND_CODE = Form(
    "second",
    texts.SECOND_CODE.msgid,
    (
        Code(
            "code",
            "Second code",
            "A second code is for when somebody makes you open this. It shows a question about the guide and nothing "
            "else, and tells our staff that you are not alone. They will not call, write or come because of it. "
            "Write the second code here:",
            limit=60,
        ),
    ),
    branch=True,
    files_after="code",
)

ERASE = Form(
    "erase",
    texts.ERASE_CODE.msgid,
    (Text("code", "Code", "To have it erased, write the code of this request once more:", limit=60),),
    branch=True,
    files_after="code",
)

AWAY = Form(
    "away",
    texts.KEEP_AWAY.msgid,
    (Text("name", "First name", "Which first name? It leaves this chat at once.", limit=60),),
    branch=True,
    files_after="name",
)

REPLY = Form(
    "reply",
    texts.ANSWER_PERSON.msgid,
    (Text("words", "Answer", "What shall we answer?", limit=1000),),
    staff=True,
)


def _lacked(name: str, step: str) -> When:
    """Asked for that step, unless the case has it already."""
    return lambda answers: answers.get("step") == step and name not in answers.get("_known", ())


AGREED = Form(
    "agreed",
    texts.AGREED_PAGE.msgid,
    (
        Choice("step", "Without a word", "What shall we do if there is no word from you by then?", of=STEPS),
        Phone("phone", "Phone", "Which number may we call?", when=_lacked("phone", "call"), glass=True),
        Text(
            "address",
            "Where to come",
            "Where should we come? Street, house, how to find you.",
            limit=200,
            when=_lacked("address", "brigade"),
            glass=True,
        ),
        Day("day", "Day", "On which day?"),
        Time("time", "Time", "By what time? Press it or write it, for example 21:40.", hours=range(6, 24)),
    ),
    branch=True,
    files_after="time",
)

LEAVE = Form(
    "leave",
    texts.TAKE_LEAVE.msgid,
    (
        Day("first", "First day", "From which day? That day is free already."),
        Day("last", "Last day", "Until which day? That day is still free."),
    ),
    staff=True,
)

SHIFT = Form(
    "shift",
    texts.ADD_SHIFT.msgid,
    (
        Several("weekdays", "Days of the week", "On which days of the week?", of=WEEKDAYS),
        Time("starts", "Begins", "From when? Press it or write it, for example 7:30.", hours=range(6, 24)),
        Time(
            "ends", "Ends", "Until when? A time that is not later than the start is on the next day.", hours=range(24)
        ),
        Choice("team", "Team", "For which team?", of=for_teams),
    ),
    staff=True,
)

PLAN_WORDS = Text("words", "Note", "A note, if needed.", optional=True, limit=500)
PLAN_NOTE = Form(
    "plan_note",
    texts.PLAN_ADD_NOTE.msgid,
    (Text("words", "Note", "What is to be remembered about it?", limit=500),),
    staff=True,
    files_after="words",
)
PLAN_COUNT = Form(
    "plan_count",
    texts.PLAN_SEVERAL.msgid,
    (
        Number("amount", "How many", "How many times?", least=1, most=999, quick=(1, 2, 3, 5, 10)),
        PLAN_WORDS,
    ),
    staff=True,
    files_after="words",
)
PLAN_EVENT = Form(
    "plan_event",
    texts.PLAN_HAPPENED.msgid,
    (
        Day("day", "By when", "By which day is it to be done? Skip it if no day was named.", optional=True),
        PLAN_WORDS,
    ),
    staff=True,
    files_after="words",
)

# Programmes, hours, couples

PROGRAMME_KIND = only(*(Option(key, name) for key, name in texts.TRAINING_KINDS.items()))
REPEATS = only(
    option("once", "Once"),
    option("weekly", "Every week"),
    option("fortnightly", "Every two weeks"),
    option("monthly", "Every month, the same weekday"),
)

PROGRAMME = Form(
    "programme",
    texts.NEW_PROGRAMME.msgid,
    (
        Text("title", "Title", "What is the programme called?", limit=100),
        Choice("kind", "Kind", "What kind of programme is it?", of=PROGRAMME_KIND),
        Choice("audience", "Invited", "For whom is it?", of=centre_list("audiences")),
        Number("hours", "Hours", "How many hours does one session take?", least=1, most=24, quick=(1, 2, 3, 4, 6, 8)),
        Date(
            "approved_on", "Approved on", "When was it approved? Write the day, for example 12.03.2025.", optional=True
        ),
        Text("approved_by", "Approved by", "Who approved it?", optional=True, limit=100, when=answered("approved_on")),
        Date(
            "valid_until",
            "Valid until",
            "Until when is it valid? Write the day, for example 31.12.2028.",
            optional=True,
            ahead=True,
        ),
    ),
    staff=True,
)

STUDY_GROUP = Form(
    "study_group",
    texts.NEW_GROUP.msgid,
    (Text("name", "Group name", "What is the group called?", limit=40),),
    staff=True,
    files_after="name",
)


def _repeats(answers: Answers) -> bool:
    return answers.get("repeats") not in (None, "once")


LESSON = Form(
    "lesson",
    texts.PLAN_A_SESSION.msgid,
    (
        Day("day", "Day", "On which day?"),
        Time("time", "Time", "At what time?"),
        Text("place", "Place", "Where?", limit=200),
        Number("capacity", "Seats", "How many seats?", least=1, most=5000, quick=(10, 12, 15, 20, 25, 30)),
        Choice("repeats", "Repeats", "Does it come again?", of=REPEATS),
        Number(
            "times", "How many times", "How many times in all?", least=2, most=12, quick=(2, 3, 4, 6, 8, 12),
            when=_repeats,
        ),
    ),
    staff=True,
)  # fmt: skip

ELSEWHERE = Form(
    "elsewhere",
    texts.HOURS_ELSEWHERE.msgid,
    (
        Number("hours", "Hours", "How many hours?", least=1, most=500, quick=(4, 8, 16, 36, 72)),
        Date("earned_on", "Completed on", "On which day were they completed? Write the day, for example 12.03.2025."),
        Text("certificate", "Certificate", "The number of the certificate, if there is one.", optional=True, limit=60),
        Text("note", "Where", "Where were they taught?", optional=True, limit=200),
    ),
    staff=True,
)

REPORT_DAYS = Form(
    "report_days",
    texts.OTHER_DAYS.msgid,
    (
        Date("since", "First day", "From which day? Write it, for example 01.01.2026."),
        Date("until", "Last day", "Until which day? That day is in it, too."),
    ),
    staff=True,
)

PARTNER = Form(
    "partner",
    texts.ADD_PARTNER.msgid,
    (
        Text(
            "own",
            "Your first name",
            "What is your first name? With two of you, the buttons show names.",
            limit=30,
            when=lambda answers: not answers.get("_named"),
        ),
        Text("name", "The other first name", "What is the other carer's first name?", limit=30),
    ),
    files_after="name",
)

RENAMED = Form(
    "renamed",
    texts.ME_AND_PARTNER.msgid,
    (Text("name", "First name", "Which first name should the buttons show?", limit=30),),
    files_after="name",
)

MY_HOURS = Form(
    "my_hours",
    texts.MY_HOURS.msgid,
    (
        Time("start", "Quiet from", "From what time? Press it or write it, for example 21:30.", hours=range(18, 24)),
        Time("end", "Quiet to", "Until what time?", hours=range(5, 12)),
    ),
    files_after="end",
)

# What is no case and reports count

DAY_IT_WAS = only(option("today", "Today"), option("yesterday", "Yesterday"), option("other", "Another day"))
WHEN_IT_WAS = (
    Choice("when", "When", "When was it?", of=DAY_IT_WAS),
    Date("day", "Day", "Which day? Write it, for example 12.03.2026.", when=chose("when", "other")),
)
MADE = {**activities.MATERIALS, **activities.MEDIA}
INFORMATION_KIND = only(*(Option(key, kind.words) for key, kind in {**MADE, **activities.EVENTS}.items()))
MOST_PERSONS = 9_999
MOST_MADE = 999_999


def entry_routes(asking: Asking) -> tuple[Option, ...]:
    """The ways that the day centre's own profile has."""
    place = asking.centre.day_centre
    return tuple(Option(key, texts.STAY_ROUTES[key]) for key in (place.routes if place else ENTRY_ROUTES))


ARRIVAL = Form(
    "arrival",
    texts.STAY_NEW.msgid,
    (
        Choice("route", "How they came", "How did they come?", of=entry_routes),
        Number("persons", "Persons", "How many are they, adults and children together?", least=1, most=50,
               quick=(1, 2, 3, 4, 5, 6)),
        *WHEN_IT_WAS,
        DaysOfStay("days", "Days", "For how many days?", least=1, most=365, quick=(1, 2, 3, 5, 7, 10)),
    ),
    staff=True,
    files_after="days",
)  # fmt: skip
INFORMATION = Form(
    "information",
    texts.INFORMATION.msgid,
    (
        Choice("kind", "Kind", "What was it?", of=INFORMATION_KIND),
        Number("items", "How many", "How many?", least=1, most=MOST_MADE, quick=(1, 2, 5, 10, 50, 100),
               when=chose("kind", *MADE)),
        Number("persons", "Persons", "How many people came? If nobody counted, skip.", least=1, most=MOST_PERSONS,
               quick=(10, 15, 20, 25, 30, 50), optional=True, when=chose("kind", *activities.EVENTS)),
        *WHEN_IT_WAS,
        Text("title", "About", "About what or for whom, in a few words? No names of people, please.", optional=True,
             limit=100),
    ),
    staff=True,
    files_after="title",
)  # fmt: skip


def day_of(answers: Answers, today: date) -> date:
    """The day that «When was it?» was answered with."""
    if answers["when"] == "other":
        return date.fromisoformat(answers["day"])
    return today - timedelta(days=answers["when"] == "yesterday")


FORMS = {
    form.name: form
    for form in (
        HELP,
        SAFETY,
        CHILD,
        OTHER,
        REGISTER,
        NOTICE,
        VISIT,
        CLOSE,
        NOTE,
        HOUSEHOLD,
        ACT,
        TRAINING,
        MOVED_TRAINING,
        NEWS,
        CAMPAIGN_NEWS,
        ROOM,
        LINK,
        TELL,
        GUIDE_ITEM,
        RETURN,
        AGREED,
        LETTER,
        CONTACT_CHOICE,
        OWN_CODE,
        SECOND_CODE,
        ERASE,
        AWAY,
        REPLY,
        LEAVE,
        SHIFT,
        PLAN_NOTE,
        PLAN_COUNT,
        PLAN_EVENT,
        PROGRAMME,
        STUDY_GROUP,
        LESSON,
        ELSEWHERE,
        REPORT_DAYS,
        PARTNER,
        RENAMED,
        MY_HOURS,
        ARRIVAL,
        INFORMATION,
    )
}
