"""`report --from D --to D`: the tables of a period, in one of five forms; `report check`: beside published ones."""

import gc
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.core import printing, published, published_file
from bot.core.centre import Centre
from bot.core.published import Checked
from bot.core.published_file import NotPublishedError, Published
from bot.core.report import IDS, Period, Report
from bot.run import report_files, settings
from bot.run.clock import Clock
from bot.run.commands import session
from bot.run.language import LANGUAGES, Languages
from bot.run.settings import Settings
from handlers import printing as pages
from handlers import reports
from handlers.here import Here
from storage import audit
from storage.db import Transaction

FORMS = ("text", "json", "xlsx", "docx", "png")
BINARY = ("xlsx", "docx", "png")
CHECKED = ("text", "json")
FOUND = 1
"""The exit status where published figures differ."""

report = typer.Typer(help="The report of a period.", invoke_without_command=True)


@report.callback()
def report_(
    context: typer.Context,
    *,
    first: Annotated[str, typer.Option("--from", help="the first day, as 2026-01-01")] = "",
    last: Annotated[str, typer.Option("--to", help="the last day, as 2026-03-31")] = "",
    tables: Annotated[str, typer.Option("--tables", help="as R1,R6; without it, those that the centre prints")] = "",
    form: Annotated[str, typer.Option("--format", help=", ".join(FORMS))] = "text",
    public: Annotated[bool, typer.Option("--public", help="for publication: small numbers of violence hidden")] = False,
    edition: Annotated[int, typer.Option("--edition", min=0, help="an edition as it was printed; 0: of now")] = 0,
    language: Annotated[str, typer.Option("--language", help=", ".join(LANGUAGES))] = "uk",
    file: Annotated[Path | None, typer.Option("-o", "--output", help="into this file")] = None,
) -> None:
    """The tables of a period; of one that is over, as an edition whose figures are kept.

    With --format json every table is there, otherwise those that the centre prints.
    """
    if context.invoked_subcommand is not None:
        return
    gc.disable()  # a process of seconds, whose many small objects are counted and dropped: a tenth of its time
    with session.plainly():
        given = settings.read()
        centre, now = session.centre_of(given), Clock(given.clock_file).now()
        period = _period(first, last)
        _known(form, FORMS, "--format")
        _known(language, LANGUAGES, "--language")
        if form in BINARY and file is None and sys.stdout.isatty():
            session.fail(f"--format {form} is a file: add -o FILE")
        chosen = _tables(tables) if tables else IDS if form == "json" else printing.ids(centre)
        made = _made(given, centre, period, chosen, now=now, public=public, edition=edition)
        _written(made, centre, form, language, file, whole=bool(tables) or form == "json")


@report.command("check")
def check_(
    more: Annotated[list[Path] | None, typer.Argument(metavar="FILE", help="further files")] = None,
    *,
    files: Annotated[list[Path] | None, typer.Option("--published", help="figures as they were published")] = None,
    every: Annotated[bool, typer.Option("--all", help="also what the register has nothing of")] = False,
    form: Annotated[str, typer.Option("--format", help=", ".join(CHECKED))] = "text",
) -> None:
    """Holds published figures to their own sums and to the register, over the period that the file names.

    Exit status 1 where something differs. docs/register.md says what is compared with what.
    """
    with session.plainly():
        given = settings.read()
        centre, now = session.centre_of(given), Clock(given.clock_file).now()
        _known(form, CHECKED, "--format")
        printed = [_published(file, centre) for file in (*(files or ()), *(more or ()))]
        if not printed:
            session.fail("--published is missing: a file of published figures")
        checked = session.look(given, lambda tx: _checked(tx, printed, centre, now))
        print(published.as_json(checked) if form == "json" else published.as_text(checked, every=every))
    if any(each.differences for each in checked):
        raise SystemExit(FOUND)


def _published(file: Path, centre: Centre) -> Published:
    try:
        found = published_file.read(file.read_bytes(), str(file))
    except NotPublishedError as error:
        session.fail(str(error))
    if found.centre not in ("", centre.key):
        session.fail(f"{file}: centre_key is «{found.centre}», and PORUCH_CENTRE is «{centre.key}»")
    return found


def _checked(tx: Transaction, printed: Sequence[Published], centre: Centre, now: datetime) -> list[Checked]:
    here = Here(tx, centre, now, now, Languages(centre).means)
    periods = dict.fromkeys(each.period for each in printed)
    of = {period: (reports.made(here, period), reports.numbers(here, period)) for period in periods}
    return [published.check(each, *of[each.period]) for each in printed]


def _period(first: str, last: str) -> Period:
    days = {}
    for name, word in (("--from", first), ("--to", last)):
        try:
            days[name] = date.fromisoformat(word)
        except ValueError:
            session.fail(f"{name} «{word}» is no date; write it as 2026-03-31" if word else f"{name} is missing")
    if days["--to"] < days["--from"]:
        session.fail("--to is before --from")
    return Period(days["--from"], days["--to"])


def _tables(words: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(word.strip().upper() for word in words.split(",")))
    for name in names:
        _known(name, IDS, "--tables")
    return names


def _known(word: str, allowed: tuple[str, ...], option: str) -> None:
    if word not in allowed:
        session.fail(f"{option} «{word}» is unknown; allowed: {', '.join(allowed)}")


def _made(
    given: Settings,
    centre: Centre,
    period: Period,
    chosen: tuple[str, ...],
    *,
    now: datetime,
    public: bool,
    edition: int,
) -> Report:
    """Counted beside the running bot; only the edition is written, in a moment of its own."""
    languages = Languages(centre)

    def here(tx: Transaction) -> Here:
        return Here(tx, centre, now, now, languages.means)

    if edition:
        found = session.look(given, lambda tx: pages.again(here(tx), period, edition, chosen, public=public))
        return found or session.fail(
            f"--edition {edition}: there is no such edition of {period.first} to {period.last}"
        )
    whole = session.look(given, lambda tx: reports.made(here(tx), period))

    def number(tx: Transaction) -> Report:
        audit.note(tx, "report", now=now, reason=f"{period.first} {period.last}")
        return pages.numbered(here(tx), whole)

    return pages.shown(session.transact(given, number), chosen, public=public)


def _written(made: Report, centre: Centre, form: str, language: str, file: Path | None, *, whole: bool) -> None:
    languages = Languages(centre)
    laid = made if whole and form == "json" else printing.laid_out(made, centre)
    body, beside = printing.paper(laid, centre, language, lambda wording: languages.say(wording, language))
    content = report_files.png(body, beside) if form == "png" else report_files.made(body, beside, form)
    if content is None:
        session.fail("there is nothing to draw in these tables, or matplotlib is not installed (pip: poruch[charts])")
    if file is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
        target.write(content)
