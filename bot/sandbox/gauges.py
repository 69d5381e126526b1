"""What the bot tells its operators: a few numbers and whether it is well."""

import math
import re
from dataclasses import dataclass, field

import aiohttp

PATIENCE = aiohttp.ClientTimeout(total=2)
SAMPLE = re.compile(r"^([A-Za-z_:][\w:]*)(?:\{([^}]*)\})?\s+(\S+)")
LABEL = re.compile(r'\w+="([^"]*)"')
NEXT_DUE = "poruch_next_due_timestamp_seconds"
SHOWN = ("poruch_inbox_waiting", "poruch_outbox_waiting", "poruch_cases_waiting")


@dataclass(frozen=True)
class Reading:
    """`healthy` is None when the bot does not answer at all; a gauge it does not have is not in `values`."""

    healthy: bool | None = None
    values: dict[str, dict[str, float]] = field(default_factory=dict)
    """Gauge → labels → number, the gauge without labels under an empty string."""

    @property
    def next_due(self) -> float:
        """Unix seconds; 0 when nothing is due."""
        return self.values.get(NEXT_DUE, {}).get("", 0.0)

    @property
    def shown(self) -> dict[str, dict[str, float]]:
        return {name: self.values[name] for name in SHOWN if name in self.values}


async def reading(metrics_url: str) -> Reading:
    """A fresh look; never an error, for a bot that is away is part of the play."""
    base = metrics_url.removesuffix("/").removesuffix("/metrics")
    try:
        async with aiohttp.ClientSession(timeout=PATIENCE) as session:
            values = await _values(session, base)
            async with session.get(f"{base}/healthz") as answer:
                return Reading(answer.ok, values)
    except (aiohttp.ClientError, TimeoutError):
        return Reading()


async def _values(session: aiohttp.ClientSession, base: str) -> dict[str, dict[str, float]]:
    async with session.get(f"{base}/metrics") as answer:
        return parsed(await answer.text()) if answer.ok else {}


def parsed(text: str) -> dict[str, dict[str, float]]:
    """Prometheus' text format, as much of it as a gauge needs."""
    found: dict[str, dict[str, float]] = {}
    for sample in filter(None, map(SAMPLE.match, text.splitlines())):
        name, labels, value = sample.groups()
        number = _number(value)
        if number is not None:
            found.setdefault(name, {})[", ".join(LABEL.findall(labels or ""))] = number
    return found


def _number(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
