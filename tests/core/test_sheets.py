"""A table from outside: all rows or every fault, each with its line, its column, what is wrong and what is allowed."""

import csv
import io
import string
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import sheets
from bot.core.sheets import Column, Dated, Fault, Row, Table, Unfit, Wrong

KYIV = ZoneInfo("Europe/Kyiv")
SERVICES = ("counselling", "legal_help")
VISITS = ("emergency_brigade", "needs_assessment")


def closed_after(row: Row) -> None:
    if row["closed_on"] and row["closed_on"] < row["on"]:
        raise Wrong("earlier than it began", "the same day or later", column="closed_on")


TABLE = Table(
    (
        Column("number", sheets.whole(1), required=True),
        Column("on", sheets.day, required=True),
        Column("closed_on", sheets.day),
        Column("unit", sheets.one_of(("family", "person"))),
        Column("services", sheets.times(sheets.one_of(SERVICES)), empty={}),
        Column("visits", sheets.dated(sheets.one_of(VISITS), KYIV), empty=()),
        Column("lists", sheets.several(sheets.text(5)), empty=()),
        Column("at", sheets.moment(KYIV)),
        Column("role", sheets.mapped({"director": "head"})),
    ),
    unique=("number",),
    rule=closed_after,
)
HEAD = ",".join(TABLE.names)
DATED = "what@2021-03-07 or what@2021-03-05T21:40"


def read(*lines: str) -> list[Row]:
    return sheets.read("\n".join((HEAD, *lines)).encode(), TABLE, file="f.csv")


def faults(*lines: str, head: str = HEAD) -> list[str]:
    with pytest.raises(Unfit) as unfit:
        sheets.read("\n".join((head, *lines)).encode(), TABLE, file="f.csv")
    return [str(fault) for fault in unfit.value.faults]


def test_every_kind_of_value_is_read() -> None:
    (row,) = read(
        "7,2021-03-05,,family,counselling;legal_help*3; counselling,"
        "emergency_brigade@2021-03-05T21:40;needs_assessment@2021-03-07,a;b;;a,2021-07-05T10:00,director"
    )
    at = datetime(2021, 3, 5, 19, 40, tzinfo=UTC)
    assert row == {
        "line": 2, "number": 7, "on": date(2021, 3, 5), "closed_on": None, "unit": "family",
        "services": {"counselling": 2, "legal_help": 3},
        "visits": (Dated("emergency_brigade", date(2021, 3, 5), at), Dated("needs_assessment", date(2021, 3, 7))),
        "lists": ("a", "b"), "at": datetime(2021, 7, 5, 7, 0, tzinfo=UTC), "role": "head",
    }  # fmt: skip


def test_a_mark_at_the_beginning_and_empty_rows_do_no_harm_and_optional_columns_may_be_missing() -> None:
    body = "number,on\r\n\r\n1,2021-03-05\r\n,\r\n2,2021-03-06\r\n".encode("utf-8-sig")
    rows = sheets.read(body, TABLE, file="f.csv")
    assert [(row["line"], row["number"], row["services"]) for row in rows] == [(3, 1, {}), (5, 2, {})]


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    assert faults(
        "0,05.03.2021,,,,,,,",
        "1,2021-02-30,,clan,,,,,",
        "2,2021-03-05,2021-03-04,,,,,,",
        ",2021-03-05,,,,,,,",
        "3,2021-03-05,,,counselling*x,flight@2021-03-05;x,abcdef,2021-03-05 10:00,queen",
        "3,2021-03-05,,,,needs_assessment,,,",
        "2,2021-03-05,,,,,,,",
        "4,2021-03-05",
    ) == [
        "f.csv, line 2, column number: «0»; allowed: a whole number from 1 to 999999999999999",
        "f.csv, line 2, column on: «05.03.2021» is no date; allowed: a date as 2026-03-05",
        "f.csv, line 3, column on: «2021-02-30» is no date; allowed: a date as 2026-03-05",
        "f.csv, line 3, column unit: «clan» is unknown; allowed: family, person",
        "f.csv, line 4, column closed_on: earlier than it began; allowed: the same day or later",
        "f.csv, line 5, column number: nothing stands here; allowed: a value in every row",
        "f.csv, line 6, column services: «x»; allowed: a whole number from 1 to 999999999999999",
        "f.csv, line 6, column visits: «flight» is unknown; allowed: emergency_brigade, needs_assessment",
        "f.csv, line 6, column lists: 6 characters; allowed: at most 5",
        "f.csv, line 6, column at: «2021-03-05 10:00» is no time; allowed: a date and a time as 2026-03-05T21:40",
        "f.csv, line 6, column role: «queen» is unknown; allowed: director",
        f"f.csv, line 7, column visits: «needs_assessment» has no date; allowed: {DATED}",
        "f.csv, line 7, column number: the same as in line 6; allowed: each once",
        "f.csv, line 8, column number: the same as in line 4; allowed: each once",
        "f.csv, line 9, column closed_on: 2 cells; allowed: 9, as in line 1",
    ]


def test_a_column_that_is_unknown_missing_or_double_is_a_fault_of_the_first_line() -> None:
    assert faults(head="on,colour,on") == [
        f"f.csv, line 1, column colour: there is no such column; allowed: {HEAD}",
        "f.csv, line 1, column on: the column stands twice; allowed: once",
        f"f.csv, line 1, column number: the column is missing; allowed: {HEAD}",
    ]
    assert faults(head="number;on") == [
        f"f.csv, line 1: the columns are parted by «;»; save the table with commas: {HEAD}"
    ]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (HEAD.encode() + "\n1,2021-03-05,,,сім'я".encode("cp1251"), "f.csv, line 2: this is not UTF-8"),
        (HEAD.encode() + b'\n1,"2021-03-05\n', "f.csv, line 2: this is not a table with commas"),
        (b"", "f.csv, line 1: the file is empty"),
    ],
)
def test_what_is_no_table_in_utf_8_is_told_plainly(body: bytes, said: str) -> None:
    with pytest.raises(Unfit) as unfit:
        sheets.read(body, TABLE, file="f.csv")
    assert str(unfit.value).startswith(said)


def test_a_fault_after_a_cell_of_several_lines_names_the_line_in_which_its_row_begins() -> None:
    table = Table((Column("words", sheets.text()), Column("n", sheets.whole(), required=True)))
    with pytest.raises(Unfit) as unfit:
        sheets.read(b'words,n\n"a\nb",1\nc,x\n"d\n\ne",y\n', table, file="f.csv")
    assert [(fault.line, fault.column) for fault in unfit.value.faults] == [(4, "n"), (5, "n")]


def test_a_wrong_value_cannot_write_on_the_terminal() -> None:
    (fault,) = faults("1,\x1b[2J" + "9" * 90 + ",,,,,,,")
    assert "\x1b" not in fault
    assert len(fault) < 150


PIECES = st.sampled_from(
    [*TABLE.names, HEAD, *SERVICES, *VISITS, ",", ";", "*", "@", '"', "\n", "\r\n", "T", "2021-03-05", "1", " ", "\0"]
)
ALMOST = st.lists(PIECES, max_size=60).map("".join)


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode), ALMOST.map(str.encode),
                 ALMOST.map(lambda text: f"{HEAD}\n{text}".encode())))  # fmt: skip
def test_whatever_the_file_is_it_is_read_or_refused(body: bytes) -> None:
    found: tuple[Fault, ...] | None = None
    try:
        sheets.read(body, TABLE, file="f.csv")
    except Unfit as unfit:
        found = unfit.faults
    assert found is None or (found and all(fault.line >= 1 and fault.what for fault in found))


SEEN = st.characters(codec="utf-8").filter(lambda each: not sheets.UNSEEN.match(each))
WORDS = st.text(SEEN, min_size=1, max_size=30).map(str.strip).filter(bool)
KEYS = st.text(string.ascii_letters, min_size=1, max_size=8)


@given(
    st.lists(
        st.tuples(WORDS, st.dates(), st.integers(0, 10**14), st.dictionaries(KEYS, st.integers(1, 99), min_size=1)),
        max_size=20,
    )
)
def test_rows_that_were_written_by_a_spreadsheet_come_back(wrote: list[tuple[str, date, int, dict[str, int]]]) -> None:
    columns = (
        Column("words", sheets.text(), required=True),
        Column("on", sheets.day, required=True),
        Column("n", sheets.whole(), required=True),
        Column("counts", sheets.times(sheets.text()), required=True),
    )
    body = io.StringIO(newline="")
    lines = csv.writer(body)
    lines.writerow([column.name for column in columns])
    for words, on, n, counts in wrote:
        lines.writerow([words, on.isoformat(), n, ";".join(f"{key}*{often}" for key, often in counts.items())])
    rows = sheets.read(body.getvalue().encode("utf-8-sig"), Table(columns), file="f.csv")
    assert [(row["words"], row["on"], row["n"], row["counts"]) for row in rows] == wrote


def test_an_hour_that_the_clock_skips_a_year_too_far_and_what_nobody_sees_are_faults() -> None:
    """A session in 9999 would be one whose next working day is no date."""
    [skipped, far, unseen] = faults(
        "1,2027-03-28,,,,,,2027-03-28T03:30,", "2,2021-01-01,,,,,,9999-12-31T23:30,", "3,2021-01-01,,,,,a\0b,,"
    )
    assert skipped == "f.csv, line 2, column at: «2027-03-28T03:30»: on that day clocks skip that hour"
    assert far.startswith("f.csv, line 3, column at: «9999-12-31T23:30» is no time")
    assert unseen == "f.csv, line 4, column lists: there is a character that nobody sees"
    assert read("1,2027-03-28,,,,,,2027-03-28T04:00,")[0]["at"] == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
