"""Who plays, and with which bot: everything that a caller of the sandbox says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TOKEN = "700000001:LOCAL-SANDBOX-ONLY-OPENS-NO-DOORS-0"  # noqa: S105 - it opens nothing
"""Has the shape of a token, and opens nothing."""


@dataclass(frozen=True)
class Person:
    """Somebody with a phone. `says` is what they write by themselves when the play begins."""

    key: str
    id: int
    first_name: str
    label_uk: str = ""
    label_en: str = ""
    language: str = "uk"
    says: tuple[str, ...] = ()
    lane: str = ""
    """Where the page's ladder shows the phone: one of its own lanes, or none."""

    @property
    def phone_number(self) -> str:
        """A number that looks right to a bot's checks; the same one for the same person."""
        return f"+38050000{self.id % 10_000:04d}"

    @property
    def user(self) -> dict[str, Any]:
        """As the Bot API tells of people."""
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            "language_code": self.language,
        }


@dataclass(frozen=True)
class Play:
    """A whole demonstration: the people, the bot's command line, and where its numbers can be read."""

    people: tuple[Person, ...]
    token: str
    bot_command: tuple[str, ...]
    bot_environment: Mapping[str, str]
    clock_file: Path
    port: int
    metrics_url: str
    """The address of the bot's own pages, with or without `/metrics`; `/healthz` stands beside it."""
    story: tuple[Mapping[str, str], ...] = field(default=())
    """Steps for the page's guide, each `{"person": key, "uk": …, "en": …}`; empty: the page's own story."""
    plays: tuple[Mapping[str, Any], ...] = field(default=())
    """What the page plays by itself on a press: `{"uk": …, "en": …, "steps": […]}`.

    A step has `person` with `says` or `presses` (the button in any language; `optional`: if it is there; `among`: these
    words are somewhere in its label), or `forward` in seconds, or `until` a time of day in the centre's zone. `day`
    counts from the one on which the play began, for `until` and for the blank `{day}` in `says`. Its `uk` and `en` are
    said beside the ladder; `anew` begins the ladder.
    """
