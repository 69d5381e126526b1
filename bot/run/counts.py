"""What is counted for the operator: no personal data, no case numbers."""

from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Gauge


def _counter(name: str, what: str, labels: tuple[str, ...] = ()) -> Counter:
    return Counter(name, what, labels, registry=None)


def _gauge(name: str, what: str, labels: tuple[str, ...] = ()) -> Gauge:
    return Gauge(name, what, labels, registry=None)


@dataclass(frozen=True)
class Counts:
    """The counters that the running parts hold, and the gauges that a look fills in."""

    updates: Counter = field(default_factory=lambda: _counter("poruch_updates", "Updates stored"))
    handled: Counter = field(default_factory=lambda: _counter("poruch_handled", "Updates handled"))
    failed: Counter = field(default_factory=lambda: _counter("poruch_failed", "Attempts to handle that failed"))
    sends: Counter = field(default_factory=lambda: _counter("poruch_sends", "Sends by result", ("result",)))
    rung: Counter = field(default_factory=lambda: _counter("poruch_rung", "Due rows handled"))
    inbox: Gauge = field(default_factory=lambda: _gauge("poruch_inbox_waiting", "Updates waiting"))
    lag: Gauge = field(default_factory=lambda: _gauge("poruch_inbox_lag_seconds", "Age of the oldest waiting update"))
    outbox: Gauge = field(default_factory=lambda: _gauge("poruch_outbox_waiting", "Messages waiting", ("lane",)))
    cases: Gauge = field(default_factory=lambda: _gauge("poruch_cases_waiting", "Cases that nobody has taken"))
    late: Gauge = field(
        default_factory=lambda: _gauge("poruch_deadlines_missed", "Deadlines past their time that nobody has met")
    )
    due: Gauge = field(
        default_factory=lambda: _gauge(
            "poruch_next_due_timestamp_seconds", "When the next reminder or call is due; 0: none"
        )
    )

    def registry(self) -> CollectorRegistry:
        """All of them, for one page of metrics."""
        registry = CollectorRegistry(auto_describe=False)
        for each in vars(self).values():
            registry.register(each)
        return registry
