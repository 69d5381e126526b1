"""Words that were agreed to never change without their version."""

import hashlib

import pytest

from bot.core import consents, profile, texts
from bot.core.forms import AGREEMENT
from bot.core.lines import Sentence
from bot.run.language import LANGUAGES, Languages
from locales import catalogues

SHORT = (texts.CONSENT_SHORT, AGREEMENT.words)
SHORT_FOR_A_CHILD = (texts.CHILD_WHO_READS, texts.CHILD_DUTY, texts.CHILD_LIMITS)
"""What stands above the press that files belongs to the same consent as the whole text."""
WORDS = {kind: consent.whole for kind, consent in consents.ALL.items()} | {
    "processing": (*SHORT, *consents.PROCESSING.whole, *consents.OUTSIDE),
    "child": (*SHORT_FOR_A_CHILD, *consents.CHILD.whole),
    "privacy": consents.PRIVACY,
}
VERSIONS = {kind: consent.version for kind, consent in consents.ALL.items()} | {
    "child": consents.CHILD.version,
    "privacy": consents.PRIVACY_VERSION,
}
SAID = {
    ("processing", "2026-11-22"): "b48732179e16b684",
    ("contact", "2026-11-22"): "674ad7c7b72a475a",
    ("pass_police", "2026-11-22"): "e3688e5593eec1f8",
    ("pass_child_services", "2026-11-22"): "36980b7274271dcd",
    ("pass_legal_aid", "2026-11-22"): "eae91b5ccffb6bbd",
    ("pass_health", "2026-11-22"): "ceed489ec3b119aa",
    ("pass_shelter", "2026-11-22"): "cc0ac4d1aa281b73",
    ("child", "2026-11-22"): "d6057d9ea899c097",
    ("privacy", "2026-11-22"): "5938c5c282609772",
}
"""Every version that was ever in use, with the hash of its words in both languages. Only add lines: an older one is
what somebody agreed to."""


def hashed(words: tuple[Sentence, ...]) -> str:
    uk = {message.id: message.string for message in catalogues.read("uk")}
    said = "\n".join(f"{sentence.msgid}\n{uk[sentence.msgid]}" for sentence in words)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


@pytest.mark.safety("S20")
@pytest.mark.parametrize("kind", WORDS)
def test_words_that_change_take_a_new_version(kind: str) -> None:
    version, now = VERSIONS[kind], hashed(WORDS[kind])
    assert SAID.get((kind, version)) == now, f"the words of «{kind}» are new: give it a new version, add {now} here"


@pytest.mark.safety("S20")
@pytest.mark.parametrize("kind", consents.ALL)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_consent_says_who_why_how_long_and_how_to_withdraw(kind: str, language: str) -> None:
    languages = Languages(profile.load(profile.find("demo")))
    said = languages.say(consents.ALL[kind].text, language)
    asked = {"uk": ("Хто", "Навіщо", "відкликати", "не перестанемо допомагати"),
             "en": ("Who", "Why", "How long", "How to withdraw", "Refusing does not stop our help")}  # fmt: skip
    assert [words for words in asked[language] if words not in said] == []


def test_a_version_is_the_day_from_which_it_holds() -> None:
    assert consents.dated("2026-11-22").text == "22.11.2026"
    assert all(consents.dated(version).text for version in VERSIONS.values())
