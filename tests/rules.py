"""The table that ends the whole suite: every safety rule and its tests. A rule without one fails the run."""

from collections import defaultdict

import pytest

from tests.workers import is_worker

RULES = tuple(f"S{number:02}" for number in range(1, 31))
"""S01 to S30 of the safety document."""
SHOWN = 3


class Proofs:
    """Which of the tests with a rule's mark have passed."""

    def __init__(self) -> None:
        self.passed: dict[str, set[str]] = defaultdict(set)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """The rules go with the report, because the test may run in another process than this table."""
        for item in items:
            item.user_properties += [
                ("safety", str(rule)) for mark in item.iter_markers("safety") for rule in mark.args
            ]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            name = report.nodeid.partition("[")[0].rpartition("::")[2]
            for kind, rule in report.user_properties:
                if kind == "safety":
                    self.passed[str(rule)].add(name)

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
    """Whether the whole suite is run, and not a part of it; a worker runs a part."""
    option = config.option
    return (
        not is_worker(config)
        and not (option.keyword or option.markexpr or option.collectonly or getattr(option, "lf", False))
        and config.args == ["tests"]
    )
