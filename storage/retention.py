"""Lets go what is kept long enough, by the table of bot/core/retention: each rule has a look and a deed here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from pathlib import Path

from bot.core.centre import Retention
from bot.core.retention import RULES, Rule
from storage import alarms, backups, broadcasts, drafts, due, erasing, inbox, keys, outbox, pushes, rosters
from storage.db import Transaction

PIECE = 50
"""Closed cases that are erased in one go."""


@dataclass(frozen=True, slots=True)
class Store:
    """Everything that keeps something, at one moment on the clock of a centre."""

    tx: Transaction
    backups: Path
    now: datetime
    zone: tzinfo

    @property
    def day(self) -> date:
        """Of the centre's calendar."""
        return self.now.astimezone(self.zone).date()


Act = Callable[[Store, datetime], int]
"""Counts, or lets go, what is older than that moment."""


def due_now(store: Store, kept: Retention) -> dict[str, int]:
    """How much each rule would let go now."""
    return {rule.key: _applied(store, kept, rule, look) for rule, (look, _) in _rows()}


def let_go(store: Store, kept: Retention) -> dict[str, int]:
    """How much each rule has let go; of closed cases a piece at a time."""
    return {rule.key: _applied(store, kept, rule, deed) for rule, (_, deed) in _rows()}


def _rows() -> list[tuple[Rule, tuple[Act, Act]]]:
    return [(rule, ACTS[rule.key]) for rule in RULES]


def _applied(store: Store, kept: Retention, rule: Rule, act: Act) -> int:
    before = rule.kept(kept).before(store.now)
    return act(store, before) if before is not None else 0


def _faults(store: Store, before: datetime) -> int:
    waiting = inbox.count_handled(store.tx, before=before, given_up=True)
    return waiting + outbox.count_parked(store.tx, before=before)


def _drop_faults(store: Store, before: datetime) -> int:
    dropped = inbox.forget(store.tx, before=before, given_up=True)
    return dropped + outbox.forget_parked(store.tx, before=before)


def _erase_closed(store: Store, before: datetime) -> int:
    return erasing.erase_all(store.tx, erasing.closed_before(store.tx, before, most=PIECE), now=store.now)


ACTS: dict[str, tuple[Act, Act]] = {
    "branch_drafts": (
        lambda store, _: drafts.count_expired(store.tx, branch=True, now=store.now),
        lambda store, _: drafts.expire(store.tx, branch=True, day=store.day, now=store.now),
    ),
    "drafts": (
        lambda store, _: drafts.count_expired(store.tx, branch=False, now=store.now),
        lambda store, _: drafts.expire(store.tx, branch=False, day=store.day, now=store.now),
    ),
    "passed": (
        lambda store, before: outbox.count_passed(store.tx, before=before),
        lambda store, before: outbox.forget(store.tx, before=before),
    ),
    "hours": (
        lambda store, before: keys.count_hours(store.tx, before=before),
        lambda store, before: keys.forget_hours(store.tx, before=before, now=store.now),
    ),
    "handled": (
        lambda store, before: inbox.count_handled(store.tx, before=before, given_up=False),
        lambda store, before: inbox.forget(store.tx, before=before, given_up=False),
    ),
    "faults": (_faults, _drop_faults),
    "due": (
        lambda store, before: due.count_done(store.tx, before=before),
        lambda store, before: due.forget(store.tx, before=before),
    ),
    "pushes": (
        lambda store, before: pushes.count_before(store.tx, before=before),
        lambda store, before: pushes.forget(store.tx, before=before),
    ),
    "alarms": (
        lambda store, before: alarms.count_over(store.tx, before=before),
        lambda store, before: alarms.forget(store.tx, before=before),
    ),
    "broadcasts": (
        lambda store, before: broadcasts.count_over(store.tx, before=before),
        lambda store, before: broadcasts.forget(store.tx, before=before),
    ),
    "rosters": (
        lambda store, before: rosters.count_over(store.tx, before=before.date()),
        lambda store, before: rosters.forget_over(store.tx, before=before.date()),
    ),
    "archive": (lambda store, before: erasing.count_closed_before(store.tx, before), _erase_closed),
    "backups": (
        lambda store, before: len(backups.older(store.backups, before)),
        lambda store, before: backups.expire(store.backups, before),
    ),
}
"""A look and a deed for each rule; drafts carry their own moment, set when they were touched."""
