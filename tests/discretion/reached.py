"""What ends the whole suite: nearly every sentence and button was shown to somebody, and the rest is listed."""

from collections import Counter

import pytest

from bot.core.buttons import LETTERS
from bot.core.forms import FORMS
from locales import catalogues
from tests.discretion.said import Heard
from tests.rules import whole
from tests.workers import is_worker

UNREACHED = {
    "Please write a few words.": "Telegram sends no message of spaces alone; the line is for another messenger",
    "To erase it": "the title of a form of the branch, which is never offered to go on with",
    "erased": "an erased case stands in no list of hers and opens no more; the state is there for what reads it all",
    "{n} month": "both profiles count the term for an answer about data in days",
    "{n} working day": "as above",
}
"""Sentences that no test in this process brings about, each with the reason."""


SHOWN = {
    "resident, branch show",
    "resident, push",
    "resident, cover",
    "staff, unasked send",
    "carer, send",
    "group, send",
}
"""Ways of telling somebody something that the whole suite must have used."""
SEEN = "seen"
MOST_UNSAID = 0.05
"""The walk goes by chance, so a few rare sentences are listed, not failed."""


class Reached:
    """Adds up what every test has heard."""

    def __init__(self) -> None:
        self.heard = Heard()
        self.counted: Counter[str] = Counter()

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        """A worker has ended, and says what its tests have heard."""
        seen = getattr(node, "workeroutput", {}).get(SEEN, {"sentences": [], "pressed": [], "counted": {}})
        kinds = {kind.__name__: kind for kind in LETTERS}
        self.heard.add(Heard(set(seen["sentences"]), {kinds[name] for name in seen["pressed"]}))
        self.counted.update(seen["counted"])

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if is_worker(session.config):
            session.config.workeroutput[SEEN] = self._seen()  # type: ignore[attr-defined]
        too_few = len(self.missing()) > MOST_UNSAID * len(sentences()) or SHOWN - self.counted.keys()
        if whole(session.config) and too_few and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
        if not whole(config):
            return
        terminalreporter.section("sentences and buttons that somebody was shown, each held to the rules of discretion")
        every = sentences()
        said = len(every & self.heard.sentences)
        pressed = len(self.heard.pressed)
        terminalreporter.write_line(
            f"{said} of {len(every)} sentences said, {pressed} of {len(LETTERS)} buttons pressed"
        )
        for each in self.missing():
            terminalreporter.write_line(f"NEVER: {each}", red=True)

    def _seen(self) -> dict[str, list[str] | dict[str, int]]:
        """As plain values, which is all that can be passed between processes."""
        pressed = [kind.__name__ for kind in self.heard.pressed]
        return {"sentences": list(self.heard.sentences), "pressed": pressed, "counted": dict(self.counted)}

    def missing(self) -> list[str]:
        """What nobody has seen, and what stands among the exceptions although it was seen."""
        unsaid = sentences() - self.heard.sentences - UNREACHED.keys()
        idle = {f"the button {kind.__name__}" for kind in LETTERS if kind not in self.heard.pressed}
        idle_reasons = {f"reached, and so no exception: {each}" for each in UNREACHED if each in self.heard.sentences}
        ways = {f"the way «{way}»" for way in SHOWN - self.counted.keys()}
        return sorted(unsaid | idle | idle_reasons | ways)


def sentences() -> set[str]:
    """Every sentence of the catalogues, but the titles of questions whose form shows no summary and makes no case."""
    every = {str(message.id[0] if isinstance(message.id, tuple) else message.id) for message in catalogues.extracted()}
    shown = [form for form in FORMS.values() if not form.files_after or form.files_after != form.questions[-1].name]
    asked = {question.ask for form in FORMS.values() for question in form.questions}
    titles = {question.title for form in FORMS.values() for question in form.questions}
    hidden = titles - {question.title for form in shown for question in form.questions} - asked
    return every - hidden - {""}
