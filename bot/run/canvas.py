"""What pictures are drawn on: marks in pixels, from the upper left corner. Only the process that draws loads it.

Everything is as wide as a phone's screen.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

DOTS = 100
"""A figure of 10.8 inches is then 1080 pixels wide."""
POINTS = 72 / DOTS
WIDTH, EDGE = 1080, 24
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#B8860B", "#56B4E9", "#7F5539")
"""Told apart by colour-blind eyes too (Okabe and Ito, «Color Universal Design», 2008)."""
INK, FAINT, GREY = "#1b1b1b", "#707070", "#e4e4e4"


@dataclass
class Canvas:
    """Marks first, the size when it is known."""

    width: float
    axes: Any = None
    marks: list[Callable[[Any], None]] = field(default_factory=list)

    def box(
        self, x: float, y: float, wide: float, high: float, fill: str, *, round_: float = 0, **more: object
    ) -> None:
        from matplotlib.patches import FancyBboxPatch, Rectangle  # noqa: PLC0415 - only this process needs it

        made: Any = Rectangle((x, y), wide, high, facecolor=fill, **more)  # type: ignore[arg-type]
        if round_:
            shape = f"round,pad=0,rounding_size={round_}"
            made = FancyBboxPatch((x, y), wide, high, boxstyle=shape, facecolor=fill, **more)  # type: ignore[arg-type]
        self.marks.append(lambda axes: axes.add_patch(made))

    def words(self, x: float, y: float, text: str, size: float, colour: str = INK, **more: object) -> None:
        """`size` in pixels; `parse_math` is off, so that a dollar in a title is a dollar."""
        style = {"fontsize": size * POINTS, "color": colour, "va": "center", "parse_math": False, **more}
        self.marks.append(lambda axes: axes.text(x, y, text, **style))

    def png(self, height: float) -> bytes:
        from matplotlib.figure import Figure  # noqa: PLC0415 - as above

        figure = Figure(figsize=(self.width / DOTS, height / DOTS), dpi=DOTS, facecolor="white")
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, self.width), ylim=(height, 0))
        axes.set_axis_off()
        for mark in self.marks:
            mark(axes)
        written = BytesIO()
        figure.savefig(written, format="png", dpi=DOTS)
        return written.getvalue()
