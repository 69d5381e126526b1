"""Every form by its name; the picture by the process that draws."""

import json
import struct
import subprocess
import sys

import pytest
import structlog

from bot.run import easel, report_files
from bot.run.easel import Easel
from tests.outputs.figures import extra, report

SIGNS = {"text": "Дніпровський".encode(), "json": b"{\n", "xlsx": b"PK", "docx": b"PK"}
HEAVY = ("matplotlib", "xlsxwriter", "docx", "openpyxl")


@pytest.mark.parametrize("form", report_files.FORMS)
def test_every_form_can_be_made(form: str) -> None:
    assert report_files.made(report(), extra(), form).startswith(SIGNS[form])


def test_the_json_is_the_report_as_it_is() -> None:
    said = report_files.made(report(public=True), extra(), "json")
    assert json.loads(said) == report(public=True)
    assert "Фізичне".encode() in said


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(ValueError, match="pdf"):
        report_files.made(report(), extra(), "pdf")


def test_a_picture_is_as_wide_as_a_phone() -> None:
    drawn = report_files.png(report(public=True), extra() | {"chart": "R3"})
    assert drawn is not None
    assert drawn.startswith(b"\x89PNG")
    wide, high = struct.unpack(">II", drawn[16:24])
    assert (wide, high < 1280) == (1080, True)


def test_without_anything_to_draw_there_is_no_picture() -> None:
    assert report_files.png({**report(), "tables": []}, extra()) is None


async def test_the_sender_makes_files_when_it_sends_them() -> None:
    body = {"report": report(), "extra": extra()}
    drawer = Easel(structlog.get_logger())
    for kind in ("report_xlsx", "report_docx"):
        assert easel.to_draw({kind: body})
        assert (await drawer.drawn({kind: body}, "bot") or b"").startswith(b"PK")
    assert (await drawer.drawn({"report_png": body}, "bot") or b"").startswith(b"\x89PNG")
    assert await drawer.drawn({"report_png": {"report": {**report(), "tables": []}, "extra": extra()}}, "bot") is None


def test_the_bot_loads_what_is_heavy_with_the_first_file_only() -> None:
    check = f"import sys, bot.run.easel; print([each for each in {HEAVY} if each in sys.modules])"
    said = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"
