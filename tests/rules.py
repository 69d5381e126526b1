"""The table that ends the whole suite: every safety rule and its tests. A rule without one fails the run."""

from collections import defaultdict

import pytest

RULES = tuple(f"S{number:02}" for number in range(1, 31))
"""S01 to S30 of the safety document."""
SHOWN = 3


class Proofs:
    """Which tests carry a rule's mark, and which of them have passed."""

    def __init__(self) -> None:
        self.marked: dict[str, list[str]] = {}
        self.passed: dict[str, set[str]] = defaultdict(set)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        self.marked = {
            item.nodeid: [str(rule) for mark in item.iter_markers("safety") for rule in mark.args] for item in items
        }

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            name = report.nodeid.partition("[")[0].rpartition("::")[2]
            for rule in self.marked.get(report.nodeid, []):
                self.passed[rule].add(name)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if whole(session.config) and self.unproven() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
        if not whole(config):
            return
        terminalreporter.section("safety rules and the tests that passed for them")
        for rule in RULES:
            terminalreporter.write_line(f"{rule}  {self._said(rule)}", red=rule in self.unproven())

    def unproven(self) -> list[str]:
        return [rule for rule in RULES if not self.passed[rule]]

    def _said(self, rule: str) -> str:
        names = sorted(self.passed[rule])
        if not names:
            return "NO TEST"
        more = f", and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        return f"{len(names):3}  {', '.join(names[:SHOWN])}{more}"


def whole(config: pytest.Config) -> bool:
    """Whether the whole suite is run, and not a part of it."""
    option = config.option
    return not (option.keyword or option.markexpr or option.collectonly or option.lf) and config.args == ["tests"]
