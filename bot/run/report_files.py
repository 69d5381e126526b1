"""A report in the form that was asked for. What a form needs is loaded with the first file of that form."""

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any, Final

from bot.core import report_charts

FORMS: Final = ("text", "json", "xlsx", "docx")
"""Those that are made on the spot; PNG is drawn by a process of its own."""
KINDS: Final = ("report_xlsx", "report_docx", "report_png")
"""Of files that are made when they are sent."""


def made(report: Mapping[str, Any], extra: Mapping[str, Any], form: str) -> bytes:
    match form:
        case "json":
            return f"{json.dumps(report, ensure_ascii=False, indent=1)}\n".encode()
        case "text":
            from bot.run import report_text  # noqa: PLC0415 - as said above

            return report_text.wide(report, extra).encode()
        case "xlsx":
            from bot.run import report_xlsx  # noqa: PLC0415 - as above

            return report_xlsx.workbook(report, extra)
        case "docx":
            from bot.run import report_docx  # noqa: PLC0415 - as above

            return report_docx.document(report, extra)
        case _:
            raise ValueError(form)


def to_draw(report: Mapping[str, Any], extra: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the process that draws is given; None where no chart would say anything.

    `extra["chart"]`: the id of a table, to have its chart alone: a photo in the chat is made smaller if it is long.
    """
    found = report_charts.drawable(report, extra["language"], extra.get("chart") or "")
    return {"kind": "report", **found} if found else None


def png(report: Mapping[str, Any], extra: Mapping[str, Any]) -> bytes | None:
    """For the command line, which may wait. None where there is nothing to draw, or nothing to draw it with."""
    from bot.run.easel import LIMIT, surroundings  # noqa: PLC0415 - the easel loads this module

    given = to_draw(report, extra)
    if given is None:
        return None
    words = json.dumps(given, ensure_ascii=False).encode()
    command = [sys.executable, "-m", "bot.run.pictures"]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command, input=words, capture_output=True, timeout=LIMIT, env=surroundings(), check=False
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout or None if done.returncode == 0 else None
