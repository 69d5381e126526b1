"""What a person agrees to: each consent with its whole text and the version of that text (S20).

A consent that was given names its version, so words never change without it: a test holds both together.
"""

from dataclasses import dataclass
from datetime import date

from bot.core.lines import Joined, Own, Sentence, Wording, paragraphs


@dataclass(frozen=True, slots=True)
class Consent:
    """`version` is the day from which these words hold; `whole` says who, why, how long, how to withdraw, what ends."""

    kind: str
    version: str
    label: Sentence
    whole: tuple[Sentence, ...]

    @property
    def text(self) -> Joined:
        return paragraphs(*self.whole)


PROCESSING = Consent(
    "processing",
    "2026-11-22",
    Sentence("Reading and keeping it"),
    (
        Sentence(
            "Who reads it: the people of the centre who are on duty and the one who takes your case. "
            "Why: to help you. How long: while we help, and then as long as the law asks. "
            "How to withdraw: come back with your number and code, or tell any of us. "
            "We pass nothing on without your word, with one exception: when a child or a life is in danger, "
            "the law obliges us to tell child services and the police. Refusing does not stop our help."
        ),
        Sentence(
            "You can read all that we hold and have it erased, in your own request. Erasing waits some days, "
            "so that you can change your mind."
        ),
    ),
)
"""Given with the press that files a request; its short words stand above that press."""

CHILD = Consent(
    "processing",
    "2026-11-22",
    PROCESSING.label,
    (
        Sentence(
            "Who reads it: the people of the centre who are on duty, and the one who helps you. Why: to help you. "
            "How long: while we help, and then as long as the law asks. You can say stop at any time: come back with "
            "your number and code, or tell any of us. We tell nobody else without your word, except when you or "
            "somebody's life is in danger: then child services and the police. That is no ground to take you away "
            "from home."
        ),
        PROCESSING.whole[1],
    ),
)
"""The same consent in a child's words (S21)."""

OUTSIDE = (
    Sentence(
        "Who reads it: the people of the centre who are on duty and the one who takes your request. "
        "Why: to help you. How long: while we help, and then as long as the law asks. "
        "How to withdraw: in your request, or tell any of us. We pass nothing on without your word, with one "
        "exception: when a child or a life is in danger, the law obliges us to tell those who protect them. "
        "Refusing does not stop our help."
    ),
    PROCESSING.whole[1],
)
"""The same, said where anybody may look over her shoulder (S01)."""

CONTACT = Consent(
    "contact",
    "2026-11-22",
    Sentence("Writing or calling first"),
    (
        Sentence(
            "Who writes or calls: the specialist who has your request, only in the way and at the hours that you "
            "chose. Why: to answer and to agree on the next step. How long: while your request is open. "
            "How to withdraw: choose anew in your request, or tell any of us. "
            "A message that comes first does not say what it is about. Refusing does not stop our help."
        ),
    ),
)

_TERMS = Sentence(
    "How long: while your request is open. What they have received they keep by their own rules, and we cannot take it "
    "back. How to withdraw: here, at any time; from then on we pass nothing more on. Refusing does not stop our help. "
    "Where confidentiality ends: when a child or a life is in danger, the law obliges us to tell child services and "
    "the police even without this consent."
)


def _passing(kind: str, label: Sentence, who: Sentence) -> Consent:
    return Consent(f"pass_{kind}", "2026-11-22", label, (who, _TERMS))


PASSING_ON = (
    _passing(
        "police",
        Sentence("The police"),
        Sentence(
            "Who learns of it: the police, and only about this request. "
            "Why: to protect you, and to take your statement if you want to make one."
        ),
    ),
    _passing(
        "child_services",
        Sentence("Child services"),
        Sentence(
            "Who learns of it: child services, and only what concerns the children. Why: to help the children and you. "
            "Asking for help is by itself no ground to take a child away."
        ),
    ),
    _passing(
        "legal_aid",
        Sentence("Free legal aid"),
        Sentence(
            "Who learns of it: the centre of free legal aid, and only what a lawyer needs to advise you. "
            "Why: so that you need not tell it all once more."
        ),
    ),
    _passing(
        "health",
        Sentence("Doctors"),
        Sentence(
            "Who learns of it: the hospital or the doctor that you need. "
            "Why: so that they expect you, and write down what they see if you wish it."
        ),
    ),
    _passing(
        "shelter",
        Sentence("A place to stay"),
        Sentence(
            "Who learns of it: the people who run a place where you can live for a while, and only what they need to "
            "take you in. Why: so that a place is kept for you."
        ),
    ),
)
"""Body by body: each is asked for alone, and none is a condition of help."""

ALL = {consent.kind: consent for consent in (PROCESSING, CONTACT, *PASSING_ON)}

PRIVACY_VERSION = "2026-11-22"
PRIVACY = (
    Sentence(
        "What we keep: what you tell us in a request, your answers to invitations, your language and a sealed number "
        "of this chat. Your name and picture in Telegram we do not keep; only whoever joins by an invitation is known "
        "by the first name."
    ),
    Sentence("Why: to help you, and to count help without names."),
    Sentence(
        "Who sees it: the people who help you, nobody else. Every opening of a card is written down. "
        "Everything lies encrypted."
    ),
    Sentence(
        "How long: a request while we help, and then as long as the law asks. An unfinished form: {draft}. "
        "Copies of this chat on our side: {copy} at most. Telegram keeps its own copy of the chat: "
        "if something is better not written down, call us."
    ),
    Sentence(
        "To whom we pass it on: to nobody without your word. Only when a child or a life is in danger does the law "
        "oblige us to."
    ),
    Sentence(
        "How to see it: /mydata gives it as a file. How to erase it: there as well; it waits {wait}, and you can "
        "change your mind. How to withdraw a consent: in your request, or tell any of us. We answer within {answer}."
    ),
    Sentence("These words hold since {version}."),
)


def dated(version: str) -> Own:
    """«22.11.2026»: as everybody reads it, in either language."""
    return Own(f"{date.fromisoformat(version):%d.%m.%Y}")


def labels(kinds: set[str]) -> list[Wording]:
    """The bodies among these kinds, in their order."""
    return [consent.label for consent in PASSING_ON if consent.kind in kinds]
