"""Keeps the catalogues: extracts sentences from the code, merges them, compiles them.

`python -m locales.catalogues` compiles what is there; with `update`, extracts and merges first.
English is its own catalogue, filled from the code, so that a missing catalogue is a fault and never a silence.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
TEMPLATE = HERE / "bot.pot"
LANGUAGES = ("uk", "en")
SINCE = datetime(2026, 11, 22, tzinfo=UTC)
"""A date of its own for every run would be a change where nothing changed."""
ASKED = (
    "Choice",
    "Several",
    "Place",
    "Text",
    "Discreet",
    "Code",
    "Phone",
    "Number",
    "DaysOfStay",
    "Day",
    "Time",
    "Received",
    "Date",
)
KEYWORDS: dict[str, Any] = {"Sentence": (1,), "Counted": (1, 2), "option": (2,)} | dict.fromkeys(ASKED, ((2, "c"), 3))
"""Of a question both are said: its title, which is extracted as if it were a context, and its words."""
ROOTS = ("bot/core", "bot/run", "handlers")


def file(language: str) -> Path:
    return HERE / language / "LC_MESSAGES" / "bot.po"


def extracted() -> Catalog:
    """Every sentence of the code, with the place where it stands."""
    catalogue = Catalog(project="Poruch", charset="utf-8", creation_date=SINCE, revision_date=SINCE)
    for name, line, msgid in sorted(_sentences()):
        catalogue.add(msgid if len(msgid) > 1 else msgid[0], locations=[(name, line)])
    return catalogue


def read(language: str) -> Catalog:
    path = file(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as source:
        return read_po(source, locale=language)


def update() -> None:
    """Brings template and catalogues up to the code; what is gone from the code goes."""
    template = extracted()
    _write(TEMPLATE, template)
    for language in LANGUAGES:
        catalogue = read(language)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        catalogue.creation_date = catalogue.revision_date = SINCE
        if language == "en":
            _speak_english(catalogue)
        _write(file(language), catalogue)


def compile_all() -> None:
    for language in LANGUAGES:
        with file(language).with_suffix(".mo").open("wb") as target:
            write_mo(target, read(language))


def _sentences() -> Iterator[tuple[str, int, tuple[str, ...]]]:
    root = HERE.parent
    for folder in ROOTS:
        for name, line, msgid, _, title in extract_from_dir(root / folder, [("**.py", "python")], keywords=KEYWORDS):
            if name in ("centre.py", "profile.py"):  # a profile brings its own words
                continue
            yield f"{folder}/{name}", line, msgid if isinstance(msgid, tuple) else (msgid,)
            if title:
                yield f"{folder}/{name}", line, (title,)


def _speak_english(catalogue: Catalog) -> None:
    for message in catalogue:
        if message.id:
            message.string = message.id


def _write(path: Path, catalogue: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        write_po(target, catalogue, width=110, sort_output=True, include_lineno=False, omit_header=False)


if __name__ == "__main__":
    if "update" in sys.argv[1:]:
        update()
    compile_all()
