"""The clock. Nothing else in the house reads the time; everything else is given it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path


class Clock:
    """The machine's time, moved by the seconds that stand in a file, if there is one; read at every look."""

    def __init__(self, moved_by: Path | None = None) -> None:
        self._moved_by = moved_by

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset()  # noqa: TID251 - here and nowhere else

    def _offset(self) -> timedelta:
        if self._moved_by is None:
            return timedelta(0)
        try:
            return timedelta(seconds=float(self._moved_by.read_text(encoding="ascii")))
        except (OSError, ValueError):
            return timedelta(0)
