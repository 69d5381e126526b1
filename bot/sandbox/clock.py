"""The sandbox's clock: real time, and as many seconds more as somebody has jumped."""

import math
import os
import time
from pathlib import Path


class Clock:
    """Goes forward only; the file, if there is one, tells the bot how far we have jumped.

    An offset found in the file is kept: what the bot stored yesterday must not lie in the future today.
    """

    def __init__(self, file: Path | None = None) -> None:
        self.file = file
        self.offset = _read(file)
        self._write()

    def now(self) -> float:
        """Unix seconds."""
        return time.time() + self.offset  # noqa: TID251 - the sandbox owns a clock of its own

    def forward(self, seconds: float) -> None:
        """Jump; ValueError for a jump back."""
        if not (math.isfinite(seconds) and seconds >= 0):
            raise ValueError("the clock goes forward only")
        self.offset += seconds
        self._write()

    def _write(self) -> None:
        """Beside, then in its place: a reader sees the old number or the new one, never half of it."""
        if self.file is None:
            return
        self.file.parent.mkdir(parents=True, exist_ok=True)
        beside = self.file.with_name(self.file.name + ".new")
        beside.write_text(f"{self.offset:.3f}\n", encoding="ascii")
        os.replace(beside, self.file)  # noqa: PTH105 - says "over an existing one" on every system


def _read(file: Path | None) -> float:
    try:
        offset = float(file.read_text(encoding="ascii")) if file else 0.0
    except (OSError, ValueError):
        return 0.0
    return offset if math.isfinite(offset) and offset > 0 else 0.0
