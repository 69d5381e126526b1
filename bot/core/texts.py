"""Every sentence that is not a question of a form.

The English words are the catalogue's keys; the Ukrainian is written in locales/uk, as a calm colleague would say it.
A name says what the sentence says. Blanks in {braces} are filled by the caller.
"""

from bot.core.centre import Words
from bot.core.lines import Counted, Sentence

# The menu

WELCOME = Sentence(
    "City guide to social services. Hours, benefits, documents, phones. You can also reach a specialist here."
)
MENU = Sentence("What would you like to see?")
GO_ON_WITH = Sentence("You have begun “{form}”. You can go on or start over.")
GO_ON = Sentence("Go on")
START_OVER = Sentence("Start over")
HELP_NEEDED = Sentence("I need help")
SAFETY_AT_HOME = Sentence("Safety at home")
OTHER_FAMILY = Sentence("Help for another family")
MY_REQUESTS = Sentence("My requests")
VISITS_AND_TRAININGS = Sentence("Visits and trainings")
GUIDE = Sentence("Guide and phones")
PRIVACY = Sentence("Privacy")
MY_DAY = Sentence("My day")
QUEUE = Sentence("Queue")
VISITS = Sentence("Visits")
TRAININGS = Sentence("Trainings")
ON_DUTY = Sentence("On duty")
ENTER_A_CASE = Sentence("Enter a case")
HELP = Sentence(
    "Press an entry of the menu, or write its name. /cancel leaves what you have begun. "
    "If you need a person at once, the phones are below."
)
WRITE_TO_ME_IN_PRIVATE = Sentence("Please write to me in private: a group has too many readers.")
CHOOSE_LANGUAGE = Sentence("Which language shall we speak?")
LANGUAGE_CHOSEN = Sentence("From now on in English.")
CMD_START = Sentence("Guide and menu")
CMD_HELP = Sentence("How this works, and phones")
CMD_CANCEL = Sentence("Cancel what I began")
CMD_LANGUAGE = Sentence("Language")
CMD_PRIVACY = Sentence("Privacy")
CMD_MYDATA = Sentence("What is held about me")
CMD_CASE = Sentence("A case by its number")

# Filling a form

STEP = Sentence("Step {step} of {of}")
BACK = Sentence("‹ Back")
CANCEL = Sentence("✕ Cancel")
SKIP = Sentence("Skip")
SKIPPED = Sentence("not said")
DONE = Sentence("Done")
SEND = Sentence("Send")
ENOUGH = Sentence("That is all")
TICKED = Sentence("✓ {label}")
MORE_OPTIONS = Sentence("More · {page}/{of} ›")
YOUR_ANSWER = Sentence("Your answer: {answer}")
ANSWERED = Sentence("{question}: {answer}")
EDIT_LINE = Sentence("Edit: {question}")
SUMMARY = Sentence("Please check. Is everything right?")
CANCELLED = Sentence("Cancelled. Your unsent answers are deleted.")
NOTHING_TO_CANCEL = Sentence("There is nothing to cancel.")
SHARE_NUMBER = Sentence("Share my number")
PRESS_TO_SHARE = Sentence("Press the button below to share your number, or write a number.")
NOT_YOUR_NUMBER = Sentence("This is another person's contact. Write the number if that is the one to call.")
NUMBER_NOTED = Sentence("The number is noted.")
PRESS_ONE_OF_THESE = Sentence("Please press one of the buttons.")
WRITE_A_FEW_WORDS = Sentence("Please write a few words.")
TOO_LONG = Sentence("That is {length} characters; {limit} fit. Please say it shorter.")
NO_PHONE_NUMBER = Sentence("This does not look like a phone number. For example: 067 123 45 67.")
WRITE_A_NUMBER = Sentence("Please write a number from {least} to {most}.")
WRITE_A_DAY = Sentence("Please pick a day or write it, for example 24.11.")
DAY_HAS_PASSED = Sentence("That day has passed, or is too far away. Please pick another.")
WRITE_A_TIME = Sentence("Please pick a time or write it, for example 14:30.")
TIME_HAS_PASSED = Sentence("That time has passed. Please pick another.")
STALE = Sentence("This button no longer works. Here is where you are.")
TEXT_PLEASE = Sentence("Thank you. Please answer in words or by a button.")
NOT_KEPT = Sentence(
    "We did not keep it, and it is gone from this chat. Keep such things in a safe place; you can show them in person."
)
OUR_FAULT = Sentence(
    "Something broke on our side. Your message is kept. Error no. {code}. If it is urgent: {police}, {helpline}."
)
OUR_FAULT_QUIET = Sentence("Something broke on our side. Your message is kept. Error no. {code}.")
WEEKDAYS = (
    Sentence("Mo"), Sentence("Tu"), Sentence("We"), Sentence("Th"), Sentence("Fr"), Sentence("Sa"), Sentence("Su"),
)  # fmt: skip
MONTHS = (
    Sentence("January {year}"), Sentence("February {year}"), Sentence("March {year}"), Sentence("April {year}"),
    Sentence("May {year}"), Sentence("June {year}"), Sentence("July {year}"), Sentence("August {year}"),
    Sentence("September {year}"), Sentence("October {year}"), Sentence("November {year}"), Sentence("December {year}"),
)  # fmt: skip

# Safety at home

DANGER_NUMBERS = Sentence("If the danger is now: {police} or {emergency}. Day and night, anonymous: {helpline}.")
PEOPLE_ANSWER = Sentence("People answer here today until {closes}; at night a phone is faster.")
PEOPLE_ANSWER_LATER = Sentence(
    "The office opens {opens}. Those on duty read what is urgent now too; a phone is faster."
)
NOBODY_ON_DUTY = Sentence(
    "Nobody is on duty now. We read it from {opens}; of a danger now the head is told at once. "
    "If it cannot wait: {police}, {helpline}."
)
LIMITS = Sentence(
    "“Leave now” clears this talk from the chat. What it cannot clear: notifications already shown, screenshots, "
    "messages older than 48 hours, traces on your other devices."
)
CONSENT_SHORT = Sentence(
    "The people on duty read this. We keep it while we help, and then as long as the law asks. "
    "You can withdraw at any time. If a child or a life is in danger, we must tell child services and the police. "
    "By choosing an answer below you agree."
)
CONSENT_WHOLE = Sentence("What happens to my words")
THIS_SOUNDS_HARD = Sentence("What you write sounds hard. You are not to blame for it, and need not be alone with it.")
YOU_ARE_NOT_ALONE = Sentence("It must be very hard now. You are not alone: somebody listens at once at these numbers.")
DO_YOU_NEED_HELP = Sentence("Shall we help? We open nothing without your press.")
YES_I_NEED_HELP = Sentence("Yes, I need help")
ANOTHER_MATTER = Sentence("No, it is about something else")
GOOD_TO_KNOW = Sentence("All right. Go on where you were.")
LEAVE_NOW = Sentence("Leave now")
EXIT = Sentence("Exit")
OPEN_FROM_TO = Sentence("{first}–{last} {opens}–{closes}")
LEFT = Sentence("The centre is open {hours}.")
RECEIPT = Sentence("Received, {number}. We read it by {by}.")
RECEIPT_NOBODY = Sentence("Received, {number}. Nobody is on duty now; the head is told at once. We read it by {by}.")
CODE_IS = Sentence("The answer will wait here: number {number}, code {code}. We will not write first.")
CODE_IS_TOO = Sentence(
    "The answer will wait here: number {number}, code {code}. A notification will tell nothing of it."
)
CANNOT_COME = Sentence("Without an address or a phone we cannot come. If the danger is now, call {police}.")
MISTAKE = Sentence("This was a mistake")
MISTAKE_MARKED = Sentence("Marked. Thank you.")
ADDITIONS = Sentence("Everything below can be skipped. Tell the specialist if you wish.")
THANKS_FOR_DETAILS = Sentence("Thank you. That is enough. You can come back at any time.")

# Receipts

RECEIPT_PLANNED = Sentence("Received, {number}. We read it by {by}.")
NEXT_HERE = Sentence("Then a specialist takes it and writes to you here.")
NEXT_CALL = Sentence("Then a specialist takes it and calls you.")
NEXT_COME = Sentence("Come to the centre and say this number: they will know about it there.")
RECEIPT_OTHER = Sentence(
    "Thank you. Received, {number}. We read it by {by}. "
    "We never say who wrote, and we cannot tell you what happens next: that is theirs."
)
RECEIPT_STAFF = Sentence("Entered, {number}.")

# One's own requests

NO_REQUESTS = Sentence("There are no requests here yet.")
YOUR_REQUESTS = Sentence("Your requests:")
OPEN_BY_CODE = Sentence("Open by number and code")
REQUEST_LINE = Sentence("{number}, {opened}: {state}")
OPEN_IT_AGAIN = Sentence("Please open it once more with its number and code.")
TO_CASE = Sentence("‹ Back to the request")
WRITE_TO_US = Sentence("Write to the specialist")
HOW_TO_WRITE = Sentence("How we may write to you")
CHOOSE_CODE = Sentence("A code of my own")
SECOND_CODE = Sentence("A second code")
NUMBER_AND_CODE = Sentence("Number and code")
CODE_PAGE = Sentence(
    "Number {number}, code {code}. Until you leave or this talk is cleared, it can be seen here again."
)
CODE_PAGE_GONE = Sentence("Number {number}. The code is shown no more. You can choose one of your own.")
CODE_CHOSEN = Sentence("From now on your own code opens {number}.")
CODE_TOO_EASY = Sentence("This is easy to guess. At least six letters or digits, not all alike. For example two words.")
SECOND_CODE_SET = Sentence("The second code is set.")
SECOND_CODE_SAME = Sentence("This is your first code. Please choose another one.")
CONTACT_CHOSEN = Sentence("Noted. From now on we keep to this.")
WORDS_KEPT = Sentence("We have your words. They are with your request.")
WORDS_KEPT_FOR_LATER = Sentence("We keep your words and will send them along. Please press one of the buttons.")
WRITTEN_BY_US = Sentence("{at}, the centre: {words}")
WRITTEN_BY_PERSON = Sentence("{at}, the person: {words}")
WRITTEN_BY_YOU = Sentence("{at}, you: {words}")
LETTERS_OLDER = Sentence("Earlier ›")
LETTERS_NEWER = Sentence("‹ Later")
LETTERS_PAGE = Sentence("Messages")
TRY_LATER = Sentence(
    "Several codes did not fit. Please try again after {at}. Your request is safe and its code has not changed."
)
NOT_CHECKED_YET = Sentence(
    "Number and code fit. This is another account, so a specialist first makes sure that it is you. "
    "You can write at once; you will read here after that."
)
NOT_SAFE_NOW = Sentence("Then not now. Come back at any time, from any phone, call {helpline} or come to the centre.")
HARMLESS_HISTORY = Sentence("{number}, {opened}: a question about benefits. Answered: the guide has the details.")
KEEP_DRAFT = Sentence("Keep what I began")
DRAFT_KEPT = Sentence("Kept for half an hour, also if you leave.")
OTHERWISE = Sentence(
    "We will not write. You can leave a number for a call below, come in person, "
    "or come back from any phone with this number and code."
)
WRONG_CODE = Sentence("The number and the code do not go together. Please check both.")
ANSWER_LATE = Sentence(
    "We did not keep our word: you were to hear from us by {at}. We are sorry. The head of the centre knows. "
    "{police} and {helpline} answer now."
)
STATE_NEW = Sentence("we have it and have passed it to the specialists")
STATE_CLAIMED = Sentence("a specialist has taken it")
STATE_CONTACTED = Sentence("a specialist is in touch")
STATE_VISIT = Sentence("a specialist will come: {at}")
STATE_CLOSED = Sentence("closed")

# Alerts and the queue

ALERT_URGENT = Sentence("Urgent case {number}. {district}. Danger now. By {by}.")
ALERT_NOT_NOW = Sentence("Urgent case {number}. {district}. No danger this minute. By {by}.")
ALERT_EMERGENCY = Sentence("Urgent case {number}. {district}. By {by}.")
ALERT_PLANNED = Sentence("Case {number}. {district}. By {by}.")
STILL_WAITS = Sentence("Still waits: nobody has taken it.")
HEAD_CALLED = Sentence("The team has not taken it. Now we are asking you.")
TAKE = Sentence("Take")
CANNOT_TAKE = Sentence("I can't take it")
TAKEN_FOR_YOU = Sentence("{number}: a specialist has taken it and will write to you.")
TAKEN = Sentence("{number} taken: {name}, {at}.")
YOU_TOOK = Sentence("{number} is yours since {at}.")
ALREADY_TAKEN = Sentence("A colleague was first.")
DECLINED = Sentence("{number}: you are not taking it. We are asking the others.")
ALL_DECLINED = Sentence("Nobody can take it so far.")
NOT_FOR_YOU = Sentence("You have no access to this.")
NO_SUCH_CASE = Sentence("There is no case with this number.")
CASE_CLOSED = Sentence("{number} is closed.")
CASE_MISTAKEN = Sentence("{number}: the person says that it was a mistake. Please look once more.")
CASE_ADDED = Sentence("{number}: there is something new on the card.")
OPEN_CARD = Sentence("Open the card")
CARD = Sentence("{number} · {district} · {state}")
CARD_REPORTED = Sentence("Reported {at}, answer by {by}.")
CARD_TEAM = Sentence("Team: {team}.")
CARD_CONTACT = Sentence("May we write first: {how}.")
CONTACT_HERE = Sentence("yes, here")
CONTACT_HOURS = Sentence("only at the hours that were named")
CONTACT_CALL = Sentence("no, by phone")
CONTACT_COME = Sentence("no, comes to the centre")
CONTACT_NONE = Sentence("no")
CARD_SILENT = Sentence("The bot was stopped on the other side: reach by phone only if that was allowed.")
CARD_HOURS = Sentence("Her hours: {hours}; days: {days}.")
ANY_HOURS = Sentence("any")
CARD_LETTERS = Counted("{n} message in the talk.", "{n} messages in the talk.")
CARD_UNREAD = Counted("{n} answer of yours has not been read yet.", "{n} answers of yours have not been read yet.")
CARD_DURESS = Sentence("Warning: opened with the second code on {at}. Think of it before you write, call or come.")
CARD_OTHER_ACCOUNT = Sentence("Another account knows number and code and asks to go on. Is it the same person?")
DURESS_SIGN = Sentence("{number}: opened with the second code. Somebody may be beside. Nothing is sent by itself.")
SAFE_AGAIN = Sentence("It is safe again")
SAME_PERSON = Sentence("It is the same person")
ANOTHER_PERSON = Sentence("It is somebody else")
ACCOUNT_ASKS = Sentence("{number}: another account knows number and code. Please make sure who it is.")
ACCOUNT_MOVED = Sentence("{number}: goes on with the new account. The old chat is silent.")
ACCOUNT_REFUSED = Sentence("{number}: the other account was turned away.")
NEW_CODE_FOR = Sentence("{number}, new code: {code}. Say it in person or in an agreed call; it is shown once.")
GIVE_NEW_CODE = Sentence("A new code")
ANSWER_PERSON = Sentence("Write an answer")
TALK = Sentence("Messages")
REPLY_WAITS = Sentence("{number}: kept. It will be read when the person comes back with number and code.")
REPLY_AT = Sentence("{number}: kept. A notification without content will be delivered on {at}.")
REPLY_NOW = Sentence("{number}: kept. A notification without content goes now.")
REPLY_SENT = Sentence("{number}: your answer goes to the person now.")
REPLY_SENT_AT = Sentence("{number}: your answer will be delivered on {at}.")
FROM_SPECIALIST = Sentence("{number}. From the specialist: {words}")
NOTHING_WRITTEN = Sentence("Nothing has been written yet.")
CARD_VISIT = Sentence("Visit: {at}.")
CARD_VISIT_ANSWER = Sentence("The answer to the visit: {answer}.")
MARK_CONTACTED = Sentence("First contact made")
PLAN_VISIT = Sentence("Plan a visit")
CLOSE_CASE = Sentence("Close the case")
QUEUE_EMPTY = Sentence("Nobody is waiting.")
QUEUE_HEAD = Counted("{n} case is waiting.", "{n} cases are waiting.")
QUEUE_LINE = Sentence("{number} · {district} · by {by}")
QUEUE_LATE = Sentence("{number} · {district} · late since {by}")
MINE_HEAD = Counted("{n} case is with you.", "{n} cases are with you.")
MINE_EMPTY = Sentence("No case is with you.")
STAGE_NEW = Sentence("waits")
STAGE_CLAIMED = Sentence("taken")
STAGE_CONTACTED = Sentence("in touch")
STAGE_VISIT_PLANNED = Sentence("visit planned")
STAGE_VISITED = Sentence("visited")
STAGE_CLOSED = Sentence("closed")
STAGE_MISTAKEN = Sentence("“a mistake”, to be looked at")
PERSON_UNREACHABLE = Sentence("{number}: messages no longer reach the person. Nothing else is sent without permission.")
NOT_DELIVERED = Sentence("A message to a person could not be delivered: {why}. See the log for row {row}.")

# Who may see

WHY_OPEN = Sentence("{number}: why do you open the card? It is noted.")
WHY_SUPERVISION = Sentence("Supervision")
WHY_STANDS_IN = Sentence("Standing in for a colleague")
WHY_COMPLAINT = Sentence("A complaint")
WHY_REPORT = Sentence("A report")
BEHIND_GLASS = Sentence("Name, address, phone")
GLASS_HEAD = Sentence("{number}. Every look is noted.")
GLASS_EMPTY = Sentence("Neither name nor address nor phone was given.")
GLASS_ASKED = Sentence("{number}: we have asked the head and the dispatcher. We tell you here once they allow it.")
GLASS_NOBODY = Sentence("A second person has to allow it, and there is nobody to ask now.")
GLASS_ASKS = Sentence("{number}: {name} asks to see name, address and phone.")
ALLOW = Sentence("Allow")
GLASS_ALLOWED = Sentence("{number}: allowed.")
GLASS_SETTLED = Sentence("This is settled already.")
CASE_GIVEN_ON = Sentence("{number} is with others now.")
BACK_IN_QUEUE = Sentence("Back in the queue: it waits again.")
VISIT_GIVEN_TO_YOU = Sentence("{number}: the visit on {at} is with you until somebody takes the case.")

# The team

WELCOME_STAFF = Sentence("Welcome, {name}. You are with us as: {role}. Alerts come to this chat.")
WELCOME_CARER = Sentence("Welcome. Invitations to trainings and reminders will come to this chat.")
CODE_NOT_VALID = Sentence("This invitation is used up or too old. Please ask for a new one.")
YOU_ARE_ON_DUTY = Sentence("You are on duty: alerts come to you.")
YOU_ARE_OFF_DUTY = Sentence("You are off duty: alerts go to your colleagues.")
GO_ON_DUTY = Sentence("Start my duty")
GO_OFF_DUTY = Sentence("End my duty")
LAST_ONE_ON_DUTY = Sentence("Nobody else of your team is on duty. The head is told.")
TEAM_HAS_NOBODY = Sentence("{name} has gone off duty, and nobody else of the team is on duty.")
ROLE_SPECIALIST = Sentence("specialist")
ROLE_PSYCHOLOGIST = Sentence("psychologist")
ROLE_LAWYER = Sentence("lawyer")
ROLE_BRIGADE = Sentence("mobile brigade")
ROLE_FOSTER_CARE = Sentence("foster care specialist")
ROLE_DISPATCHER = Sentence("dispatcher")
ROLE_HEAD = Sentence("head")
ROLE_DEPUTY = Sentence("deputy head")
ROLE_ADMIN = Sentence("administrator")

# Visits

VISIT_PLANNED = Sentence("{number}: visit planned for {at}.")
VISIT_IN_PAST = Sentence("That moment has passed. Please pick a later one.")
VISIT_TOMORROW_STAFF = Sentence("Tomorrow, {at}: visit for {number}. The card is behind the button.")
VISIT_SOON_STAFF = Sentence("Today, {at}: visit for {number}. The card is behind the button.")
VISIT_AHEAD_STAFF = Sentence("{at}: visit for {number}. The card is behind the button.")
VISIT_TOMORROW = Sentence("A specialist will come to you tomorrow: {at}.")
VISIT_TODAY = Sentence("A specialist will come to you today: {at}.")
VISIT_ARRANGED = Sentence("A specialist will come to you: {at}.")
VISIT_MOVED = Sentence("The specialist will come at another time: {at}.")
VISIT_CANCELLED = Sentence("The visit on {at} is cancelled.")
THE_VISIT = Sentence("The visit")
GUIDE_UPDATED = Sentence("The guide has an update.")
WILL_BE_IN = Sentence("I will be in")
ANOTHER_TIME = Sentence("Another time")
THANKS_BE_IN = Sentence("Thank you. We will come: {at}.")
THANKS_ANOTHER = Sentence("Understood. The specialist will offer another time.")
SHE_WILL_BE_IN = Sentence("{number}: will be in, {at}.")
SHE_ASKS_ANOTHER = Sentence("{number}: asks for another time instead of {at}.")
ANSWER_HOME = Sentence("will be in")
ANSWER_OTHER = Sentence("another time")
MOVE = Sentence("Move")
CALL_OFF = Sentence("Cancel it")
HELD = Sentence("It took place")
VISIT_LINE = Sentence("{at} · {number}")
NO_VISITS = Sentence("No visits are planned.")
YOUR_VISITS = Sentence("Your visits:")
VISIT_STALE = Sentence("This visit has changed. Here is how it stands now.")
VISIT_HELD = Sentence("{number}: the visit took place.")

# Trainings

TRAINING_INVITES = Sentence("Training “{title}”, {at}, {hours}. {place}. {seats}.")
HOURS = Counted("{n} hour", "{n} hours")
SEATS = Counted("{n} seat", "{n} seats")
I_WILL_COME = Sentence("I will come")
I_CANNOT = Sentence("I can't")
I_WAIT = Sentence("I am waiting for a seat")
TRAINING_YES = Sentence("You will come: “{title}”, {at}. {place}.")
TRAINING_NO = Sentence("Understood, you can't come: “{title}”, {at}. You can change your mind.")
TRAINING_FULL = Sentence("Sorry, all seats are taken.")
TRAINING_REMINDER = Sentence("Reminder: training “{title}”, {at}. {place}.")
TRAINING_REMINDER_LATE = Sentence("This reminder comes later than it should: training “{title}”, {at}. {place}.")
TRAINING_MOVED = Sentence("The training “{title}” has moved. Now: {at}. {place}. Will you come?")
TRAINING_CANCELLED = Sentence("The training “{title}”, {at}, is cancelled.")
TRAINING_MADE = Sentence("“{title}”, {at}: {invited}.")
INVITED = Counted("{n} person invited", "{n} people invited")
TRAINING_STANDING = Sentence("“{title}”, {at}. Will come: {yes} of {seats}. Can't: {no}. No answer yet: {silent}.")
TRAINING_LINE = Sentence("{at} · {title}")
SEAT_OF = Sentence("{name}: {answer}")
NAMED_WAY = Sentence("{name}: {way}")
TASK_UNREMINDED = Sentence("The training of {at}: {people} could not be reminded in time. Call whoever should know.")
TASK_UNREMINDED_TRAINING = Sentence("Some carers could not be reminded in time")
TRAINING_OPEN = Sentence("Open the training")
TASK_UNREMINDED_VISIT = Sentence("The reminder of the visit did not get through. Get in touch")
REMINDED_LATE = Sentence("This reminder comes later than it should.")
UNREMINDED = Counted("{n} person", "{n} people")
TRAINING_GONE = Sentence("This training has changed. Here is how it stands now.")
NO_TRAININGS = Sentence("No trainings are planned.")
PLANNED_TRAININGS = Sentence("Trainings:")
NEW_TRAINING = Sentence("New training")
NOTHING_PLANNED = Sentence("Nothing is planned for you yet.")

# The guide

GUIDE_HEAD = Sentence("What are you looking for?")
GUIDE_CHECKED = Sentence("Checked {day}.")
GUIDE_NOT_CHECKED = Sentence("Not checked yet: please call before you come.")
GUIDE_OLD = Sentence("Last checked {day}, some time ago: please call before you come.")
GUIDE_EDIT = Sentence("Rewrite")
GUIDE_RIGHT = Sentence("Still right")
GUIDE_CHECK = Sentence("Is this still right? “{title}”")
GUIDE_ITEM_NEW = Sentence("Guide: “{title}” has changed.")
GUIDE_OPEN = Sentence("Open the guide")
GUIDE_SAVED = Sentence("Saved. Checked today.")
TO_MENU = Sentence("‹ Menu")
TO_GUIDE = Sentence("‹ Guide")
PHONE_LINE = Sentence("{number}: {name}")
PHONES_NOT_CHECKED = Sentence("The centre has not checked these numbers yet.")

# Whom she keeps from her case (S25)

KEEP_AWAY = Sentence("Who should not see it")
KEEP_AWAY_PAGE = Sentence(
    "If you know somebody here and do not want that person to see your request, say so. "
    "We do not tell who asked. If one of them has it now, another one takes it at once."
)
NOBODY_KEPT_AWAY = Sentence("So far everybody who helps you may see it.")
KEPT_AWAY_LINE = Sentence("Does not see it: {who}")
SEE_AGAIN = Sentence("May see it again: {who}")
NOT_SEE_ROLE = Sentence("Not: {role}")
NOT_SEE_NAME = Sentence("Not somebody by name")
NO_SUCH_NAME = Sentence("Nobody of this first name works here. Please look how it is written, or choose below.")

# Rights over what is held (S20, S29)

RIGHTS = Sentence("My data and consents")
RIGHTS_PAGE = Sentence("My data and consents, {number}.")
CONSENTED = Sentence("You agreed that we read and keep this: {at} (text of {version}).")
PASSED_TO_NOBODY = Sentence("We pass nothing on to anybody: you have not said so.")
PASSED_TO = Sentence("We may tell:")
PASSED_LINE = Sentence("{body}: since {at}, text of {version}")
PASS_WHOM = Sentence("Below you say whom we may tell. Whatever you choose, our help is the same.")
I_AGREE = Sentence("I agree")
TAKE_BACK = Sentence("I take it back")
GIVEN_SINCE = Sentence("You agreed: {at}.")
TEXT_OF = Sentence("Text of {version}.")
CONSENT_GIVEN = Sentence("Noted. You can take it back at any time.")
CONSENT_TAKEN_BACK = Sentence("Noted. From now on we pass nothing more on.")
TO_RIGHTS = Sentence("‹ My data and consents")
WHAT_IS_HELD = Sentence("What is held here")

WITHDRAW = Sentence("Withdraw my consent")
WITHDRAW_PAGE = Sentence(
    "If you withdraw your consent, {number} stops: nobody works on it any more, nobody comes and nobody calls, "
    "and we write nothing first. If a visit is planned, the specialist is asked to cancel it; "
    "a call that you agreed on is off. What you allowed us to pass on is taken back as well."
)
WITHDRAW_STAYS = Sentence(
    "What stays: the record, until you have it erased, and a count without your name. "
    "If a child or a life is in danger, the law obliges us to act all the same."
)
WITHDRAW_UNDO = Sentence("You can change your mind here, as long as it is not erased.")
WITHDRAW_YES = Sentence("Yes, withdraw")
IS_WITHDRAWN = Sentence("You withdrew your consent: {at}. Nobody works on this request.")
GO_ON_CASE = Sentence("Go on with my request")
GOES_ON = Sentence("We go on. We will not write first unless you choose so.")
CLOSED_MEANWHILE = Sentence("It has been closed since. If you need help, please send a new request.")

ERASE = Sentence("Erase it")
ERASE_YES = Sentence("Yes, erase")
ERASE_PAGE = Sentence(
    "If you have {number} erased, all that you told goes for good, for us too. It waits {wait}: until then you can "
    "keep it. What stays: the number and a count without your name."
)
ERASE_MEANWHILE = Sentence(
    "Until then our help goes on, unless you withdraw your consent. But we will not write first about anything, "
    "and a call that you agreed on is off."
)
ERASE_CODE_NEXT = Sentence("Next we ask for the code once more.")
ERASE_CODE = Sentence("To erase it")
WILL_BE_GONE = Sentence("{number} will be erased: {at}. Until then you can keep it: open it and press “Keep it”.")
KEEP_IT = Sentence("Keep it")
IS_KEPT = Sentence("We keep it.")
NOT_THE_CODE = Sentence("This is not the code of this request. Nothing has changed.")

STATE_WITHDRAWN = Sentence("stopped: the consent is withdrawn")
STATE_ERASED = Sentence("erased")
CASE_WITHDRAWN = Sentence(
    "{number}: the consent is withdrawn. Please stop work on it. Only when a child or a life is in danger does the law "
    "oblige us to act; that is decided with the head."
)
CANCEL_THE_VISIT = Sentence("A visit is planned, {at}: please cancel it.")
CASE_GOES_ON = Sentence("{number}: the person goes on with it; the consent is given again.")
CONSENTS_CHANGED = Sentence("{number}: the consents on the card have changed.")
CASE_WILL_BE_ERASED = Sentence("{number} will be erased, {at}: the person wishes it.")
CASE_IS_KEPT = Sentence("{number} will not be erased: the person keeps it.")
CASE_ERASED = Sentence("{number} is erased, as the person wished.")
CARD_PASSED_TO = Sentence("Consent to pass on: {bodies}.")
CARD_PASSED_TO_NOBODY = Sentence("Consent to pass on: none.")
CARD_WITHDRAWN = Sentence("The consent is withdrawn: {at}. Nobody works on it.")
CARD_WILL_BE_ERASED = Sentence("Will be erased: {at}.")
CARD_ERASED = Sentence("Its content is erased.")

# What is held, as a file (S29)

DAYS = Counted("{n} day", "{n} days")
WORKING_DAYS = Counted("{n} working day", "{n} working days")
MONTHS_LONG = Counted("{n} month", "{n} months")
KEPT_APART = Sentence("What opens with a number and a code is not shown here.")
FILE_NAME = Words(uk="dovidka.txt", en="data.txt")
MY_DATA = Sentence("What we hold about you is in this file.")
CASE_DATA = Sentence("What we hold about this request is in this file. It goes from here together with the talk.")
FILE_TITLE = Sentence("What the centre holds about you")
FILE_TITLE_CASE = Sentence("What the centre holds about the request {number}")
FILE_MADE = Sentence("Made: {at}")
FILE_YOU = Sentence("YOU")
FILE_LANGUAGE = Sentence("Language: {language}")
FILE_SINCE = Sentence("You first wrote: {at}")
FILE_NAME_HELD = Sentence("First name: {name}")
FILE_ROLE = Sentence("You work here as: {role}")
FILE_AUDIENCE = Sentence("You are invited as: {audience}")
FILE_CASE = Sentence("REQUEST {number}")
FILE_OPENED = Sentence("Sent: {at}")
FILE_STATE = Sentence("State: {state}")
FILE_CLOSED = Sentence("Closed: {at}")
FILE_CONTACT = Sentence("May we write first: {how}")
FILE_TOLD = Sentence("What you told:")
FILE_ERASE_AT = Sentence("Will be erased: {at}")
FILE_CONSENTS = Sentence("Consents:")
FILE_CONSENT = Sentence("{name}: {at}, text of {version}, in {language}")
FILE_CONSENT_OVER = Sentence("{name}: {at}, text of {version}, in {language}; taken back {until}")
FILE_LETTERS = Sentence("Letters:")
FILE_FROM_US = Sentence("{at}, the centre: {words}")
FILE_FROM_YOU = Sentence("{at}, you: {words}")
FILE_TRAININGS = Sentence("TRAININGS")
FILE_TRAINING = Sentence("“{title}”, {at}. Your answer: {answer}")
ANSWER_NONE = Sentence("none yet")
NOT_ANSWERED = Sentence("no answer yet")
ANSWERS = {"yes": I_WILL_COME, "no": I_CANNOT, "wait": I_WAIT}
FILE_DRAFTS = Sentence("BEGUN, NOT SENT")
FILE_DRAFT = Sentence("{form}, {at}; goes by itself: {until}")
FILE_WRONG = Sentence("If something here is wrong or missing, tell any of us. We answer within {answer}.")

ERASE_MY_DATA = Sentence("Erase what is held about me")
ERASE_ALL_PAGE = Sentence(
    "In {wait} we erase what we hold about you: your requests with all that you told, what you have begun to fill in, "
    "your invitations to trainings, your name. Until then you can change your mind here."
)
ERASE_ALL_STAYS = Sentence(
    "What stays: counts without names; your language and the sealed number of this chat, so that the bot can answer; "
    "what you told about another family, without your phone and without a sign that it was you; "
    "your name in the log of openings, if you have worked here."
)
ERASE_ALL_APART = Sentence("What opens with a number and a code is erased there.")
ERASE_ALL_ASKED = Sentence("It will be erased: {at}. Until then you can keep it: press the button, or write /mydata.")
ERASE_ALL_KEPT = Sentence("We keep it all as it is.")
STAFF_STAYS = Sentence(
    "You work here now, and the log of who opened what needs your name. When your role ends, come back here. "
    "Only the administrator ends it."
)
# A call that was agreed; children; who tells of another family

AGREE_A_CALL = Sentence("Agree on a call")
AGREED_PAGE = Sentence("The agreed call")
AGREED_CHANGE = Sentence("Change it")
ALL_RIGHT = Sentence("I am all right")
AGREED_HOW = Sentence(
    "You set a time. If you press “I am all right” before it, nothing happens. If you don't, we do what you choose "
    "here. Until then you can change it or cancel it. If the danger is now, don't wait: {police}."
)
AGREED_CALL = Sentence("Agreed for {at}. If you don't press “I am all right” before, a specialist calls you.")
AGREED_BRIGADE = Sentence("Agreed for {at}. If you don't press “I am all right” before, the brigade comes to you.")
AGREED_NOTHING = Sentence("Agreed for {at}. If you don't press “I am all right” before, we only note it.")
AGREED_PASSED = Sentence("The time you set, {at}, has passed. Our people know and are doing what was agreed.")
AGREED_NONE = Sentence("No call is agreed now.")
AGREED_WELL = Sentence("Thank you. It is good that you are all right. Nothing happens at {at}.")
AGREED_WELL_LATE = Sentence("Thank you, our people see this. The time had passed, so they may still call or come.")
AGREED_OFF = Sentence("Cancelled. Nothing happens at {at}.")
AGREED_SET_STAFF = Sentence("{number}: a call is agreed for {at}.")
AGREED_MOVED_STAFF = Sentence("{number}: the agreed call is now for {at}.")
AGREED_OFF_STAFF = Sentence("{number}: the agreed call, {at}, is cancelled.")
AGREED_WELL_STAFF = Sentence("{number}: all is well, the agreed call, {at}, is not needed.")
AGREED_OVER_STAFF = Sentence("{number}: the agreed call, {at}, is off, because the case has ended.")
AGREED_WELL_LATE_STAFF = Sentence(
    "{number}: “I am all right” was pressed at {at}, after the agreed time. You decide whether to make sure."
)
AGREED_CALL_NOW = Sentence(
    "{number}: the agreed call. She has not said that all is well. Call now, the number is on the card."
)
AGREED_BRIGADE_NOW = Sentence(
    "{number}: coming was agreed for now. She has not said that all is well. Go now, the address is on the card."
)
AGREED_LATE = Counted("It was due {at}; we are {n} minute late.", "It was due {at}; we are {n} minutes late.")
AGREED_STILL_OPEN = Sentence("It was due {at}, and nobody has pressed “Done” yet.")
AGREED_DONE_BY = Sentence("{number}: what was agreed is done. {name}, {at}.")
CARD_AGREED_CALL = Sentence("Agreed for {at}: call, unless there is word that all is well.")
CARD_AGREED_BRIGADE = Sentence("Agreed for {at}: the brigade goes, unless there is word that all is well.")
CARD_AGREED_NOTHING = Sentence("Agreed for {at}: if there is no word that all is well, it is only noted.")
CARD_AGREED_PASSED = Sentence("It was agreed for {at}. There was no word that all is well.")
UNDER_18 = Sentence("I am under 18")
CHILD_WHO_READS = Sentence(
    "An adult at the centre who is on duty reads this and helps. You need nobody's permission to write, "
    "your parents' neither."
)
CHILD_NOBODY = Sentence(
    "Nobody is at the centre right now. We read this from {opens}; if you are in danger, the head is told at once. "
    "If you can't wait, call. You need nobody's permission to write, your parents' neither."
)
CHILD_DUTY = Sentence(
    "If you are being hurt or are in danger, we must tell child services and the police: that is the law, so that you "
    "are protected. Asking for help is by itself no ground to take a child away from home. "
    "By choosing an answer below you agree."
)
CHILD_LIMITS = Sentence(
    "“Leave now” clears this talk. What it cannot clear: notifications already shown, and screenshots."
)
CHILD_RECEIPT = Sentence("We have it. Your number: {number}. An adult from the centre reads it by {by}.")
CHILD_RECEIPT_NOBODY = Sentence(
    "We have it. Your number: {number}. Nobody is at the centre right now; the head is told at once. "
    "We read it by {by}."
)
CHILD_CODE = Sentence("The answer waits here: number {number}, code {code}. Remember them or write them down safely.")
CHILD_CODE_TOO = Sentence("The answer waits here: number {number}, code {code}. Our notification tells nothing of it.")
CHILD_CANNOT_COME = Sentence(
    "Without an address or a phone we cannot come. If it is dangerous now, call {police} or {line}."
)
CHILD_ADDITIONS = Sentence("You can skip everything below. You did well to write.")
CARD_CHILD_WORDS = Sentence("The centre's lawyer has not yet confirmed what a child is told here about our duty.")
OTHER_CALL_FIRST = Sentence("If somebody is in danger this minute, call {police} first. Then tell us here.")


# The queue: why first, leases, handing over

FIRST = Sentence("Why here: {reasons}.")
FIRST_URGENT = Sentence("urgent")
FIRST_DANGER = Sentence("danger now")
FIRST_CAME_BACK = Sentence("came back, time was lost")
FIRST_WEAPON = Sentence("a weapon at home")
FIRST_CHILD = Sentence("a child is there")
FIRST_REPEAT = Sentence("not the first time")
FIRST_RULE = Sentence("by the centre's rule")
FIRST_LATE = Sentence("late since {by}")
FIRST_BY = Sentence("to be read by {by}")
YOUR_LOAD = Sentence("In your hands: {load} of {limit}.")
LOAD_FULL = Sentence("You have as much in hand as the centre allows. The head can give you more.")
LOAD_FULL_OF = Sentence("{name} has as much in hand as the centre allows. Only the head can give more.")
IN_TOUCH_BY = Sentence("Get in touch by {at}.")
LEASE_SOON = Sentence("{number}: nobody has been in touch yet. At {at} it goes back to the queue.")
LEASE_OVER = Counted(
    "{number} is back in the queue: no first contact in {n} minute.",
    "{number} is back in the queue: no first contact in {n} minutes.",
)
LEASE_EXTENDED = Sentence("{number}: you have until {at}.")
LEASE_WAS_EXTENDED = Sentence("More time was given once already.")
LEASE_UNTIL = Sentence("Get in touch by {at}, or it goes back to the queue.")
LEASE_HELD = Sentence("The time to get in touch stands still: on the road, or an air-raid alarm.")
CAME_BACK = Counted("Back in the queue: no contact in {n} minute.", "Back in the queue: no contact in {n} minutes.")
WAITS_AGAIN = Sentence("{number} is in the queue again.")
GIVEN_BACK = Sentence("{number} is back in the queue. Thank you for saying so.")
MORE_TIME = Sentence("I need more time")
CANNOT_GO_ON = Sentence("I can't go on with it")
WHY_BACK = Sentence("{number} goes back to the queue. Why?")
BACK_ROAD = Sentence("I am on the road")
BACK_BUSY = Sentence("Busy with another case")
BACK_KNOWN = Sentence("I know these people")
BACK_ILL = Sentence("I am ill")
BACK_NOT_OURS = Sentence("Not for our team")
BACK_REASONS = {
    "road": BACK_ROAD,
    "busy": BACK_BUSY,
    "known": BACK_KNOWN,
    "ill": BACK_ILL,
    "not_ours": BACK_NOT_OURS,
}
"""Why somebody passes a case or gives it back; for the history and the head."""
HAND_OVER = Sentence("Hand over")
GIVE_TO = Sentence("Give to somebody")
GIVE_TO_WHOM = Sentence("{number}: to whom? The number says how much each has in hand.")
GIVE_TO_NOBODY = Sentence("{number}: there is nobody else on the team.")
COLLEAGUE = Sentence("{name} · {load}")
COLLEAGUE_ON_DUTY = Sentence("{name} · {load} · on duty")
OFFERED = Sentence("{name} asks you to take over {number}. {district}.")
ASKED_TO_TAKE = Sentence("{number}: {name} was asked. Until there is an answer, it is with you.")
I_TAKE_IT_OVER = Sentence("I take it over")
NOT_TAKEN_OVER = Sentence("{number}: {name} can't take it. It is still with you.")
DECLINED_OFFER = Sentence("{number} stays where it is.")
NOW_WITH = Sentence("{number} is now with: {name}.")
GIVEN_TO_YOU = Sentence("{number} was given to you: {name}.")
PAGE_BEFORE = Sentence("‹ Before")
PAGE_AFTER = Sentence("More ›")

# An air-raid alarm

AIR_ALARM = Sentence("Air-raid alarm")
AIR_CLEAR = Sentence("All clear")
AIR_IN_DISTRICT = Sentence("Alarm in one district")
AIR_WHERE = Sentence("Where does the alarm sound?")
AIR_AT = Sentence("{what}: {district}")
VISIT_IN_ALARM = Sentence("There was an air-raid alarm at the time of the visit, {at}. Which other time suits you?")
VISIT_IN_ALARM_STAFF = Sentence(
    "{number}: there was an alarm at the time of the visit, {at}. Choose a new time or say how it went."
)
TRAINING_IN_ALARM = Sentence("There was an alarm at the time of the training, {at}. Choose a new time, or call it off.")
AIR_ON = Sentence("Air-raid alarm noted. The time to get in touch stands still.")
AIR_OFF = Sentence("All clear noted. The time to get in touch runs on.")

# My day

DAY_HEAD = Sentence("My day, {day}")
DAY_LATE = Sentence("Late:")
DAY_NEXT = Sentence("To get in touch:")
DAY_WAITS = Sentence("Waiting for your answer:")
DAY_VISITS = Sentence("Visits:")
DAY_VISIT = Sentence("Visit, {number}")
DAY_TASKS = Sentence("To do:")
DAY_IN_TOUCH = Sentence("{number} · by {at}")
DAY_HELD = Sentence("{number} · the time stands still")
DAY_WRITTEN = Sentence("{number} · there is a letter")
ALL_MINE = Sentence("All my cases")
# Clocks and tasks

CLOCK_FIRST = Sentence("First answer")
CLOCK_VISIT_URGENT = Sentence("Urgent help on the spot")
CLOCK_ASSESSMENT = Sentence("Assessment of needs in time")
CLOCK_DECISION = Sentence("Decision on services")
CLOCK_NOTICE = Sentence("Notice of the decision")
CLOCK_POLICE = Sentence("Notice to the police")
CLOCK_CHILD_SERVICES = Sentence("Notice to child services")
CLOCK_CHILD_SAFETY = Sentence("Assessment of the child's safety")
CLOCK_DATA = Sentence("Answer about personal data")
CLOCK_OTHER_BODY = Sentence("Notice to another body")
CLOCK_ON_CARD = Sentence("{deadline}: by {by}. {basis}.")
CLOCK_LATE_ON_CARD = Sentence("{deadline}: late, was due by {by}. {basis}.")
CLOCK_SENT_ON_CARD = Sentence("{deadline}: with {body} since {at}, due by {by}. {basis}.")
CLOCK_NOT_VERIFIED = Sentence("The basis is not verified.")
CLOCK_DECIDED_ON_CARD = Sentence("{deadline}: decided by {body}, {at}.")
END_OF_DAY = Sentence("the end of {day}")
CLOCK_SOON = Sentence("{deadline}: by {by}, there is little time left.")
CLOCK_LATE = Sentence("{deadline}: was due by {by}.")
POLICE_TOLD = Sentence("The police have the notice")
CHILD_SERVICES_TOLD = Sentence("Child services have the notice")
CHILD_SAFETY_DONE = Sentence("The child's safety is assessed")
DECISION_SENT = Sentence("Sent for a decision")
DECISION_MADE = Sentence("The decision is made")
NOTICE_SENT = Sentence("The notice of the decision is sent")
DATA_ANSWERED = Sentence("The answer about data is sent")
CLOCK_STOPPED = Sentence("Noted.")
TASK_MISSED = Sentence("A deadline has passed")
TASK_LOOK_AGAIN = Sentence("Look at it again")
TASK_CALL = Sentence("Call")
TASK_WRITE = Sentence("Write")
TASK_VISIT_AGAIN = Sentence("Go there again")
TASK_REFERRAL = Sentence("Send the referral")
TASK_DOCUMENTS = Sentence("Ask about the documents")
TASK_DECISION = Sentence("Ask about the decision")
TASK_HEAD = Sentence("{number}. {district}.")
TASK_LINE = Sentence("{number} · {what} · {at}")
TASK_ON_CARD = Sentence("Next: {what}, {at}.")
TASK_STILL_OPEN = Sentence("Still to be done.")
TASK_LEFT_LYING = Sentence("{number}. {district}. A task has been open since {at}, and is with {name}.")
TASK_DONE_BUTTON = Sentence("Done with it")
TASK_LATER = Sentence("On the next working day")
TASK_DONE = Sentence("{number}: done.")
TASK_MOVED = Sentence("{number}: moved to {at}.")
TASK_STALE = Sentence("This task is done, or has changed.")
MANY_LATE = Counted("{n} case has passed a deadline.", "{n} cases have passed a deadline.")

# Entered afterwards

RECEIVED_NOW = Sentence("now")
WRITE_A_MOMENT = Sentence("Please press “now” or write a time, for example 14:30, or day and time: 21.11 14:30.")
MOMENT_AHEAD = Sentence("That time has not come yet. Please write when it reached us.")
MOMENT_TOO_OLD = Sentence("That is more than a year ago. Please look once more.")
BATCH = Counted("{n} case has been entered for you. The first:", "{n} cases have been entered for you. The first:")
BATCH_NEXT = Counted("{n} more waits in the queue.", "{n} more wait in the queue.")
# Duty: shifts, handing over, leave

ON_DUTY_UNTIL = Sentence("Until: {until}")
ON_DUTY_FOR = Sentence("For: {team}")
NEXT_SHIFT = Sentence("Your next shift: {starts}, until {ends}.")
HAND_OVER_TO = Sentence("Who shall take over your duty? They are asked first. Your cases stay with you.")
HAND_OVER_ASKED = Sentence("{name} is asked. Until there is a yes, you are on duty.")
ASKS_TO_TAKE_OVER = Sentence("{name} asks you to take over duty now. Alerts will come to you.")
TAKE_OVER = Sentence("I take it over")
NOT_TAKE_OVER = Sentence("I can't take it over")
TOOK_DUTY = Sentence("You have taken it over: you are on duty.")
DECLINED_DUTY = Sentence("Noted. Your duty has not changed.")
HANDED_OVER = Sentence("{name} has taken over: you are off duty.")
HAND_OVER_DECLINED = Sentence("{name} can't take over. You are still on duty.")
HAND_OVER_SILENT = Sentence("{name} has not answered. You are still on duty.")
HAND_OVER_OVER = Sentence("This is no longer asked.")
ALERT_MOVED = Sentence("{number} is with your colleague on duty now.")
MY_WEEK = Sentence("My week")
WEEK_CHANGED = Sentence("{name} has changed what is planned for you.")
WEEK_OF = Sentence("{name}: the week")
WEEKLY = Sentence("{day} {starts}–{ends}, {team}")
DAY_OFF = Sentence("{day}: off")
DAY_EXTRA = Sentence("{day}: {starts}–{ends}, {team}")
NEXT_DAYS = Sentence("The next days:")
COMING = Sentence("{starts} – {ends}, {team}")
NO_WEEK = Sentence("No shifts are planned: duty is on and off by hand.")
ALL_TEAMS = Sentence("all teams")
ADD_SHIFT = Sentence("Add a shift")
CLEAR_WEEK = Sentence("Clear the week")
PLAN_OTHERS = Sentence("Colleagues' weeks")
WHOSE_WEEK = Sentence("Whose week?")
TAKE_LEAVE = Sentence("Leave")
LEAVE_LINE = Sentence("On leave: {first} – {last}")
BACK_AT_WORK = Sentence("No leave after all")
LEAVE_IS_OVER = Sentence("Your leave is over. You are off duty until you press below.")
BEFORE_LEAVE = Counted(
    "{n} open case is affected. Whatever is handed on waits again, and the team is called.",
    "{n} open cases are affected. Whatever is handed on waits again, and the team is called.",
)
ON_LEAVE = Counted(
    "{name} is on leave, {first} – {last}. With them: {n} open case.",
    "{name} is on leave, {first} – {last}. With them: {n} open cases.",
)
SHIFT_ENDED = Counted(
    "Your duty is over. {n} case is still with you, without a first contact.",
    "Your duty is over. {n} cases are still with you, without a first contact.",
)
HAND_ON_HOW = Sentence("What you hand on waits again, and the team is called at once.")
HAND_ON = Sentence("Hand on {number}")
STILL_WITH = Counted("Handed on. {n} open case is left.", "Handed on. {n} open cases are left.")
NOTHING_LEFT = Sentence("Handed on. Nothing is left.")
GAPS_AHEAD = Sentence("Nobody will be on duty then:")
GAPS_BY_LEAVE = Sentence("Because of this leave nobody will be on duty then:")
GAP = Sentence("{team}: {starts} – {ends}")
GAP_WHEN = Sentence("{starts} – {ends}")
WHICH_TEAM = Sentence("Which team has nobody")
NO_GAPS = Sentence("In the coming week every team has somebody in the office's hours.")
# Other bodies
TELL_CENTRE = Sentence("Tell the centre")
ROLE_PARTNER = Sentence("another body")
WELCOME_PARTNER = Sentence(
    "Welcome. With “Tell the centre” you tell us of a family. You get a number and by when we read it. "
    "What happens next is the family's, and we cannot tell you."
)
RECEIPT_NOTICE = Sentence(
    "Received, {number}. We read it by {by}. Keep this as your receipt. "
    "What happens next is the family's, and we cannot tell you."
)

# Groups of teams
GROUP_JOINED = Sentence(
    "From now on the numbers of cases for the team “{team}” come here, with a deadline. All else stays in private."
)
GROUP_NOT_ASKED = Sentence("I was not invited to this group, so I am leaving it.")
GROUP_ASKS_CODE = Sentence("To stay in this group I need its invitation within five minutes: /start and the code.")
GROUP_ALERT = Sentence("{number}. {team}. By {by}.")
GROUP_TAKEN = Sentence("{number}: taken.")
GROUP_OVER = Sentence("{number}: over.")
OPEN_IN_PRIVATE = Sentence("Open in private")

# The same family twice
CARD_LIKE = Sentence("It looks like the same family: {number} (the same {what}).")
LIKE_PHONE = Sentence("phone")
LIKE_ADDRESS = Sentence("address")
LIKE_NAME = Sentence("name and district")
CARD_JOINED_HERE = Sentence("The same family, joined here: {number}.")
CARD_JOINED_TO = Sentence("The same family: the work goes on in {number}.")
JOIN = Sentence("Join {number}")
NOT_THE_SAME = Sentence("{number} is another family")
PART = Sentence("Take {number} apart again")
OPEN_NUMBER = Sentence("Open {number}")
GOES_ON_ELSEWHERE = Sentence("{number} goes on together with another case.")
JOINED_TO_YOURS = Sentence("{number} is now joined to your {main}: the same family.")
WITH_YOU_AGAIN = Sentence("{number} is a case of its own again. It is with you, as before.")
CANNOT_JOIN = Sentence("These two cannot be joined.")
# The pages of the card

TO_CARD = Sentence("‹ The card")
HISTORY = Sentence("History")
NOTES = Sentence("Notes")
SERVICES = Sentence("Services")
NEEDS_MET = Sentence("Needs met")
HOUSEHOLD = Sentence("Family")
PAPERS = Sentence("Documents received")
REFERRALS = Sentence("Passing on")
WITH_COUNT = Sentence("{label} · {n}")
TIMES = Sentence("{label} × {n}")
PAGE_HEAD = Sentence("{number} · {page}")

HISTORY_LINE = Sentence("{at} · {what}")
HISTORY_LINE_BY = Sentence("{at} · {name}: {what}")
HISTORY_EMPTY = Sentence("Nothing is noted yet.")
WHAT_OPENED = Sentence("came in")
WHAT_CLAIMED = Sentence("taken")
WHAT_RELEASED = Sentence("back in the queue")
WHAT_CONTACTED = Sentence("first contact")
WHAT_VISIT_PLANNED = Sentence("visit planned")
WHAT_VISITED = Sentence("visit took place")
WHAT_NOT_HELD = Sentence("visit not held: {why}")
WHAT_CLOSED = Sentence("closed")
WHAT_MISTAKEN = Sentence("marked as a mistake by the person")
WHAT_DURESS = Sentence("opened with the second code")
WHAT_DURESS_OVER = Sentence("safe again")
WHAT_REACHED = Sentence("whoever was inside was reached")
WHAT_NOTE = Sentence("a note")
WHAT_SERVICE = Sentence("service: {what}")
WHAT_UNDONE = Sentence("service taken back: {what}")
WHAT_NEED = Sentence("need met: {what}")
WHAT_NEED_OFF = Sentence("need not met after all: {what}")
WHAT_PAPER = Sentence("document received: {what}")
WHAT_PAPER_OFF = Sentence("document not received after all: {what}")
WHAT_PREPARED = Sentence("text prepared for: {what}")
WHAT_SENT = Sentence("passed on to: {what}")
WHAT_DUTY = Sentence("a child or a life is in danger, so the law obliges us to tell: {what}")
WHAT_MEMBER = Sentence("family: somebody added")
WHAT_MEMBER_OFF = Sentence("family: somebody taken out")
WHAT_ACT = Sentence("the form of the act was made")
WHAT_ACT_NO = Sentence("number of the act noted")
WHAT_STEP = Sentence("next step: {what}")
WHAT_CONSENTED = Sentence("consent given")
WHAT_CONSENT_BACK = Sentence("consent withdrawn")
WHAT_AGREED = Sentence("the agreed call has changed")
WHAT_CODE = Sentence("a new code")
WHAT_ACCOUNT = Sentence("goes on with another account")
WHAT_ERASE = Sentence("the person wishes it erased")
WHAT_KEPT = Sentence("the person keeps it")
WHAT_ERASED = Sentence("content erased")
WHAT_LAPSED = Sentence("back in the queue: nobody was in touch in time")
WHAT_GIVEN_BACK = Sentence("given back to the queue: {what}")
WHAT_PASSED = Sentence("passed on: {what}")
WHAT_GIVEN = Sentence("given to: {what}")
WHAT_JOINED = Sentence("joined with a case of the same family")
WHAT_PARTED = Sentence("taken apart from the other case")
WHAT_TOLD_APART = Sentence("looked like another case, and is not")
WHAT_OTHER = Sentence("a change")

WRITE_NOTE = Sentence("Write a note")
NOTES_EMPTY = Sentence("There are no notes yet.")
NOTE_LINE = Sentence("{at}, {name}: {words}")

SERVICES_PAGE = Sentence("Press what was given. Press again if it was given again.")
TAKE_BACK_LAST = Sentence("Take back the last one")
NEEDS_PAGE = Sentence("Press what was met.")

ADD_MEMBER = Sentence("Add somebody")
HOUSEHOLD_EMPTY = Sentence("Nobody is noted yet.")
HOUSEHOLD_GLASS = Sentence("Names lie behind “Name, address, phone”.")
ADULTS = Counted("{n} adult", "{n} adults")
CHILDREN = Counted("{n} child", "{n} children")
MEMBER = Sentence("{n}. {who}")
MEMBER_BORN = Sentence("born {year}")
TAKE_OUT = Sentence("Take out no. {n}")

PAPERS_PAGE = Sentence("Press what you have seen or have a copy of. Only that is noted, never what stands there.")
PAPERS_NOT_HERE = Sentence(
    "Documents are not collected in such cases. The person can keep them safe and show them when you meet."
)
PAPER_PASSPORT = Sentence("Passport or ID card")
PAPER_TAX = Sentence("Tax number")
PAPER_BIRTH = Sentence("Birth certificate")
PAPER_INCOME = Sentence("Proof of income")
PAPER_RESIDENCE = Sentence("Proof of residence")
PAPER_OTHER = Sentence("Another document")

REFERRALS_PAGE = Sentence("To whom we may pass it on, and what was sent.")
REFER_SENT = Sentence("{body}: sent {at}.")
REFER_PREPARED = Sentence("{body}: prepared, not sent yet.")
REFER_DUTY = Sentence("{body}: the law obliges us, no consent is needed.")
REFER_CONSENT = Sentence("{body}: there is consent.")
REFER_NONE = Sentence("{body}: no consent, nothing is passed on.")
REFER_CLOCK = Sentence("Clock: from {starts} until {due}. {basis}.")
REFER_NOT_CHECKED = Sentence("This term has not been checked by the centre yet.")
REFER_TEXT_BELOW = Sentence("The text to send, as it stands in the file:")
REFER_FILE = Sentence("The text as a file")
REFER_IS_SENT = Sentence("It has been sent")
REFER_DANGER = Sentence("A child or a life is in danger")
REFER_ASK = Sentence(
    "There is no consent. Nothing is passed on, and our help goes on. Only when a child or a life is in danger does "
    "the law oblige us to tell without it; then press the button, it is noted who decided."
)
REFER_CAPTION = Sentence("The text to send. It can be saved and passed on. Add by hand only what the body needs.")
REFER_FILE_NAME = Words(uk="lyst.txt", en="letter.txt")
LETTER_TO = Sentence("To: {body}")
LETTER_FROM = Sentence("From: {centre}")
LETTER_HEAD = Sentence("Notification {number} of {day}")
LETTER_POLICE = Sentence(
    "Under the law we notify you of signs of violence or of a threat to life and health, reported to us {reported}. "
    "District: {district}."
)
LETTER_CHILD = Sentence(
    "Under the law we notify you of a child who may be in danger or may have witnessed violence, reported to us "
    "{reported}. District: {district}. Children concerned: {children}."
)
LETTER_OTHER = Sentence(
    "We ask for your help for a person who is with us since {reported} and who has agreed that we write to you. "
    "District: {district}."
)
LETTER_BASIS = Sentence("Basis: {basis}.")
LETTER_ASKS = Sentence(
    "Please tell us in writing what was done, and whom we can speak to. Details are given in person by the specialist."
)
LETTER_NOT_SAID = Sentence("not known")
LETTER_SIGNED = Sentence("Specialist: {name}    Signature: ____________    Phone: ____________")

# What is still open when a case is closed

STILL_OPEN = Sentence("Still open, and over when you send this:")
OPEN_VISIT = Sentence("the visit: {at}")
OPEN_STEP = Sentence("{step}, {at}")
OPEN_INSIDE = Sentence("you are inside: press “I am out” when you leave")

# Going to a visit

ON_THE_WAY = Sentence("On the way")
INSIDE = Sentence("I am inside")
OUT = Sentence("I am out")
HALF_AN_HOUR = Sentence("+30 minutes")
SAFE_STAYING = Sentence("I am safe, 30 minutes more")
THEY_ARE_SAFE = Sentence("Reached: all is well")
THEY_ARE_OUT = Sentence("Reached: they are out")
NOT_HELD = Sentence("It did not take place")
POLICE_GO = Sentence("The police go along")
POLICE_STAY = Sentence("Without the police after all")
MAKE_ACT = Sentence("The form of the act")
WRITE_ACT_NO = Sentence("Number of the act")
ON_WAY_SINCE = Sentence("On the way since {at}.")
INSIDE_SINCE = Sentence("Inside since {at}, out by {by}. Then the bot asks.")
WAS_OUT = Sentence("Out: {at}.")
VISIT_WHAT = Sentence("{kind}, {district}.")
ATTEMPT = Sentence("Attempt {n}.")
WITH_POLICE = Sentence("The police go along.")
RISK_WEAPON = Sentence("A weapon at home: go with the police.")
RISK_DANGER = Sentence("The danger was now when it was reported.")
RISK_FEARED = Sentence("The one who is feared may be there.")
RISK_REPEAT = Sentence("Not the first time.")
RISK_NIGHT = Sentence("At night: do not go alone.")
NOT_IN_TIME = Sentence("{number}. {district}. By {by} you were to be out. Is all well?")
NOBODY_OUT = Sentence(
    "{number}. {district}. {name} is inside since {since} and was to be out by {by}. Please call at once. "
    "If nobody answers: {police}."
)
IS_OUT = Sentence("{number}. {name} is out, {at}.")
IS_SAFE = Sentence("{number}. {name} was reached, all is well, {at}. We ask again at {by}.")
WHY_NOT_HELD = Sentence("{number}: why did the visit not take place?")
WAS_NOT_HELD = Sentence("{number}: the visit did not take place. {why}.")
NOT_HELD_WHY = {
    "nobody_home": Sentence("Nobody was at home"),
    "refused": Sentence("They did not want it"),
    "another_time": Sentence("They asked for another time"),
    "wrong_address": Sentence("The address is wrong"),
    "moved_away": Sentence("They have moved away"),
    "not_safe": Sentence("It was not safe"),
    "called_off": Sentence("We called it off"),
}
WHAT_NEXT = Sentence("What is next?")
TASK_FIND = Sentence("Find out where they are")
TASK_WITH_POLICE = Sentence("Visit with the police")
TASK_PREPARE = Sentence("Prepare the decision")
TASK_SERVICE = Sentence("Begin the service")
TASK_RESULT = Sentence("Say how the visit went")
STEP_BUTTON = Sentence("Next: {step}")
STEP_OTHER = Sentence("a task")
STEP_NOTED = Sentence("Noted: {step}, {at}.")
ACT_NOTED = Sentence("Number of the act: {act_no}.")
VISITS_TODAY = Sentence("Today:")
VISITS_LATER = Sentence("Later:")
ROUTE_LINE = Sentence("{at} · {number} · {district}")
ROUTE_POLICE = Sentence("with the police")
ROUTE_RISK = Sentence("look at the risk first")
FILE_FAMILY = Sentence("Your family, as we noted it:")
FILE_DONE = Sentence("What was done:")
FILE_SENT = Sentence("Passed on to: {body}, {at}")
FILE_NOTES = Counted(
    "{n} note of our specialists. Ask any of us to read it with you.",
    "{n} notes of our specialists. Ask any of us to read them with you.",
)
ACT_FILE_NAME = Words(uk="blank.docx", en="blank.docx")
ACT_CAPTION = Sentence("{number}: the form to print or to fill in. What was told is not in it.")
ACT_CAPTION_OUTSIDE = Sentence("{number}: the form to print or to fill in.")

# What another account has written

WRITTEN_BY_UNCHECKED = Sentence("{at}, another account, not checked: {words}")

# Calendars outside, the month, square codes

CALENDAR_NAME = Words(uk="kalendar.ics", en="calendar.ics")
CALENDAR_MEETING = Sentence("Meeting")
CALENDAR_TRAINING = Sentence("Training")
TO_CALENDAR = Sentence("Add to my calendar")
CALENDAR_CAPTION = Sentence(
    "Open the file, and your phone puts the dates into its calendar. The titles are general: “Meeting”, “Training”. "
    "If something changes, take the file again."
)
CALENDAR_NOT_ALL = Sentence("Some visits are only in this bot: they have no place in a calendar outside.")
FEED = Sentence("Calendar subscription")
FEED_PAGE = Sentence(
    "An address of your own for your calendar app: it looks there by itself, and what moves, moves in the calendar "
    "too. The titles are general: “Meeting”, “Training”.\n\nWhoever has the address sees the dates. If somebody else "
    "has it, take a new one: the old one stops working at once."
)
FEED_STANDS = Sentence("You have an address, given on {at}. We do not keep it and cannot show it again.")
FEED_NEW = Sentence("Get an address")
FEED_RENEW = Sentence("A new address instead")
FEED_END = Sentence("End the subscription")
FEED_ENDED = Sentence("The subscription has ended. The old address no longer works.")
FEED_ADDRESS = Sentence(
    "Your address, shown this once:\n{address}\n\nGoogle Calendar: in a browser, “Other calendars”, “From URL”.\n"
    "iPhone and Outlook:\n{webcal}"
)
FILE_FEED = Sentence("A private address of your calendar, since {at}")
MONTH = Sentence("Month")
MONTH_FILE = Words(uk="misiats.png", en="month.png")
MONTH_DAY = Sentence("{day}: {what}")
MONTH_TODAY = Sentence("{day}, today: {what}")
MONTH_VISITS = Counted("{n} visit ({teams})", "{n} visits ({teams})")
MONTH_OF_TEAM = Sentence("{team} {n}")
MONTH_TRAINING = Sentence("{at} training “{title}”")
MONTH_VISITS_ALL = Counted("{n} visit", "{n} visits")
MONTH_TRAININGS = Counted("{n} training", "{n} trainings")
MONTH_DATES = Counted("{n} date of the plan", "{n} dates of the plan")
MONTH_EMPTY = Sentence("Nothing is planned in this month.")
MONTH_HEAD_VISITS = Sentence("Visits")
MONTH_HEAD_TRAININGS = Sentence("Trainings")
MONTH_HEAD_PLAN = Sentence("Plan")
POSTER = Sentence("QR code")
POSTER_WHICH = Sentence(
    "“{title}”, {at}. A sheet with a square code, to print or to pass on.\n\nThe invitation leads a carer to the page "
    "of this training, until it is over. The one for the door is scanned on the spot, from an hour before the "
    "beginning: hang it up only there."
)
POSTER_INVITE = Sentence("For the invitation")
POSTER_DOOR = Sentence("For the door")
POSTER_FILE = Words(uk="zaproshennia.png", en="invitation.png")
POSTER_FILE_DOOR = Words(uk="dveri.png", en="door.png")
POSTER_AT = Sentence("{at}")
POSTER_SCAN = Sentence("Scan, and answer whether you will come.")
POSTER_SCAN_DOOR = Sentence("You are here? Scan the code.")
POSTER_CAPTION = Sentence("The sheet for the invitation: “{title}”, {at}.")
POSTER_CAPTION_DOOR = Sentence("The sheet for the door: “{title}”, {at}. If the time changes, print it anew.")
NOT_OF_AUDIENCE = Sentence(
    "This training is for carers whom the centre has invited. If you are one of them, write to the centre or call: "
    "the numbers are in the guide."
)

# Visits that recur, and another time for one

HOW_AGAIN = {
    "weekly": Sentence("every week"),
    "two_weeks": Sentence("every two weeks"),
    "monthly": Sentence("once a month"),
    "week_2": Sentence("twice a week"),
    "week_3": Sentence("three times a week"),
    "week_4": Sentence("four times a week"),
    "week_5": Sentence("five times a week"),
}
AGAIN_MONTHLY = Sentence("once a month")
DAY_OF_YEAR = Sentence("{day} {year}")
VISIT_AGAIN = Sentence("Recurs {how}.")
VISIT_AGAIN_UNTIL = Sentence("Recurs {how}, until {day}.")
THEN_AGAIN = Sentence("After that {how}.")
THEN_AGAIN_UNTIL = Sentence("After that {how}, until {day}.")
ONE_OR_ALL = Sentence("{number}: the visit on {at} recurs {how}. This one, or all from here on?")
ONLY_THIS_ONE = Sentence("This one only")
FROM_HERE_ON = Sentence("From here on")
BACK_TO_VISIT = Sentence("Back to the visit")
VISITS_OFF = Sentence("The visits from {at} on are cancelled.")
WHICH_TIME = Sentence("Which time suits you?")
NONE_OF_THESE = Sentence("None of these")
SLOT_TAKEN = Sentence("That time has just been taken.")
SLOT_YOURS = Sentence("Agreed. A specialist will come to you: {at}.")
SHE_CHOSE = Sentence("{number}: has chosen another time, {at}.")
NONE_SUITS = Sentence("{number}: no other time suits instead of {at}. Please get in touch.")

# The year's plan

PLAN = Sentence("Plan")
PLAN_WEEK = Sentence("This week")
PLAN_MONTH = Sentence("This month")
PLAN_YEAR = Sentence("The whole year")
PLAN_LATE = Sentence("Overdue")
PLAN_SECTION = Sentence("Section {section}")
PLAN_ITEM = Sentence("Item {item}")
PLAN_ITEM_ON = Sentence("{item} · {day}")
PLAN_HEAD_WEEK = Sentence("Plan for this week")
PLAN_HEAD_MONTH = Sentence("Plan for this month")
PLAN_HEAD_LATE = Sentence("Overdue by the plan")
PLAN_HEAD_YEAR = Sentence("Plan of {year}")
PLAN_HEAD_SECTION = Sentence("Plan of {year}, section {section}")
PLAN_EMPTY = Sentence("Nothing here.")
PLAN_NONE = Sentence("The plan of {year} is not here yet. The administrator imports it.")
PLAN_LINE = Sentence("{day} · {item}. {title}")
PLAN_TITLE = Sentence("{item}. {title}")
PLAN_WITH_STATE = Sentence("{line} ({state})")
PLAN_STATES = {"done": Sentence("done"), "not_done": Sentence("not done"), "late": Sentence("overdue")}
PLAN_HAS_HAPPENED = Sentence("It happened, and is still to be done: {item}. {title}")
PLAN_TERM = Sentence("When: {term}")
PLAN_WHO = Sentence("Who: {roles}")
PLAN_DAY = Sentence("{day}")
PLAN_NOTED = Sentence("{day}: {words}")
PLAN_TALLY = Sentence("Done: {done}. Not done: {not_done}. Overdue: {overdue}. Ahead: {ahead}.")
PLAN_COUNTED = Sentence("This quarter: {quarter}. This year: {year}.")
PLAN_WAITS = Sentence("It waits for its event. When that happens, press the button.")
PLAN_IS_CLOSED = Sentence("The plan does not have this item any more.")
PLAN_ABOUT_DAY = Sentence("This is about {day}.")
PLAN_ABOUT_EVENT = Sentence("This is about what happened, with no day named.")
PLAN_DONE = Sentence("It is done")
PLAN_NOT_DONE = Sentence("It was not done")
PLAN_UNDO = Sentence("Take the mark back")
PLAN_ADD_NOTE = Sentence("Add a note")
PLAN_SEVERAL = Sentence("A number or a note")
PLAN_HAPPENED = Sentence("It happened")
PLAN_STALE = Sentence("It has a mark already, or the plan has changed.")
PLAN_FOR = Sentence("Plan for {day}: {items}.")
PLAN_WAS = Sentence("The plan had for {day}: {items}. It has no mark yet.")
PLAN_OVERDUE = Counted("{n} item of the plan is overdue:", "{n} items of the plan are overdue:")
PLAN_MORE = Sentence("And {n} more.")

# Broadcasts and campaigns

BROADCAST = Sentence("Broadcast")
BROADCASTS = Sentence("What the centre writes to many at once. News goes only to those who joined it.")
NEWS_TO_CARERS = Sentence("To carers")
NEWS_TO_SUBSCRIBERS = Sentence("To those who joined the news")
NEWS_PREVIEW = Sentence("Show how it will look")
NEWS_TELLS = Sentence(
    "This will show on lock screens, and somebody else may read it. Please say it without: {words}. "
    "Phones and details can wait in the guide."
)
NEWS_LINE = Sentence("No. {id} · {audience} · {state}")
NEWS_ABOVE = Sentence("It will look like the message above. For: {audience}. Recipients: {many}.")
NEWS_NOBODY = Sentence("Nobody has joined yet, so there is nobody to send it to.")
NEWS_AT = Sentence("It goes {at}.")
NEWS_AFTER_QUIET = Sentence("We do not write at night: it goes {at}.")
NEWS_TEST = Sentence("Send to me")
NEWS_GO = Sentence("Send")
NEWS_PLAN = Sentence("Plan it")
NEWS_CHANGE = Sentence("Change it")
NEWS_CANCEL = Sentence("Call it off")
NEWS_STOP = Sentence("Stop")
NEWS_TESTED = Sentence("Sent to you alone.")
NEWS_PLANNED = Sentence("Broadcast no. {id} goes {at}.")
NEWS_BEGINS = Sentence("Broadcast no. {id} begins now.")
NEWS_CANCELLED = Sentence("Broadcast no. {id} is called off. Nobody got it.")
NEWS_PROGRESS = Sentence("Broadcast no. {id}\n{bar} {share} %")
NEWS_COUNTS = Sentence("Sent: {sent} · waiting: {waiting} · not delivered: {failed} · closed the bot: {unreachable}")
NEWS_DONE = Sentence("Broadcast no. {id} is over.")
NEWS_STOPPED = Sentence("Broadcast no. {id} is stopped. It had already gone to: {sent}. It does not go to: {stopped}.")
NEWS_MISSED = Sentence("Whom it did not reach")
NEWS_MISSED_CLOSED = Sentence("{name}: has closed the bot. A phone call is needed.")
NEWS_MISSED_FAILED = Sentence("{name}: Telegram did not take it.")
NEWS_MISSED_COUNTS = Sentence(
    "Closed the bot: {unreachable} · not delivered: {failed}. We keep no names of those who joined the news."
)
NEWS_GONE = Sentence("This broadcast is no longer there.")
NEWS_STATE_DRAFT = Sentence("not sent")
NEWS_STATE_PLANNED = Sentence("planned")
NEWS_STATE_SENDING = Sentence("on its way")
NEWS_STATE_STOPPED = Sentence("stopped")
NEWS_STATE_DONE = Sentence("sent")
NEWS_STATE_CANCELLED = Sentence("called off")
CENTRE_NEWS = Sentence("Centre news")
CENTRE_NEWS_PAGE = Sentence(
    "The centre can write to you about what you choose, and about nothing else. You leave with one press."
)
NEWS_JOINED_MARK = Sentence("✓ {name}")
NEWS_ABOUT = Sentence("{name}. {about}")
NEWS_ON_LOCK_SCREEN = Sentence(
    "If you join, we write to you here. A message shows on the lock screen, and whoever holds the phone can read it. "
    "At night we do not write."
)
NEWS_YOU_JOINED = Sentence("You have joined.")
NEWS_JOIN = Sentence("Join")
NEWS_LEAVE = Sentence("Leave the news")
NEWS_NO_MORE = Sentence("Send me no more of these")
NEWS_LEFT = Sentence("We no longer write to you about “{name}”. You can come back under “Centre news”.")
FILE_CAMPAIGN = Sentence("News that you joined: {name}, since {at}")

# A seat at a training: answers, the line, whether it is kept

ANOTHER_DATE = Sentence("Another date")
WAIT_FOR_SEAT = Sentence("Wait for a seat")
WAIT_FIRST = Sentence("Wait at the head of the line")
STOP_WAITING = Sentence("I don't want to wait")
TAKE_SEAT = Sentence("I take it")
NO_THANKS = Sentence("No, thank you")
STILL_COME = Sentence("Yes, I will")
SEATS_TAKEN = Sentence("All seats are taken. You can wait for one: when it is free, we will ask you.")
TRAINING_WAITS = Sentence(
    "You are waiting for a seat: “{title}”, {at}. Your place in the line: {place}. When one is free, we will ask."
)
SEAT_FREE = Sentence("A seat is free: “{title}”, {at}. {place}. We hold it for you until {until}.")
OFFER_WENT_ON = Sentence("There was no answer, so the seat is no longer held for you: “{title}”, {at}.")
SEAT_WENT_ON = Sentence(
    "There was no answer, and others were waiting: your seat has gone to the next in the line. “{title}”, {at}."
)
HELD_AGAIN = Sentence("This training will be held again. If a day suits you, choose it below.")
WHY_NOT = Sentence("If you wish, tell us what is in the way. It helps us to choose better days.")
REASON_NOTED = Sentence("Noted: {reason}.")
ANOTHER_DATE_NOTED = Sentence("Noted: you would like another date.")
REASONS = {
    "work": Sentence("Work"),
    "illness": Sentence("Illness"),
    "children": Sentence("Child care"),
    "far": Sentence("Too far"),
    "time": Sentence("Inconvenient time"),
    "other": Sentence("Something else"),
}
TRAINING_SOON = Sentence("Soon: training “{title}”, {at}. {place}.")
WILL_YOU_STILL = Sentence("Will you still come?")
KEEP_WARNING = Sentence("Others are waiting for a seat. Without an answer by {by}, your seat goes to the next.")
KEEP_LAST = Sentence("This is the last time we ask: without an answer by {by}, your seat goes to the next.")
TRAINING_LINK = Sentence("To join: {link}")
TRAINING_BEGUN = Sentence("The training “{title}”, {at}, has begun already.")
NO_SEAT_FREE = Sentence("No seat has become free this time: “{title}”, {at}. Thank you for waiting.")
MISSED_ASKS = Sentence(
    "We missed you at “{title}”, {at}. If you wish, tell us what got in the way. It helps us to choose better days."
)
MISSED_THANKS = Sentence("Thank you, noted.")

# A training as whoever holds it sees it

WHO_ANSWERED = Sentence("Who answered")
WHO_CAME_BUTTON = Sentence("Who came")
MORE_OF_TRAINING = Sentence("More")
TO_TRAINING = Sentence("‹ The training")
TO_ATTENDANCE = Sentence("‹ Who came")
STANDING_WAITS = Sentence("Waiting for a seat: {n}.")
STANDING_OTHER_DATE = Sentence("Would like another date: {n}.")
STANDING_WHY = Sentence("Why not: {reasons}.")
STANDING_UNREACHED = Sentence("Could not be reached: {people}.")
STANDING_CAME = Sentence("Came: {came}. Missed: {missed}.")
STANDING_WHY_MISSED = Sentence("Why missed: {reasons}.")
REASON_COUNT = Sentence("{reason}: {n}")
NO_REASON = Sentence("not said")
NOBODY_ANSWERED = Sentence("Nobody has answered yet.")
COMES_LINE = Sentence("Comes: {name}")
CANNOT_LINE = Sentence("Can't: {name}")
CANNOT_WHY_LINE = Sentence("Can't: {name} ({reason})")
WAITS_LINE = Sentence("Waits: {name}")
OFFERED_LINE = Sentence("Is offered a seat until {until}: {name}")
REASONS_OF_SILENCE = {
    "another_date": Sentence("another date"),
    "unkept": Sentence("did not confirm"),
    "unanswered": Sentence("did not answer the offer"),
}
WHO_CAME = Sentence("“{title}”, {at}. Who came? Marked: {came}, with a seat: {yes}.")
EVERYBODY_CAME = Sentence("Everybody came")
SOMEBODY_ELSE = Sentence("Somebody came without a seat")
CAME_WITHOUT = Sentence("Who came without a seat?")
NOBODY_ELSE = Sentence("Everybody in this audience is on the list.")
ATTENDANCE_CLOSED = Sentence("“{title}”, {at}. Came: {came}, missed: {missed}.")
NOT_BEGUN = Sentence("It begins at {at}. The list can be closed from then on.")
CAN_BE_OPENED = Sentence("Until {until} you can correct it.")
OPEN_AGAIN = Sentence("Correct it")
TOO_LATE_TO_OPEN = Sentence("This was closed more than a day ago and cannot be corrected here.")
YOU_ARE_HERE = Sentence("Noted, you are here: “{title}”, {at}.")
WHO_IS_HERE = Sentence("“{title}”, {at}. Who of you is here?")
ALL_OF_US = Sentence("All of us")
DOOR_CLOSED = Sentence("The list of this training is closed. Please tell whoever holds it.")
TASK_CLOSE_TRAINING = Sentence("Say who came to the training")
TASK_CLOSE_OF = Sentence("The training of {at} is over. Please say who came.")
TRAINING_LEFT_LYING = Sentence("The training of {at}: nobody has said yet who came. It is with {name}.")
TRAINING_IS_YOURS = Sentence("You hold the training of {at} now.")
DETAIL_KIND = Sentence("Kind ›")
DETAIL_TRAINER = Sentence("Who holds it ›")
DETAIL_DISTRICT = Sentence("District ›")
DETAIL_INSTEAD = Sentence("Makes up for ›")
DETAIL_SEATS = Sentence("Change the seats")
DETAIL_LINK = Sentence("A link to join")
TELL_COMING = Sentence("Write to those who come")
DETAIL_HEADS = {
    "kind": Sentence("What kind of training is it?"),
    "trainer": Sentence("Who holds it?"),
    "district": Sentence("For which district?"),
    "instead": Sentence("Which one does it make up for?"),
}
DETAIL_KIND_IS = Sentence("Kind: {kind}")
DETAIL_TRAINER_IS = Sentence("Holds it: {name}")
DETAIL_DISTRICT_IS = Sentence("District: {name}")
DETAIL_INSTEAD_IS = Sentence("Makes up for: {title}, {at}")
FOR_NONE = Sentence("For none")
SEATS_ARE_TAKEN = Sentence("More people than that have a seat already, or are being offered one.")
TRAINING_NEWS = Sentence("“{title}”, {at}. From whoever holds it: {words}")
NEWS_SENT = Counted("Is on its way to {n} phone.", "Is on its way to {n} phones.")
TRAINING_KINDS = {
    "foster_in_service": Sentence("Training for current carers"),
    "candidate_preparation": Sentence("Preparation of candidates"),
    "burnout_seminar": Sentence("Seminar against burnout"),
    "mutual_support_group": Sentence("Mutual support group"),
    "guardian_seminar": Sentence("Seminar for guardians"),
    "group_event": Sentence("Group event"),
    "campaign": Sentence("Campaign"),
    "staff_training": Sentence("Training for staff"),
    "supervision": Sentence("Supervision session"),
}
FILE_REASON = Sentence("Noted as the reason: {reason}")
FILE_CAME = {"yes": Sentence("You were there"), "no": Sentence("You were not there")}
TASK_OF_TRAINING = Sentence("{what} · {at}")
SEAT_FOR_FIRST = Sentence("There is a free seat after all: “{title}”, {at}. {place}. Whoever answers first has it.")

# Programmes, groups, hours, plans; one's own hours and zone

PROGRAMMES = Sentence("Programmes")
NEW_PROGRAMME = Sentence("New programme")
NO_PROGRAMMES = Sentence("There are no programmes yet.")
PROGRAMMES_HEAD = Sentence("Programmes:")
PROGRAMME_CARD = Sentence("“{title}”. {kind}, {audience}. One session: {hours}.")
PROGRAMME_APPROVED = Sentence("Approved: {on}, {by}.")
PROGRAMME_APPROVED_ON = Sentence("Approved: {on}.")
PROGRAMME_NOT_APPROVED = Sentence("Not marked as approved.")
PROGRAMME_VALID = Sentence("Valid until {until}.")
PROGRAMME_RAN_OUT = Sentence("It was valid until {until}. Check it before you plan.")
PROGRAMME_HELD = Sentence("Held before, from a table: {sessions}. Came: {came}.")
PROGRAMME_CLOSED = Sentence("The programme “{title}” is closed. What is planned stays.")
PROGRAMME_NO_SESSIONS = Sentence("No sessions yet.")
CLOSE_PROGRAMME = Sentence("Close the programme")
SESSIONS = Counted("{n} session", "{n} sessions")
LESSON_LINE = Sentence("Session {k} of {n}: {at}")
PLAN_A_SESSION = Sentence("Plan a session")
NEW_GROUP = Sentence("New group")
GROUP_LINE = Sentence("{name} · {members}")
LEARNERS = Counted("{n} learner", "{n} learners")
GROUP_CARD = Sentence("Group “{name}”, “{title}”: {members}.")
GROUP_WHO = Sentence("Press a name to put it in or to take it out.")
GROUP_NOBODY = Sentence("Nobody in this audience has joined the bot yet.")
GROUP_EMPTY = Sentence("There is nobody in the group yet. Put somebody in first.")
IN_GROUP = Sentence("✓ {name}")
LESSONS_MADE = Sentence("“{title}”: {sessions} planned, {invited}.")
SERIES_INVITES = Sentence("“{title}”, {sessions}, {hours} each. {place}. Open a date to answer for it.")
IMPORTED_CARD = Sentence("“{title}”, {at}, {hours}. {place}. {seats}. Nobody is invited yet.")
INVITE = Sentence("Invite")
IMPORTED_GONE = Sentence("This session has been planned already.")
NO_PLACE = Sentence("The place will be told later")

CREDITED = Sentence("Credited: “{title}”, {hours}.")
CREDITED_NUMBER = Sentence("Credited: “{title}”, {hours}. Certificate no. {certificate}.")
CREDIT_CHECKED = Sentence("“{title}”: the list of those who came is being checked. We will write what stays credited.")
CREDIT_UNDONE = Sentence(
    "“{title}”: these hours are not credited, the list says that you were not there. If that is wrong, tell us."
)
OF_LEARNER = Sentence("{name}. {words}")
PLAN_LEFT = Sentence("To do: {left} by {due}.")
PLAN_IS_OVER = Sentence("The deadline was {due}. Still to do: {left}.")
PLAN_WAS_DONE = Sentence("The plan was completed on {on}; the next one has begun.")
PLAN_BAR = Sentence("{bar} {done} of {hours}")
PLAN_NOT_CHECKED = Sentence("The centre has not checked this norm yet.")
PLAN_WITHOUT_NORM = Sentence("Credited so far: {hours}.")
PLAN_COMING = Sentence("You have a seat: {at}, “{title}”, {hours}.")
MY_PLAN = Sentence("My plan")
MY_PLAN_FITS = Sentence("What fits, with free seats:")
MY_PLAN_NOTHING = Sentence("There is no training with free seats yet. We will write as soon as there is one.")
FITS_LINE = Sentence("{at} · {title} · {hours}")
PLAN_WARNS = Sentence("Your training plan: {left} to do by {due}.")
PLAN_WARNS_LATE = Sentence("This reminder comes later than it should. Your training plan: {left} to do by {due}.")

BEHIND = Sentence("Who is behind")
BEHIND_HEAD = Sentence("Hours to do, the nearest deadline first:")
BEHIND_NOBODY = Sentence("Nobody has hours to do.")
BEHIND_LINE = Sentence("{name} · {done} of {hours} · by {due}")
BEHIND_LATE = Sentence("{name} · {done} of {hours} · the deadline was {due}")
BEHIND_SOON = Counted(
    "{n} carer has 30 days or less for the training plan, and hours are missing.",
    "{n} carers have 30 days or less for the training plan, and hours are missing.",
)
BEHIND_OVER = Counted(
    "{n} carer is past the deadline of the training plan.", "{n} carers are past the deadline of the training plan."
)
LEARNER_UNREACHED = Sentence("The bot's messages do not reach this phone.")
LEARNER_CREDITS = Sentence("Credited:")
LEARNER_CREDIT = Sentence("{on} · {hours} · {what}")
LEARNER_NUMBER = Sentence("no. {certificate}")
LEARNER_ELSEWHERE = Sentence("taught elsewhere")
LEARNER_AHEAD = Sentence("Ahead:")
LEARNER_HISTORY = Sentence("Sessions attended: {came}. Not attended: {missed}.")
HOURS_ELSEWHERE = Sentence("Hours from elsewhere")
ELSEWHERE_NOTED = Sentence("Noted: {hours}, {on}.")

ME_AND_PARTNER = Sentence("Me and my partner")
PARTNER_ONE = Sentence(
    "Invitations to this phone are for one carer. If two of you share it, add the other one: each has seats, hours and "
    "certificates of their own."
)
PARTNER_TWO = Sentence("This phone is shared by: {names}. Each has seats, hours and certificates of their own.")
ADD_PARTNER = Sentence("Add the other carer")
RENAME_PARTNER = Sentence("{name}: another name")
REMOVE_PARTNER = Sentence("{name}: remove")
PARTNER_SURE = Sentence("{name} will get no more invitations here, and gives up the seats ahead. Credited hours stay.")
PARTNER_SURE_YES = Sentence("Yes, remove {name}")
PARTNER_GONE = Sentence("{name} is no longer in this chat. The credited hours stay.")
PARTNER_MOST = Sentence("Two carers can share a phone. For more, please call the centre.")
PARTNER_LAST = Sentence("Somebody has to stay. To have everything erased, open “Privacy”.")
PARTNER_IS_HERE = Sentence("There is already a {name} here. Choose another name.")

MY_HOURS = Sentence("Quiet hours")
MY_ZONE = Sentence("I am abroad")
MY_HOURS_PAGE = Sentence("Reminders do not come from {start} to {end}. Choose other hours, if these do not suit you.")
MY_HOURS_NEVER = Sentence("Reminders come at any hour.")
HOURS_OF_CENTRE = Sentence("As at the centre: {start} to {end}")
HOURS_FROM_TO = Sentence("From {start} to {end}")
HOURS_NEVER = Sentence("Any hour suits me")
HOURS_TYPED = Sentence("Other hours")
MY_ZONE_PAGE = Sentence("Where are you now? Times of trainings are then shown by your clock, with Kyiv time beside it.")
MY_ZONE_IS = Sentence("Your clock: {country}.")
TWO_CLOCKS = Sentence("{own} ({centre} Kyiv time)")

DAY_IS_AHEAD = Sentence("That day is still ahead. Write a day up to today, for example 12.03.2025.")
FILE_LEARNERS = Sentence("On this phone: {names}")
FILE_CREDITS = Sentence("CREDITED HOURS")
FILE_HOURS_OWN = Sentence("Do not disturb: from {start} to {end}")
FILE_ZONE = Sentence("Your time zone: {zone}")
TO_PROGRAMME = Sentence("To the programme")
IMPORTED_LINE = Sentence("{at} · {title} · to invite")
TO_LEARNER = Sentence("To the learner")

# Reports

REPORT = Sentence("Report")
REPORT_ASKS = Sentence("Report. For which period?")
THIS_QUARTER = Sentence("This quarter, up to today")
LAST_QUARTER = Sentence("Last quarter")
LAST_MONTH = Sentence("Last month")
THIS_YEAR = Sentence("This year, up to today")
LAST_YEAR = Sentence("Last year")
OTHER_DAYS = Sentence("Other dates")
REPORT_OF = Sentence("Report from {first} to {last}.")
REPORT_RUNS = Sentence("This period is not over, so the figures are not final.")
REPORT_EDITION = Counted("Printed once so far: edition {n}.", "Last edition: {n}.")
REPORT_NOT_PRINTED = Sentence("Not printed yet. The first file makes edition 1.")
REPORT_WAYS = Sentence("Tables can be read here. A file is for paper and for the council.")
REPORT_TABLES = Sentence("Tables, here in the chat")
REPORT_TABLES_HEAD = Sentence("Which table?")
REPORT_DOCX = Sentence("Document")
REPORT_XLSX = Sentence("Spreadsheet")
REPORT_PNG = Sentence("Charts")
REPORT_PUBLIC = Sentence("Document for publication")
REPORT_PUBLIC_XLSX = Sentence("Spreadsheet for publication")
REPORT_COMING = Sentence("Counting. It will be here in a moment.")
REPORT_FAILED = Sentence("The report could not be made. Try once more; if it fails again, tell whoever runs the bot.")
REPORT_NO_CHARTS = Sentence("There is nothing to draw for this period.")
REPORT_CHART = Sentence("chart.png")
REPORT_FILE = Sentence("report-{first}-{last}.{kind}")
REPORT_FILE_PUBLIC = Sentence("report-{first}-{last}-public.{kind}")
REPORT_CAPTION = Sentence("Report from {first} to {last}. {edition}")
REPORT_IS_PUBLIC = Sentence("For publication: small numbers are hidden.")
EDITION_IS = Sentence("Edition {n}.")
EDITION_NONE = Sentence("Not an edition: the period is not over.")

# Reports: whether they close

ADDS_UP = Sentence("adds up")
DOES_NOT_ADD_UP = Sentence("does not add up: {what}: {whole} in all, {parts} in the rows, difference {difference}")
MORE_THAN = Sentence("does not add up: {less} families and {more} services, {difference} too many families")
FLOW_BROKEN = Sentence(
    "does not add up: {start} + {opened} − {closed} = {sum}, and {end} at the end, difference {difference}"
)
NOT_WITH_TRIPS = Sentence(
    "does not add up: {trips} trips, {forms} with a main form of violence, difference {difference}"
)
FEWER_TRIPS = Sentence("does not add up: {trips} trips for {cases} cases")
OVER_CAPACITY = Sentence("does not add up: {persons} persons at once on {day}, places: {places}")
NOT_SAID_OF = Sentence("{n}; it adds up only with this row")
LATE_CASES = Sentence("late: {n}")
NO_DAY = Sentence("without a date: {n}; no period has them")
CHANGED_SINCE = Sentence("{what}: was {before}, is {now}")
DIFFERS_FROM_EDITION = Counted("{n} figure differs since it was printed", "{n} figures differ since it was printed")
CHECK_OF = Sentence("{what}: {note}")
EVERYTHING_ADDS_UP = Sentence("everything adds up")
TABLES_DIFFER = Sentence("does not add up: {one} and {other}, difference {difference}")
CHANGED_MORE = Counted("and {n} more difference", "and {n} more differences")
NOT_CLOSED = Sentence("did not add up when it was printed")
# Reports: the copy for publication

REPORT_ADDS_UP = Sentence("Adds up.")
REPORT_OUT = Sentence("Does not add up.")
REPORT_CORRECTED = Sentence("This edition corrects an earlier one.")

# What a report counts: on the card, and what is no case

FOR_REPORT = Sentence("For the report")
TO_PAGE = Sentence("‹ {page}")
FOR_REPORT_PAGE = Sentence("By this the report counts the case.")
COUNTED_CATEGORY = Sentence("Category: {category}")
COUNTED_REASONS = Sentence("Circumstances: {reasons}")
COUNTED_FORMS = Sentence("Violence: {forms}")
COUNTED_VICTIM = Sentence("Victim: {who}")
COUNTED_NOT = Sentence("not said")
CIRCUMSTANCES = Sentence("Circumstances")
CATEGORY = Sentence("Category")
VIOLENCE_FOUND = Sentence("Violence")
CIRCUMSTANCES_PAGE = Sentence("Press every circumstance that applies.")
CATEGORY_PAGE = Sentence("Which category does the report count the case under?")
CATEGORY_CONSENT = Sentence("“{category}” says where a family comes from. It is noted only if the person agrees to it.")
CATEGORY_AGREED = Sentence("The person agrees")
VIOLENCE_PAGE = Sentence(
    "Press every form that there was. The first is the main one, by which trips are counted; you can name another. "
    "Below: who was hurt, whether a child was, and whether it was the first time.\n\n"
    "From this the time to tell the police and child services may begin; the card shows it."
)
MAIN_FORM = Sentence("{form} (main)")
MAKE_MAIN = Sentence("Main form: {form}")
VIOLENCE_FORMS = {
    "physical": Sentence("Physical"),
    "psychological": Sentence("Psychological"),
    "economic": Sentence("Economic"),
    "sexual": Sentence("Sexual"),
}
VICTIMS = {"woman": Sentence("A woman"), "man": Sentence("A man"), "child": Sentence("A child")}
CHILD_IS = {"victim": Sentence("A child was hurt"), "witness": Sentence("A child saw it")}
NOT_FIRST_TIME = Sentence("Not the first time")
WHAT_REASON = Sentence("circumstance: {what}")
WHAT_REASON_OFF = Sentence("circumstance taken out: {what}")
WHAT_CATEGORY = Sentence("category: {what}")
WHAT_CATEGORY_OFF = Sentence("category taken out: {what}")
WHAT_VIOLENCE = Sentence("form of violence: {what}")
WHAT_VIOLENCE_OFF = Sentence("form of violence taken out: {what}")
WHAT_MAIN = Sentence("main form: {what}")
WHAT_VICTIM = Sentence("victim: {what}")
WHAT_VICTIM_OFF = Sentence("victim taken out: {what}")
WHAT_CHILD = Sentence("noted: {what}")
WHAT_CHILD_OFF = Sentence("taken out: {what}")
WHAT_REPEAT = Sentence("not the first time")
WHAT_REPEAT_OFF = Sentence("the first time after all")
WHAT_TO_TELL = Sentence("this deadline has begun: {what}")
WHAT_NOT_TO_TELL = Sentence("this deadline is off: {what}")

RECORDS = Sentence("Records")
RECORDS_PAGE = Sentence("What do you want to note?")
RECORD_NOTED = Sentence("Noted.")
RECORD_UNDO = Sentence("Take this entry back")
RECORD_UNDO_LAST = Sentence("Take back the last entry")
RECORD_GONE = Sentence("This entry is not there any more.")
TO_RECORDS = Sentence("‹ Records")

HELPLINE = Sentence("Helpline")
HELPLINE_PAGE = Sentence("What was the call about? One press notes it. Who called is not noted.")
HELPLINE_TODAY = Counted("Today: {n} call.", "Today: {n} calls.")
HELPLINE_NOTED = Sentence("Noted: {topic}.")
HELPLINE_UNDONE = Sentence("Taken back: {topic}.")

DAY_CENTRE = Sentence("Day centre")
DAY_CENTRE_NOW = Counted("Now: {taken} of {n} place.", "Now: {taken} of {n} places.")
DAY_CENTRE_PAGE = Sentence("Names are not noted here. A stay ends by itself after its last day.")
STAY_NEW = Sentence("Note an arrival")
STAY_OF_A_DAY = Sentence("{first} · {persons}")
STAY_LINE = Sentence("{first} – {last} · {persons}")
STAY_CAME = Sentence("How they came: {route}")
PERSONS = Counted("{n} person", "{n} people")
STAY_ROUTES = {
    "phone": Sentence("By phone"),
    "in_person": Sentence("Came in person"),
    "brigade": Sentence("By the brigade"),
    "police": Sentence("By the police"),
}
STAY_FULL = Counted(
    "Not noted: {day} there would be {taken} for {n} place.",
    "Not noted: {day} there would be {taken} for {n} places.",
)
STAY_ENDS = Sentence("They leave today")
STAY_ENDED = Sentence("Noted: they have left, the place is free.")
STAY_ENDED_FIRST_DAY = Sentence("Noted: they leave today. The place is taken until the end of the day.")
STAY_GOES_ON = Sentence("They stay after all")
STAY_UNDONE = Sentence("The arrival is taken back.")

INFORMATION = Sentence("Information work")
INFORMATION_PAGE = Sentence("Posters, articles, talks: whatever the report counts as information work.")
INFORMATION_NEW = Sentence("Note some work")
INFORMATION_LATEST = Sentence("Noted by you in the last days:")
INFORMATION_LINE = Sentence("{day} · {kind}")
INFORMATION_COUNTED = Sentence("{day} · {kind}: {n}")
INFORMATION_TITLED = Sentence("{line} · “{title}”")
INFORMATION_NOTED = Sentence("Noted: {line}")
INFORMATION_UNDONE = Sentence("The entry is taken back.")
