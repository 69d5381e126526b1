"""Draws the charts of a report one under another (bot/core/report_charts.py says which), for a phone's screen."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from bot.run.canvas import COLOURS, EDGE, FAINT, INK, WIDTH, Canvas

LABELS = 400
"""How wide the titles are that stand left of the bars."""
SAID = 130
"""Room for the number at the end of the longest bar."""
BARS = WIDTH - 2 * EDGE - LABELS - SAID
LETTERS, LINE, SIZE = 25, 30, 25
"""A label's letters in a line, the height of a line, the height of its letters."""
BAR, GAP = 32, 16
HIDDEN = 64
"""As long as any hidden number: nothing is to be measured."""
OF = {"years": ("#A9B8C6", COLOURS[0]), "kept": (COLOURS[0], COLOURS[1], "#333d4f")}
"""The year before is paler; what is still open is the darkest."""
OUTSIDE = 54
"""A part of a bar that is shorter than its number has it no room."""
DIGIT = 15


def drawn(given: Mapping[str, Any]) -> bytes:
    canvas = Canvas(WIDTH)
    y = 52.0
    for line in textwrap.wrap(given["title"], 44):
        canvas.words(EDGE, y, line, 38, weight="bold")
        y += 46
    canvas.words(EDGE, y, given["under"], 30, FAINT)
    for chart in given["charts"]:
        y = _chart(canvas, chart, given["hidden"], y + 70)
    y += LINE
    for line in textwrap.wrap(given["note"], 66):
        canvas.words(EDGE, y, line, 24, FAINT)
        y += LINE
    return canvas.png(y + EDGE)


def _chart(canvas: Canvas, chart: Mapping[str, Any], hidden: str, y: float) -> float:
    """Where it ends."""
    for line in textwrap.wrap(chart["title"], 52):
        canvas.words(EDGE, y, line, 32, weight="bold")
        y += 40
    colours = OF.get(chart["kind"], COLOURS)
    if len(chart["series"]) > 1:
        y = _legend(canvas, chart["series"], colours, y)
    y += 6
    scale = BARS / _longest(chart)
    for place, label in enumerate(chart["labels"]):
        bars = [series["bars"][place] for series in chart["series"]]
        y = _group(canvas, chart["kind"], label, bars, colours, hidden, (y, scale))
    if chart["more"]:
        canvas.words(EDGE, y + 10, chart["more"], SIZE, FAINT)
        y += LINE
    return y


def _longest(chart: Mapping[str, Any]) -> float:
    columns = list(zip(*([bar["number"] or 0 for bar in series["bars"]] for series in chart["series"]), strict=True))
    beside = chart["kind"] == "years"
    return max(1.0, *(float(max(column) if beside else sum(column)) for column in columns))


def _legend(canvas: Canvas, series: Sequence[Mapping[str, Any]], colours: Sequence[str], y: float) -> float:
    """In as many lines as it takes."""
    x = float(EDGE)
    for place, each in enumerate(series):
        wide = 44 + len(each["name"]) * 14.5
        if x + wide > WIDTH - EDGE:
            x, y = float(EDGE), y + 36
        canvas.box(x, y - 13, 26, 26, colours[place], round_=4, linewidth=0)
        canvas.words(x + 36, y, each["name"], SIZE)
        x += wide + 22
    return y + 32


def _group(
    canvas: Canvas,
    kind: str,
    label: str,
    bars: Sequence[Mapping[str, Any]],
    colours: Sequence[str],
    hidden: str,
    at: tuple[float, float],
) -> float:
    """A label with its bars, in the middle of each other; where it ends."""
    y, scale = at
    lines = _wrapped(label)
    high = BAR * (len(bars) if kind == "years" else 1)
    whole = max(high, LINE * len(lines))
    for place, line in enumerate(lines):
        canvas.words(EDGE, y + whole / 2 + (place - (len(lines) - 1) / 2) * LINE, line, SIZE)
    top = y + (whole - high) / 2
    if kind == "years":
        for place, bar in enumerate(bars):
            _row(canvas, [bar], [colours[place]], hidden, (top + place * BAR, scale))
    else:
        _row(canvas, bars, colours, hidden, (top, scale))
    return y + whole + GAP


def _wrapped(label: str) -> list[str]:
    lines = textwrap.wrap(label, LETTERS)
    return lines if len(lines) <= 3 else [*lines[:2], f"{lines[2][: LETTERS - 1].rstrip()}…"]  # noqa: PLR2004 - three


def _row(
    canvas: Canvas,
    bars: Sequence[Mapping[str, Any]],
    colours: Sequence[str],
    hidden: str,
    at: tuple[float, float],
) -> None:
    """Parts one after another, each with its number inside; what has no room inside stands after the last."""
    y, scale = at
    x, after = float(EDGE + LABELS), []
    for bar, colour in zip(bars, colours, strict=False):
        if bar["hidden"]:
            _unseen(canvas, x, y, hidden)
            x += HIDDEN
            continue
        wide = (bar["number"] or 0) * scale
        canvas.box(x, y + 2, wide, BAR - 4, colour, linewidth=0)
        if len(bars) > 1 and wide > max(OUTSIDE, len(bar["said"]) * DIGIT):
            canvas.words(x + wide / 2, y + BAR / 2, bar["said"], 23, "white", ha="center", weight="bold")
        elif bar["said"] and (bar["number"] or len(bars) == 1):
            after.append((bar["said"], colour if len(bars) > 1 else INK))
        x += wide
    for said, colour in after:
        canvas.words(x + 10, y + BAR / 2, said, SIZE, colour)
        x += 22 + len(said) * DIGIT


def _unseen(canvas: Canvas, x: float, y: float, hidden: str) -> None:
    canvas.box(x, y + 2, HIDDEN, BAR - 4, "white", edgecolor=FAINT, linewidth=1, hatch="///")
    canvas.box(x + HIDDEN / 2 - 12, y + 4, 24, BAR - 8, "white", linewidth=0)
    canvas.words(x + HIDDEN / 2, y + BAR / 2, hidden, SIZE, ha="center", weight="bold")
