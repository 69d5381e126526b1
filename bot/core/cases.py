"""What a case is: its number, its facts, its way through the centre."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.core import routing
from bot.core.centre import Centre, Words
from bot.core.routing import Decision
from bot.core.whom import Colleague

DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip
"""Damm's quasigroup of order ten (H. M. Damm, 2004): catches every single wrong digit and every swap of neighbours."""


WRITE_CHANNELS = {"yes": "here", "hours": "hours", "no": "none", "call": "call"}
"""The answer to «may we write to you here», and the channel that a case then has (S08)."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What of a report is a count or a code, and so needs no seal; everything else is content."""

    form: str
    intake: str
    source: str
    reporter: str
    urgency: str
    unit: str
    children: int | None
    need: str | None
    category: str | None
    danger: str | None
    contact: str
    district: str
    branch: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A case as its row says, without its content.

    `contact_days`: digits of weekdays, Monday 0, empty for any. `contact_hours`: «08-12,16-20» on the wall clock.
    `cover`: the guide item that a push looks like, empty for the plain «the guide has an update».
    `returns`: how often it came back to the queue. `lease_until`: by when its holder must be in touch; while
    `held_since` is set that time stands still.
    `joined_to`: the older case of the same family in which its work goes on.
    """

    id: int
    number: str
    key_id: int
    form: str
    urgency: str
    danger: str | None
    contact: str
    district: str
    team: str
    state: str
    branch: bool
    mistaken: bool
    reported_at: datetime
    answer_due_at: datetime
    claimed_by: Colleague | None
    claimed_at: datetime | None
    contacted_at: datetime | None
    closed_at: datetime | None
    contact_days: str = ""
    contact_hours: str = ""
    cover: str = ""
    duress_at: datetime | None = None
    withdrawn_at: datetime | None = None
    erase_at: datetime | None = None
    erased_at: datetime | None = None
    children: int | None = None
    child_role: str | None = None
    weapon: str | None = None
    repeat: bool = False
    priority: int = 0
    ladder: str | None = None
    rung: int = 0
    returns: int = 0
    waits_since: datetime | None = None
    lease_until: datetime | None = None
    held_since: datetime | None = None
    held_seconds: int = 0
    extended: bool = False
    joined_to: int | None = None

    @property
    def name(self) -> Words:
        return shown(self.number)

    @property
    def of_others(self) -> bool:
        """Told by somebody about another family: a receipt, and never what becomes of it (S14)."""
        return self.form in ("other", "notice")

    @property
    def was_held(self) -> timedelta:
        """How long the lease has stood still before, whatever stands still now."""
        return timedelta(seconds=self.held_seconds)

    @property
    def waits(self) -> bool:
        stopped = self.closed_at is not None or self.withdrawn_at is not None
        return self.claimed_by is None and self.joined_to is None and not stopped


def learned(name: str, answer: object) -> dict[str, str]:
    """What an addition tells of the case's place in the queue. A child who saw it is a witness (Law 2229-VIII)."""
    match name, answer:
        case "weapons", "yes" | "no":
            return {"weapon": str(answer)}
        case "children", "yes":
            return {"child_role": "witness"}
        case _:
            return {}


def shown(number: str) -> Words:
    """The number as people say it: К-4823."""
    return Words(uk=f"К-{number}", en=f"K-{number}")


def with_check_digit(base: str) -> str:
    """The digits and their Damm check digit."""
    return base + _check(base)


def read_number(text: str) -> str | None:
    """The digits of К-4823, K-4823 or 4823; None when the check digit says that it was mistyped."""
    digits = text.strip().upper().removeprefix("К").removeprefix("K").lstrip("-–— ").strip()
    valid = digits.isdecimal() and digits.isascii() and 4 <= len(digits) <= 8  # noqa: PLR2004 - contract, section 6
    return digits if valid and _check(digits) == "0" else None


def _check(digits: str) -> str:
    interim = 0
    for digit in digits:
        interim = int(DAMM[interim][int(digit)])
    return str(interim)


def facts(form: str, answers: Mapping[str, Any]) -> Facts:
    """The facts in a filled form. Raises KeyError for a form that makes no case."""
    return {"help": _help, "safety": _safety, "child": _child, "other": _other, "register": _register,
            "notice": _notice}[form](answers)  # fmt: skip


ROUTED_AS = {"register": "staff", "notice": "other"}
"""Under which name the centre's rules ask about a form, where it is not its own."""


def routed(case: Facts, centre: Centre, at: datetime) -> Decision:
    """What the centre's rules say of a case that came at that moment."""
    known = {
        "urgency": case.urgency, "form": ROUTED_AS.get(case.form, case.form), "need": case.need,
        "category": case.category, "child": "yes" if case.children else "no", "intake": case.intake,
        "district": case.district, "violence": "yes" if case.branch or case.category == "dv_survivors" else "no",
        "time": "day" if centre.open_at(at) else "night",
    }  # fmt: skip
    return routing.decide({field: value for field, value in known.items() if value}, centre)


@dataclass(frozen=True, slots=True)
class ContactChoice:
    """How she may be written to, in the columns of a case."""

    channel: str
    days: str = ""
    hours: str = ""
    cover: str = ""


def contact_choice(answers: Mapping[str, Any]) -> ContactChoice:
    """What of a form's answers says how to write to her; a channel with hours none of which were named is silence."""
    channel = WRITE_CHANNELS.get(str(answers.get("write")), "none")
    hours = answers.get("hours") or []
    return ContactChoice(channel, answers.get("days") or "", ",".join(hours), answers.get("cover") or "")


def contact_of(case: Case) -> ContactChoice:
    """How she may be written to, as the case has it."""
    return ContactChoice(case.contact, case.contact_days, case.contact_hours, case.cover)


def _help(answers: Mapping[str, Any]) -> Facts:
    return Facts(
        form="help", intake="self_referral", source="citizen", reporter="self", urgency="planned", unit="family",
        children=None, need=answers["need"], category=None, danger=None, contact=answers["contact"],
        district=answers["district"],
    )  # fmt: skip


def _safety(answers: Mapping[str, Any]) -> Facts:
    contact = WRITE_CHANNELS[answers["write"]]
    return Facts(
        form="safety", intake="self_referral", source="citizen", reporter="self", urgency="emergency", unit="family",
        children=None, need=None, category="dv_survivors", danger=answers["danger"], contact=contact,
        district=answers["district"], branch=True,
    )  # fmt: skip


def _child(answers: Mapping[str, Any]) -> Facts:
    """A child who writes for herself: one person, and always an emergency. The category is for people to say."""
    contact = {"yes": "here", "no": "none"}[answers["write"]]
    return Facts(
        form="child", intake="self_referral", source="citizen", reporter="self", urgency="emergency", unit="person",
        children=1, need=None, category=None, danger=answers["danger"], contact=contact,
        district=answers["district"], branch=True,
    )  # fmt: skip


def _other(answers: Mapping[str, Any]) -> Facts:
    urgency = "emergency" if answers["danger"] == "now" else "planned"
    return Facts(
        form="other", intake="appeal", source=answers.get("source") or "citizen",
        reporter=answers.get("reporter") or "third_person", urgency=urgency, unit="family", children=None, need=None,
        category=None, danger=answers["danger"], contact="none", district=answers["district"],
    )  # fmt: skip


def _register(answers: Mapping[str, Any]) -> Facts:
    reporter = {"self_referral": "self", "subject_notification": "other_body"}.get(answers["intake"], "third_person")
    category = answers.get("category") or ("dv_survivors" if answers["violence"] == "yes" else None)
    source = {"self_referral": "citizen", "found_by_specialist": "centre_itself"}.get(answers["intake"])
    return Facts(
        form="register", intake=answers["intake"], source=source or answers["source"], reporter=reporter,
        urgency=answers["urgency"], unit=answers["unit"], children=answers["children"], need=None, category=category,
        danger=None, contact="none", district=answers["district"], branch=answers["violence"] == "yes",
    )  # fmt: skip


def _notice(answers: Mapping[str, Any]) -> Facts:
    """A body's notification, by its own account here; which body, its invitation said."""
    urgency = "emergency" if answers["danger"] == "now" else "planned"
    return Facts(
        form="notice", intake="subject_notification", source=answers["source"], reporter="other_body", urgency=urgency,
        unit="family", children=answers.get("children"), need=None, category=None, danger=answers["danger"],
        contact="none", district=answers["district"],
    )  # fmt: skip
