"""`cases import` and `cases export`: what goes out comes in as the same, all of it or nothing, and nothing twice."""

import asyncio
import csv
import io
import os
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import chdir, closing, contextmanager, redirect_stderr, redirect_stdout
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core import centre
from bot.core.cases import facts
from bot.core.register import NAMES
from bot.run.commands import cases as commands
from bot.run.commands import session
from bot.run.commands.cli import app
from bot.run.settings import read as settings_here
from storage import cases, deadlines, erasing, keys, needs, referrals, register, services, visits
from storage.db import Transaction
from tests import people, tables
from tests.process.running import environment
from tests.process.test_operators import command
from tests.storage import thief

SMALL = "number,registered_on,intake,source,source_detail,incoming_no,services,visits,count\n"
GOOD = (
    SMALL
    + "1/2021,2021-03-05,appeal,other,Фонд «Світло»,вх. 7,counselling;legal_help*3,needs_assessment@2021-03-07,\n"
    + "2/2021,2021-03-06,Самозвернення,citizen,,,,,\n"
    + ",2021-03-06,appeal,citizen,,,,,190\n"
    + ",2021-03-06,appeal,citizen,,,,,190\n"
    + "\n"
)
HEADER = ",".join(NAMES) + "\n"
CENTRE = "demo"


async def run(place: Path, *words: str) -> tuple[int, str, str]:
    """Exit status and both outputs of a command, in this process: a start of its own takes a second."""
    return await asyncio.to_thread(_run, place, words)


def _run(place: Path, words: Sequence[str]) -> tuple[int, str, str]:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    here = {"PORUCH_DATA_DIR": "data", "PORUCH_MASTER_KEY": people.KEY, "PORUCH_CENTRE": CENTRE}
    with patch.dict(os.environ, here), chdir(place), redirect_stdout(out), redirect_stderr(err):
        status = _status(words)
    return status, _said(out), _said(err)


def _status(words: Sequence[str]) -> int:
    try:
        app(list(words))
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def _said(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


@pytest.fixture
async def place(tmp_path: Path) -> Path:
    """An empty centre, and the bot that is off."""
    async with people.Town(tmp_path / "data"):
        pass
    return tmp_path


async def moved(place: Path, exported: str) -> str:
    """What an empty place gives out that has taken this in."""
    elsewhere = place / "elsewhere"
    elsewhere.mkdir()
    async with people.Town(elsewhere / "data"):
        pass
    (elsewhere / "e.csv").write_text(exported, encoding="utf-8")
    rows = len(list(csv.reader(io.StringIO(exported)))) - 1
    assert await run(elsewhere, "cases", "import", "e.csv") == (
        0, f"cases: {rows} new, 0 changed, 0 known already\n", "",
    )  # fmt: skip
    return (await run(elsewhere, "cases", "export"))[1]


async def test_the_commands_are_there(place: Path) -> None:
    status, out, err = await command(place, "cases", "export", DATA_DIR="data", MASTER_KEY=people.KEY)
    assert (status, out, err) == (0, HEADER, "")


async def test_a_register_is_imported_once_and_goes_out_and_in_as_the_same(place: Path) -> None:
    (place / "r.csv").write_text(GOOD, encoding="utf-8-sig")
    would = (0, "cases that would be new: 4 new, 0 changed, 0 known already\n", "")
    assert await run(place, "cases", "import", "r.csv", "--dry-run") == would
    assert await run(place, "cases", "export") == (0, HEADER, "")
    assert (await run(place, "cases", "import", "r.csv"))[1] == "cases: 4 new, 0 changed, 0 known already\n"
    assert (await run(place, "cases", "import", "r.csv"))[1] == "cases: 0 new, 0 changed, 4 known already\n"
    status, exported, _ = await run(place, "cases", "export")
    rows = list(csv.DictReader(exported.splitlines()))
    assert status == 0
    assert [(row["number"], row["intake"], row["count"]) for row in rows] == [
        ("1/2021", "appeal", "1"), ("", "appeal", "190"), ("", "appeal", "190"), ("2/2021", "self_referral", "1"),
    ]  # fmt: skip
    assert await moved(place, exported) == exported
    (place / "own.csv").write_text(exported, encoding="utf-8")
    assert (await run(place, "cases", "import", "own.csv"))[1] == "cases: 0 new, 0 changed, 4 known already\n"


@pytest.mark.safety("S22")
async def test_no_word_of_it_lies_open_and_the_file_is_for_nobody_else(place: Path) -> None:
    (place / "r.csv").write_text(GOOD.replace("вх. 7", "вхідний-сім"), encoding="utf-8")
    await run(place, "cases", "import", "r.csv")
    assert thief.in_plain(place / "data", ["Світло", "вхідний-сім", "1/2021"]) == []
    assert await run(place, "cases", "export", "-o", "e.csv") == (0, "", "e.csv: 4 rows\n")
    assert (place / "e.csv").stat().st_mode & 0o777 == 0o600
    assert "Світло" in (place / "e.csv").read_text(encoding="utf-8")
    async with people.Town(place / "data") as town:
        assert await town.count("audit", "action = 'exported' AND reason = 'register'") == 1


async def test_a_row_that_differs_takes_the_place_of_the_one_with_its_number(place: Path) -> None:
    (place / "r.csv").write_text(GOOD, encoding="utf-8")
    await run(place, "cases", "import", "r.csv")
    (place / "r.csv").write_text(GOOD.replace("legal_help*3", "legal_help*2") + "3/2021,,,,,,,,\n", encoding="utf-8")
    said = "cases: 1 new, 1 changed, 3 known already\n"
    assert (await run(place, "cases", "import", "r.csv", "--dry-run"))[1] == said.replace(":", " that would be new:")
    assert (await run(place, "cases", "import", "r.csv"))[1] == said
    exported = (await run(place, "cases", "export"))[1]
    assert exported.count("1/2021") == exported.count("legal_help*2") == 1
    async with people.Town(place / "data") as town:
        assert await town.count("register") == 5
        assert await town.count("register_details") == 1
        assert await town.count("register", "services = 'counselling;legal_help*2'") == 1


async def test_every_fault_is_told_and_nothing_is_imported(place: Path) -> None:
    bad = GOOD + "1/2021,2021-02-30,,,,,,,\n4/2021,2021-03-05,visit,,,,,,0\n"
    (place / "r.csv").write_text(bad, encoding="utf-8")
    status, out, err = await run(place, "cases", "import", "r.csv")
    assert (status, out) == (2, "")
    assert [line.partition(";")[0] for line in err.splitlines()] == [
        "r.csv, line 7, column registered_on: «2021-02-30» is no date",
        "r.csv, line 7, column number: the same as in line 2",
        "r.csv, line 8, column intake: «visit» is unknown",
        "r.csv, line 8, column count: «0»",
    ]
    (place / "r.csv").write_bytes(GOOD.encode() + "5,,,,Фонд,,,,\n".encode("cp1251"))
    assert (await run(place, "cases", "import", "r.csv"))[2].startswith("r.csv, line 7: this is not UTF-8")
    assert await run(place, "cases", "export") == (0, HEADER, "")


async def test_an_import_that_is_killed_leaves_nothing_and_the_next_begins_anew(place: Path) -> None:
    (place / "r.csv").write_text(SMALL + "".join(f"{n},,,other,Фонд {n},,,,\n" for n in range(3000)), encoding="utf-8")
    env = environment(DATA_DIR="data", MASTER_KEY=people.KEY)
    words = (sys.executable, "-m", "bot", "cases", "import", "r.csv")
    process = await asyncio.create_subprocess_exec(*words, cwd=place, env=env)
    with closing(sqlite3.connect(place / "data" / "poruch.db")) as look:
        while not look.execute("SELECT count(*) FROM register").fetchone()[0]:  # noqa: ASYNC110 - another process writes
            await asyncio.sleep(0.01)
    process.kill()
    await process.wait()
    assert await run(place, "cases", "export") == (0, HEADER, "")
    assert (await run(place, "cases", "import", "r.csv"))[1] == "cases: 3000 new, 0 changed, 0 known already\n"
    async with people.Town(place / "data") as town:
        left = await town.count("register") - 3000
        later = town.clock.at + timedelta(days=9)
        assert left in range(500, 3000)

        def drop(tx: Transaction) -> int:
            return register.drop_unfinished(tx, begun_before=later, most=500)

        pieces = [500]
        while pieces[-1]:
            pieces.append(await town.app.writer.transact(drop))
        assert max(pieces) == 500
        assert await town.count("register") == await town.count("register_details") == 3000
        assert await town.count("register_imports") == 1


async def test_what_a_row_says_of_deadlines_is_kept_with_it(place: Path) -> None:
    (place / "r.csv").write_text(GOOD, encoding="utf-8")
    await run(place, "cases", "import", "r.csv")
    async with people.Town(place / "data") as town:
        assert await town.count("register_met", "key = 'needs_assessment' AND met_at < due_at") == 1
        assert await town.count("register_met") == 1


# Cases of this bot


@pytest.fixture
async def living(tmp_path: Path) -> AsyncIterator[people.Town]:
    """A town with a case that has everything, one that nobody has touched, and one that was a mistake."""
    async with people.Town(tmp_path / "data") as town:
        await town.staff("Марія", "head")
        await town.app.writer.transact(lambda tx: _live(tx, town))
        yield town


ENTERED = {
    "intake": "subject_notification", "source": "other", "source_detail": "=Фонд «Опіка»", "urgency": "emergency",
    "violence": "yes", "category": "low_income", "district": "center", "unit": "family", "children": 2,
    "name": "Ганна Тиха", "story": "нікому не видно",
}  # fmt: skip


def _live(tx: Transaction, town: people.Town) -> None:
    now = town.clock.at
    whole, plain, mistake = (
        _opened(tx, town, **ENTERED | {"source": source}) for source in ("other", "police", "other")
    )
    tx.run("UPDATE cases SET mistaken = :yes WHERE id = :id", id=mistake, yes=True)
    tx.run("UPDATE cases SET main_form = 'sexual', victim_group = 'woman', repeat = :yes, closed_at = :now, "
           "outcome = 'minimised', closing = 'declined', child_role = 'witness' WHERE id = :id",
           id=whole, yes=True, now=now + timedelta(days=3))  # fmt: skip
    for kind, code in (("circumstances", "disability"), ("violence_forms", "physical"), ("other", "x")):
        tx.run("INSERT INTO case_codes (case_id, kind, code, at) VALUES (:id, :kind, :code, :now)",
               id=whole, kind=kind, code=code, now=now)  # fmt: skip
    for service in ("residential_check", "informing", "residential_check"):
        services.give(tx, whole, service, by=1, now=now)
    needs.turn(tx, whole, "legal", by=1, now=now)
    for kind, held in (("needs_assessment", True), ("support_visit", False)):
        visit = visits.plan(tx, whole, by=1, kind=kind, starts_at=now + timedelta(hours=2), now=now)
        if held:
            visits.end(tx, visit.id, "held")
    referrals.prepare(tx, whole, "police", by=1, now=now)
    referrals.sent(tx, whole, "police", by=1, now=now)
    referrals.prepare(tx, plain, "police", by=1, now=now)
    for case in (whole, plain):
        deadlines.plan(tx, case, "service_decision", starts_at=now, due_at=now, body="social_protection")
    sent = tx.one("SELECT id FROM deadlines WHERE case_id = :id", id=whole)
    assert sent
    deadlines.send(tx, sent["id"], "social_protection", at=now)
    deadlines.met(tx, whole, ["service_decision"], at=now + timedelta(days=1))
    deadlines.plan(tx, whole, "notify_police", starts_at=now, due_at=now, body=None)
    deadlines.met(tx, whole, ["notify_police"], at=now + timedelta(minutes=5))


def _opened(tx: Transaction, town: people.Town, **answers: object) -> int:
    now, key_id = town.clock.at, keys.make(tx, "case", now=town.clock.at)
    case = cases.open_case(tx, facts("register", answers), answers, key_id=key_id, team="brigade", reported_at=now,
                           answer_due_at=now, now=now)  # fmt: skip
    return case.id


async def test_a_case_of_this_bot_goes_out_without_a_name_and_comes_into_another_place_as_it_is(
    living: people.Town, tmp_path: Path
) -> None:
    status, exported, _ = await run(tmp_path, "cases", "export")
    whole, plain = sorted(csv.DictReader(exported.splitlines()), key=lambda row: row["source"])
    assert status == 0
    assert whole["number"].startswith("К-")
    assert {name: cell for name, cell in whole.items() if cell and name != "number"} == {
        "registered_on": "2026-11-23", "intake": "subject_notification", "source": "other",
        "source_detail": "'=Фонд «Опіка»", "reporter": "other_body", "unit": "family", "children": "2",
        "category": "low_income", "circumstances": "disability_or_treatment", "district": "center", "team": "brigade",
        "urgency": "emergency", "violence_forms": "physical;sexual", "violence_main": "sexual", "victim_group": "woman",
        "child_role": "witness", "repeat": "yes", "services": "residential_assessment*2;informing",
        "visits": "needs_assessment@2026-11-23T13:00", "needs_met": "legal", "outcome": "minimised",
        "closing": "declined", "closed_on": "2026-11-26", "referred_to": "police", "received_at": "2026-11-23T11:00",
        "police_notified_at": "2026-11-23T11:05", "sent_for_decision_on": "2026-11-23",
        "decided_by": "social_protection", "decided_on": "2026-11-24", "count": "1",
    }  # fmt: skip
    assert (plain["source"], plain["outcome"], plain["repeat"]) == ("police", "in_progress", "no")
    assert not plain["referred_to"] + plain["decided_on"] + plain["sent_for_decision_on"] + plain["closed_on"]
    assert not [word for word in ("Ганна", "видно") if word in exported]
    assert await moved(tmp_path, exported) == exported
    assert await living.count("register") == 0


async def test_a_case_of_this_bot_is_known_and_changed_only_here(living: people.Town, tmp_path: Path) -> None:
    _, exported, _ = await run(tmp_path, "cases", "export")
    (tmp_path / "e.csv").write_text(exported, encoding="utf-8")
    assert (await run(tmp_path, "cases", "import", "e.csv"))[1] == "cases: 0 new, 0 changed, 2 known already\n"
    (tmp_path / "e.csv").write_text(exported.replace(",minimised,", ",overcome,"), encoding="utf-8")
    status, _, err = await run(tmp_path, "cases", "import", "e.csv")
    lines = exported.splitlines()
    line = next(place for place, each in enumerate(lines, 1) if ",minimised," in each)
    said = f"{lines[line - 1].partition(',')[0]} is a case of this bot; change it there; what differs: outcome"
    assert (status, err) == (2, f"e.csv, line {line}, column number: {said}\n")
    latin = exported.replace("К-", "K")
    (tmp_path / "e.csv").write_text(latin, encoding="utf-8")
    assert (await run(tmp_path, "cases", "import", "e.csv"))[1] == "cases: 0 new, 0 changed, 2 known already\n"
    assert await living.count("register") == 0


@pytest.mark.safety("S23")
async def test_of_an_erased_case_nothing_goes_out_but_codes_and_counts(living: people.Town, tmp_path: Path) -> None:
    def erase(tx: Transaction) -> None:
        [number] = [row["number"] for row in tx.all("SELECT number FROM cases WHERE id = 1")]
        case = cases.by_number(tx, number)
        assert case is not None
        erasing.erase(tx, case, now=living.clock.at)

    await living.app.writer.transact(erase)
    exported = (await run(tmp_path, "cases", "export"))[1]
    assert "Опіка" not in exported
    assert "disability_or_treatment" in exported
    assert await moved(tmp_path, exported) == exported


@pytest.mark.safety("S23")
async def test_an_erased_row_keeps_its_counts_and_no_file_brings_its_words_back(place: Path) -> None:
    (place / "r.csv").write_text(GOOD, encoding="utf-8")
    await run(place, "cases", "import", "r.csv")
    status, out, err = await run(place, "erase", "1/2021")
    assert (status, out.partition(";")[0], err) == (0, "1/2021: erased from the register", "")
    assert (await run(place, "erase", "1/2021"))[0] == 2
    exported = (await run(place, "cases", "export"))[1]
    assert not [word for word in ("1/2021", "Світло", "вх. 7") if word in exported]
    assert "legal_help*3" in exported
    assert (await run(place, "cases", "import", "r.csv"))[1] == "cases: 0 new, 0 changed, 4 known already\n"
    (place / "e.csv").write_text(exported, encoding="utf-8")
    assert (await run(place, "cases", "import", "e.csv"))[1] == "cases: 0 new, 0 changed, 4 known already\n"
    assert (await run(place, "cases", "export"))[1] == exported


# What is no case


async def test_activities_come_in_once_and_go_out_as_the_same(place: Path) -> None:
    (place / "a.csv").write_text(
        "date,kind,title,district,audience,persons,items,count,note\n"
        "2021-03-05,court_hearings,Справа Коваля,,,2,,,\n2021-03-05,posters,,unknown,,,300,,\n" * 2,
        encoding="utf-8",
    )
    body = (place / "a.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (place / "a.csv").write_text("".join(body[:3] + body[4:]), encoding="utf-8")
    would = "activities that would be new: 4 new, 0 known already\n"
    assert await run(place, "activities", "import", "a.csv", "--dry-run") == (0, would, "")
    assert await run(place, "activities", "import", "a.csv") == (0, "activities: 4 new, 0 known already\n", "")
    assert await run(place, "activities", "import", "a.csv") == (0, "activities: 0 new, 4 known already\n", "")
    assert thief.in_plain(place / "data", ["Коваля"]) == []
    status, exported, _ = await run(place, "activities", "export")
    assert (status, exported.count("2021-03-05,court_hearing,Справа Коваля,,,2,,1,\n")) == (0, 2)
    (place / "e.csv").write_text(exported, encoding="utf-8")
    assert (await run(place, "activities", "import", "e.csv"))[1] == "activities: 0 new, 4 known already\n"
    (place / "a.csv").write_text("date,kind\n,posters\n2021-03-05,?\n", encoding="utf-8")
    status, _, err = await run(place, "activities", "import", "a.csv")
    assert (status, [line.partition(":")[0] for line in err.splitlines()]) == (
        2, ["a.csv, line 2, column date", "a.csv, line 3, column kind"],
    )  # fmt: skip


# Registers that nobody has thought of

WORDS = st.text(st.sampled_from("абв =+-@'\",;\n7К-"), min_size=1, max_size=12)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31)).map(str)
MOMENTS = st.one_of(DAYS, st.builds("{}T{:02}:{:02}".format, DAYS, st.integers(0, 23), st.integers(0, 59)))


def codes(*known: str) -> st.SearchStrategy[str]:
    return st.sampled_from(("", *known))


def lists(*known: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(known), max_size=3).map(";".join)


CELLS = {
    "number": st.one_of(st.just(""), WORDS, st.integers(1000, 99_999_999).map("К-{}".format)),
    "registered_on": st.one_of(st.just(""), DAYS), "intake": codes(*centre.INTAKE, "Звернення"),
    "source": codes(*centre.SOURCES, "education_vocational", "Поліція"),
    "source_detail": st.one_of(st.just(""), WORDS), "reporter": codes(*centre.REPORTERS), "unit": codes("family"),
    "children": codes("0", "12"), "category": codes(*centre.CATEGORIES), "circumstances": lists(*centre.CIRCUMSTANCES),
    "district": codes("center", "unknown", "mobile_brigade"), "team": codes("brigade", "foster_care"),
    "urgency": codes(*centre.URGENCIES), "violence_forms": lists(*centre.VIOLENCE), "victim_group": codes("man"),
    "repeat": codes("yes", "ні"), "services": lists("counselling*3", "counselling", "residential_check", "mentoring*2"),
    "visits": st.lists(st.builds("{}@{}".format, st.sampled_from(centre.VISITS), MOMENTS), max_size=3).map(";".join),
    "needs_met": lists(*centre.NEEDS_MET), "outcome": codes(*centre.OUTCOMES), "referred_to": lists("police", "body_7"),
    "helpline_topic": codes(*centre.TOPICS), "incoming_no": st.one_of(st.just(""), WORDS),
    "received_at": st.one_of(st.just(""), MOMENTS), "decided_on": st.one_of(st.just(""), DAYS),
    "police_notified_at": st.one_of(st.just(""), MOMENTS), "count": codes("1", "7"),
}  # fmt: skip
ROWS = st.lists(st.fixed_dictionaries(CELLS), max_size=8, unique_by=lambda row: row["number"].strip() or id(row))


@contextmanager
def empty() -> Iterator[Path]:
    """A place of its own, at which the commands look."""
    with TemporaryDirectory() as folder:
        tables.laid(Path(folder) / "poruch.db")
        here = {"PORUCH_DATA_DIR": folder, "PORUCH_MASTER_KEY": people.KEY, "PORUCH_CENTRE": "demo"}
        with patch.dict(os.environ, here):
            session.transact(settings_here(), lambda _: None)
            yield Path(folder)


def taken_in(file: Path, capsys: pytest.CaptureFixture[str]) -> str:
    commands.import_(file)
    return capsys.readouterr().out


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS)
def test_whatever_a_register_holds_it_goes_out_and_in_as_the_same(
    capsys: pytest.CaptureFixture[str], wrote: list[dict[str, str]]
) -> None:
    with empty() as here:
        file, first, second = here / "r.csv", here / "first.csv", here / "second.csv"
        with file.open("w", encoding="utf-8", newline="") as target:
            lines = csv.DictWriter(target, NAMES, restval="")
            lines.writeheader()
            lines.writerows(wrote)
        try:
            new = taken_in(file, capsys)
        except SystemExit:  # two numbers that are one, once their spaces are gone
            assert "the same as in line" in capsys.readouterr().err
            return
        commands.export(file=first)
        assert taken_in(file, capsys) == taken_in(first, capsys)
        commands.export(file=second)
        assert second.read_bytes() == first.read_bytes()
        assert new.split()[1] == str(first.read_text(encoding="utf-8").count("\n") - 1)
        with empty() as elsewhere:
            again = elsewhere / "again.csv"
            assert taken_in(first, capsys) == new
            commands.export(file=again)
            assert again.read_bytes() == first.read_bytes()
