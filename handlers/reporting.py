"""«Report» in the chat: a period, then tables to read here, or a file for paper. For the head; each is logged."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from bot.core import printing as layout
from bot.core import tables, texts
from bot.core.buttons import Enter, Print
from bot.core.centre import Words
from bot.core.events import Delete, File, Message, Pages, Paper, Refused, Send
from bot.core.filling import Draft
from bot.core.lines import Sentence, Wording, paragraphs, rows
from bot.core.report import IDS, Period, Report, as_json
from bot.core.report_charts import charts
from bot.core.tables import reconciliation
from handlers import menu, printing
from handlers.here import Here, column, row, screen
from storage import audit, editions, people, report_requests
from storage.people import Person
from storage.report_requests import Request

KEY, WAIT = "report", "report:wait"
FILES: Final[Mapping[str, tuple[str, Sentence]]] = {
    "docx": ("docx", texts.REPORT_DOCX),
    "xlsx": ("xlsx", texts.REPORT_XLSX),
    "png": ("png", texts.REPORT_PNG),
    "open_docx": ("docx", texts.REPORT_PUBLIC),
    "open_xlsx": ("xlsx", texts.REPORT_PUBLIC_XLSX),
}
"""What may be asked for, by the code of its button; `open_` is for publication."""
OPEN = "open_"
DRAWN: Final = frozenset({"R2", "R3", "R4", "R7", "R8"})
"""Tables that have a chart (bot/core/report_charts.py)."""
DAY = timedelta(days=1)
SHORT = 30
"""Letters of a table's title on its button."""


def asks(here: Here, me: Person) -> list[Message]:
    ways = column(*((label, _print(_of(here.local.date()), "ways")) for label, _of in PERIODS))
    return screen(
        here, me, KEY, texts.REPORT_ASKS, (*ways, *column((texts.OTHER_DAYS, Enter("report_days"))), *menu.back())
    )


def days_chosen(here: Here, me: Person, draft: Draft) -> list[Message]:
    first, last = sorted(date.fromisoformat(str(draft.answers[name])) for name in ("since", "until"))
    return [Delete(here.asker, KEY), *_ways(here, me, Period(first, last), fresh=True)]


def pressed(here: Here, me: Person, button: Print) -> list[Message]:
    period = _period(button)
    match button.what:
        case "ways":
            return _ways(here, me, period)
        case "tables":
            return _tables(here, me, period)
        case what if what in FILES or what in IDS:
            return _asked(here, me, period, what)
        case _:
            raise Refused(texts.STALE)


def _ways(here: Here, me: Person, period: Period, *, fresh: bool = False) -> list[Message]:
    text = paragraphs(rows(_of_period(period), _edition(here, period)), texts.REPORT_WAYS)
    read = column((texts.REPORT_TABLES, _print(period, "tables")))
    files = column(*((label, _print(period, what)) for what, (_, label) in FILES.items()))
    ways = (*read, *files, *row((texts.BACK, Enter("report"))))
    return [Send(here.asker, text, ways, key=KEY)] if fresh else screen(here, me, KEY, text, ways)


def _edition(here: Here, period: Period) -> Wording:
    if period.last >= here.local.date():
        return texts.REPORT_RUNS
    last = editions.last(here.tx, period)
    return texts.REPORT_EDITION(last.edition) if last else texts.REPORT_NOT_PRINTED


def _tables(here: Here, me: Person, period: Period) -> list[Message]:
    own = {each.id: each.title for each in here.centre.report_tables}
    labels = [(_label(name, own.get(name, "")), _print(period, name)) for name in layout.ids(here.centre)]
    ways = (*column(*labels), *row((texts.BACK, _print(period, "ways"))))
    return screen(here, me, KEY, rows(_of_period(period), texts.REPORT_TABLES_HEAD), ways)


def _label(name: str, own: str) -> Words:
    usual = tables.BY_ID[name].title if name in tables.BY_ID else reconciliation.TITLE
    uk, en = (said if len(said) <= SHORT else f"{said[: SHORT - 1]}…" for said in (own or usual.uk, usual.en))
    return Words(f"{name} {uk}", f"{name} {en}")


def _asked(here: Here, me: Person, period: Period, what: str) -> list[Message]:
    """Counting may take a second: it is done beside the bot's own work, and what was asked for comes by itself."""
    report_requests.put(here.tx, me.id, period, what, now=here.now)
    return [Delete(here.asker, WAIT), Send(here.asker, texts.REPORT_COMING, key=WAIT)]


def ready(here: Here, request: Request, report: Report) -> list[Message]:
    """It is counted: the edition gets its number, and what was asked for goes to whoever asked, if they still may."""
    me = people.person(here.tx, request.person_id)
    if not report_requests.done(here.tx, request.id, now=here.now) or not me.staff or not me.may("entry report"):
        return []
    audit.note(
        here.tx, "report", by=me.id, now=here.now, reason=f"{request.first_day} {request.last_day} {request.what}"
    )
    if request.what in IDS:
        shown = printing.shown(report, (request.what,), public=False)
        laid = layout.laid_out(shown, here.centre, report)
        return [Pages(me.colleague, laid, WAIT), *_chart(here, me, laid, request.what)]
    if request.what == "png" and not charts(as_json(report, lambda _: "")):
        return [Delete(me.colleague, WAIT), Send(me.colleague, texts.REPORT_NO_CHARTS)]
    return [Delete(me.colleague, WAIT), *_file(here, me, request, printing.numbered(here, report, me.id))]


def failed(here: Here, request: Request) -> list[Message]:
    report_requests.done(here.tx, request.id, now=here.now)
    me = people.person(here.tx, request.person_id)
    return [Delete(me.colleague, WAIT), Send(me.colleague, texts.REPORT_FAILED)] if me.staff else []


def _chart(here: Here, me: Person, report: Report, table: str) -> list[Message]:
    """Its picture below; a table in which there is nothing to draw has none."""
    if table not in DRAWN:
        return []
    return [File(me.colleague, texts.REPORT_CHART, Paper(report, here.centre, "png", table), photo=True, protect=True)]


def _file(here: Here, me: Person, request: Request, report: Report) -> list[Message]:
    form, _ = FILES[request.what]
    public = request.what.startswith(OPEN)
    shown = printing.shown(report, layout.ids(here.centre), public=public)
    paper = Paper(layout.laid_out(_without_numbers(shown), here.centre), here.centre, form)
    span = {"first": request.first_day.isoformat(), "last": request.last_day.isoformat()}
    name = (texts.REPORT_FILE_PUBLIC if public else texts.REPORT_FILE)(**span, kind=form)
    return [File(me.colleague, name, paper, _caption(report, public=public), language="uk")]


def _caption(report: Report, *, public: bool) -> Wording:
    edition = texts.EDITION_IS(n=report.edition) if report.edition else texts.EDITION_NONE
    said = texts.REPORT_CAPTION(first=_said(report.period.first), last=_said(report.period.last), edition=edition)
    return rows(said, *([texts.REPORT_IS_PUBLIC] if public else []))


def _without_numbers(report: Report) -> Report:
    """A document leaves the centre: no number of a case stands in it."""
    bare = tuple(replace(table, check=replace(table.check, cases=())) for table in report.tables)
    return replace(report, tables=bare)


def _of_period(period: Period) -> Wording:
    return texts.REPORT_OF(first=_said(period.first), last=_said(period.last))


def _said(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _print(period: Period, what: str) -> Print:
    return Print(int(f"{period.first:%Y%m%d}"), int(f"{period.last:%Y%m%d}"), what)


def _period(button: Print) -> Period:
    try:
        period = Period(*(date.fromisoformat(str(number)) for number in (button.first, button.last)))
    except ValueError:
        raise Refused(texts.STALE) from None
    if period.last < period.first:
        raise Refused(texts.STALE)
    return period


# Which period, by the day of today


def _quarter(today: date) -> Period:
    return Period(date(today.year, 3 * ((today.month - 1) // 3) + 1, 1), today)


def _last_quarter(today: date) -> Period:
    last = _quarter(today).first - DAY
    return Period(_quarter(last).first, last)


def _last_month(today: date) -> Period:
    last = today.replace(day=1) - DAY
    return Period(last.replace(day=1), last)


def _year(today: date) -> Period:
    return Period(date(today.year, 1, 1), today)


def _last_year(today: date) -> Period:
    return Period(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))


PERIODS: Final[tuple[tuple[Sentence, Callable[[date], Period]], ...]] = (
    (texts.LAST_QUARTER, _last_quarter),
    (texts.LAST_MONTH, _last_month),
    (texts.LAST_YEAR, _last_year),
    (texts.THIS_QUARTER, _quarter),
    (texts.THIS_YEAR, _year),
)
