"""The log: an allow-list of keys, so that no word of a person's can slip in (S22)."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

ALLOWED = frozenset({
    "event", "level", "timestamp", "error", "at", "row", "attempt", "kind", "lane", "op", "setting", "seconds",
    "logger", "count", "address", "exception", "status",
})  # fmt: skip
NOISY = ("httpx", "httpcore", "telegram", "aiosqlite", "apscheduler", "aiohttp", "asyncio", "alembic")


def configure(level: str, form: str) -> None:
    """Every line goes to standard error, as JSON or for a terminal."""
    renderer: Any = structlog.processors.JSONRenderer() if _as_json(form) else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_allowed,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    _quieten()


def only_allowed(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keys that are not on the list are left out, and counted instead of shown."""
    kept = {key: value for key, value in event.items() if key in ALLOWED}
    if len(kept) < len(event):
        kept["count"] = len(event) - len(kept)
    return kept


class Bare(logging.Formatter):
    """Of other libraries' lines only who, how grave, and the template: never the values, which may be a person's."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        template = record.msg if isinstance(record.msg, str) and record.args else ""
        return f"{record.levelname} {record.name} {template[:80]} {error}".rstrip()


def _quieten() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Bare())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)


def _as_json(form: str) -> bool:
    return form == "json" or (not form and not sys.stderr.isatty())
