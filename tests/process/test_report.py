"""`report`: its JSON as the contract has it, its editions, its files, and one plain line for whatever is wrong."""

import asyncio
import json
import stat
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from bot.core.report import IDS
from tests import people
from tests.process import test_register as console
from tests.process.running import environment
from tests.process.test_register import place

__all__ = ["place"]
HEADER = "number,registered_on,intake,source,unit,children,category,district,violence_main,victim_group,count\n"
FIRST = "1/21,2021-03-05,subject_notification,police,family,2,dv_survivors,center,physical,woman,\n"
SECOND = "2/21,2021-03-06,appeal,citizen,family,1,low_income,,,,\n"
ALIKE = ",2021-02-11,appeal,health,family,,disability,zarichchia,,,6\n"
QUARTER = ("--from", "2021-01-01", "--to", "2021-03-31")


@pytest.fixture
async def known(place: Path) -> Path:
    """A centre with a register."""
    await takes(place, FIRST + SECOND + ALIKE)
    return place


async def run(place: Path, *words: str, centre: str = "demo") -> tuple[int, str, str]:
    with patch.object(console, "CENTRE", centre):
        return await console.run(place, *words)


async def takes(place: Path, rows: str) -> None:
    (place / "r.csv").write_text(HEADER + rows, encoding="utf-8")
    status, _, err = await run(place, "cases", "import", "r.csv")
    assert (status, err) == (0, "")


async def report(place: Path, *words: str) -> dict[str, Any]:
    status, out, err = await run(place, "report", *QUARTER, "--format", "json", "--language", "en", *words)
    assert (status, err) == (0, "")
    return json.loads(out)  # type: ignore[no-any-return]


def table(report: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return next(each for each in report["tables"] if each["id"] == name)


def row(report: Mapping[str, Any], name: str, *keys: str) -> Mapping[str, Any]:
    rows, found = table(report, name)["rows"], {}
    for key in keys:
        found = next(each for each in rows if each["key"] == key)
        rows = found["rows"]
    return found


# JSON


async def test_the_json_is_the_contracts(known: Path) -> None:
    made = await report(known)
    assert {"centre", "period", "edition", "made_at", "tables"} <= made.keys()
    assert (made["centre"], made["period"]) == ("demo", {"from": "2021-01-01", "to": "2021-03-31"})
    assert made["made_at"].endswith("Z")
    assert tuple(each["id"] for each in made["tables"]) == IDS
    for each in made["tables"]:
        assert {"id", "title", "unit", "basis", "rows", "total", "check"} <= each.keys()
        assert each["title"]
        assert each["basis"] in {"in_period", "year_to_date", "as_of"}
        assert {"ok", "note"} <= each["check"].keys()
        assert isinstance(each["check"]["ok"], bool)
        assert isinstance(each["check"]["note"], str)
    for name, each in every_row(made):
        assert {"key", "title", "value", "previous", "year_ago", "year_to_date", "rows"} <= each.keys(), name
        assert each["key"]
        assert each["title"]


def every_row(made: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    rest = [(each["id"], row) for each in made["tables"] for row in each["rows"]]
    while rest:
        name, row = rest.pop()
        yield name, row
        rest += [(name, inner) for inner in row["rows"]]


async def test_a_value_is_a_number_where_there_is_one_unit_and_an_object_where_there_are_several(known: Path) -> None:
    made = await report(known)
    assert (table(made, "R2")["unit"], table(made, "R2")["total"]) == ("family", 8)
    assert row(made, "R2", "police")["value"] == 1
    assert row(made, "R4", "dv_survivors")["value"] == {"family": 1, "child": 2}
    assert table(made, "R4")["total"] == {"family": 8, "child": 3}


async def test_rows_have_the_shared_identifiers_for_keys(known: Path) -> None:
    made = await report(known)
    assert [each["key"] for each in table(made, "R1")["rows"]][:4] == [
        "self_referral", "appeal", "subject_notification", "found_by_specialist",
    ]  # fmt: skip
    assert {"mobile_brigade", "unknown"} <= {each["key"] for each in table(made, "R3")["rows"]}
    assert row(made, "R3", "unknown")["value"] == 1
    assert [each["key"] for each in table(made, "R6")["rows"]][:4] == [
        "physical",
        "psychological",
        "economic",
        "sexual",
    ]
    assert row(made, "R6", "physical", "woman")["value"] == 1
    assert row(made, "R6", "sexual", "child")["value"] == 0


async def test_tables_are_chosen_in_any_letters_and_come_in_the_order_asked_for(known: Path) -> None:
    made = await report(known, "--tables", "r6, R1,r6")
    assert [each["id"] for each in made["tables"]] == ["R6", "R1"]


async def test_the_reconciliation_names_the_cases_of_the_period_that_lack_something(place: Path) -> None:
    """One that ended in it without a reason, one to which the brigade went without a main form; no other."""
    header = "number,registered_on,category,violence_forms,visits,closing,closed_on\n"
    rows = (
        "ended,2020-06-01,low_income,,,,2021-02-01\n"
        "came,2021-02-01,low_income,,,,2021-06-01\n"
        "went,2020-12-30,low_income,physical;sexual,planned_brigade@2021-01-02,declined,2021-01-10\n"
        "later,2021-02-01,dv_survivors,,planned_brigade@2021-04-02,,\n"
    )
    (place / "r.csv").write_text(header + rows, encoding="utf-8")
    assert (await run(place, "cases", "import", "r.csv"))[0] == 0
    made = await report(place)
    assert table(made, "R6")["check"]["cases"] == ["went"]
    assert not table(made, "R6")["check"]["ok"]
    assert row(made, "R22", "R12.unknown")["value"] == 1
    assert set(table(made, "R22")["check"]["cases"]) == {"ended", "went"}
    assert not table(made, "R22")["check"]["ok"]


async def test_calls_and_stays_among_the_activities_are_known_by_code_and_by_name(place: Path) -> None:
    rows = (
        "date,kind,title,persons,items,count\n"
        "2021-02-01,helpline_call,silent,,,30\n2021-02-02,helpline_call,Мовчазний дзвінок,,,2\n"
        "2021-02-02,helpline_call,,,,1\n2021-02-03,day_centre_stay,За телефоном,2,5,1\n"
    )
    (place / "a.csv").write_text(rows, encoding="utf-8")
    assert (await run(place, "activities", "import", "a.csv"))[0] == 0
    made = await report(place)
    assert (row(made, "R17", "silent")["value"], row(made, "R17", "unknown")["value"]) == (32, 1)
    assert table(made, "R17")["total"] == 33
    assert row(made, "R18", "phone")["value"]["person"] == 2


async def test_words_of_violence_outside_the_family_are_of_the_language(place: Path) -> None:
    await takes(place, FIRST.replace("physical", "gbv"))
    made = await report(place)
    assert row(made, "R6", "gbv")["title"] == "Violence outside the family"


# Editions


async def test_what_is_printed_twice_is_one_edition_and_a_correction_the_next(known: Path) -> None:
    first, again = await report(known), await report(known)
    assert (first["edition"], again["edition"], again["changes"]) == (1, 1, [])
    assert first["made_at"] == again["made_at"]
    await takes(known, FIRST.replace("center", "zarichchia") + SECOND + ALIKE)
    second = await report(known)
    assert second["edition"] == 2
    assert second["changes"] == [
        "R3, Centre (families): was 1, is 0", "R3, Zarichchia (families): was 6, is 7",
        "R4, Survivors of domestic violence › Zarichchia (families): was 0, is 1",
        "R4, Survivors of domestic violence › Zarichchia (children): was 0, is 2",
        "R4, Survivors of domestic violence › Centre (families): was 1, is 0",
        "R4, Survivors of domestic violence › Centre (children): was 2, is 0",
    ]  # fmt: skip
    assert (await report(known))["changes"] == second["changes"]


async def test_an_edition_can_be_printed_again_as_it_was(known: Path) -> None:
    first = await report(known)
    await takes(known, SECOND.replace("low_income", "disability"))
    second = await report(known)
    old, new = await report(known, "--edition", "1"), await report(known, "--edition", "2")
    assert (old["edition"], new["edition"], old["changes"]) == (1, 2, [])
    assert numbers(old) == numbers(first)
    assert numbers(new) == numbers(second) != numbers(first)
    assert new["changes"] == second["changes"] != []
    status, _, err = await run(known, "report", *QUARTER, "--edition", "3")
    assert status == 2
    assert err.startswith("--edition 3: there is no such edition")


def numbers(made: Mapping[str, Any]) -> Any:
    return [(each["id"], each["rows"], each["total"]) for each in made["tables"] if each["id"] != "R22"]


async def test_other_words_for_a_row_are_no_correction(known: Path) -> None:
    await report(known)
    text = (Path(__file__).parents[2] / "bot" / "centres" / "demo.toml").read_text(encoding="utf-8")
    assert '"Центр"' in text
    (known / "other.toml").write_text(text.replace('"Центр"', '"Центральний"'), encoding="utf-8")
    status, out, _ = await run(known, "report", *QUARTER, "--format", "json", centre="other.toml")
    assert status == 0
    assert json.loads(out)["edition"] == 1
    assert "Центральний" in out


async def test_a_period_that_still_runs_has_no_edition(known: Path) -> None:
    status, out, _ = await run(known, "report", "--from", "2021-01-01", "--to", "2099-12-31", "--format", "json")
    assert (status, json.loads(out)["edition"]) == (0, 0)


async def test_the_copy_for_publication_has_the_same_number_and_no_small_one_of_violence(known: Path) -> None:
    whole, copy = await report(known), await report(known, "--public")
    assert (whole["edition"], copy["edition"], copy["public"]) == (1, 1, True)
    assert row(whole, "R6", "physical")["value"] == 1
    assert row(copy, "R6", "physical")["value"] is None
    old = await report(known, "--public", "--edition", "1")
    assert row(old, "R6", "physical")["value"] is None


async def test_two_at_the_same_moment_never_make_two_editions_of_one_number(known: Path) -> None:
    made = [json.loads(out) for out in await asyncio.gather(*(printed(known) for _ in range(4)))]
    assert {each["edition"] for each in made} == {1}
    assert len({json.dumps(numbers(each)) for each in made}) == 1
    await takes(known, FIRST.replace("center", "zarichchia") + SECOND)
    again = [json.loads(out) for out in await asyncio.gather(*(printed(known) for _ in range(4)))]
    assert {each["edition"] for each in again} == {2}


async def printed(place: Path) -> bytes:
    words = ("-m", "bot", "report", *QUARTER, "--format", "json")
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words, cwd=Path(__file__).parents[2], stdout=asyncio.subprocess.PIPE,
        env=environment(DATA_DIR=str(place / "data"), MASTER_KEY=people.KEY, CENTRE="demo"),
    )  # fmt: skip
    out, _ = await process.communicate()
    assert process.returncode == 0
    return out


# Files


@pytest.mark.parametrize("form", ["xlsx", "docx"])
async def test_a_file_is_one_that_opens_and_for_nobody_else(known: Path, form: str) -> None:
    file = known / f"report.{form}"
    file.write_bytes(b"older and longer" * 10_000)
    file.chmod(0o600)
    status, out, err = await run(known, "report", *QUARTER, "--format", form, "-o", str(file))
    assert (status, out, err) == (0, "", "")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert zipfile.ZipFile(file).testzip() is None


async def test_a_file_that_all_may_read_is_none_afterwards(known: Path) -> None:
    file = known / "report.txt"
    file.touch(mode=0o644)
    file.chmod(0o644)
    await run(known, "report", *QUARTER, "-o", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_text_in_both_languages(known: Path) -> None:
    _, uk, _ = await run(known, "report", *QUARTER)
    _, en, _ = await run(known, "report", *QUARTER, "--language", "en")
    assert "Надходження за видами" in uk
    assert "What came in, by kind" in en


# What is wrong is one plain line


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--from is missing"),
        (("--from", "2021-01-01"), "--to is missing"),
        (("--to", "2021-01-01"), "--from is missing"),
        (("--from", "01.01.2021", "--to", "2021-01-31"), "--from «01.01.2021» is no date; write it as 2026-03-31"),
        (("--from", "20210101", "--to", "2021-01-31"), "--from «20210101» is no date; write it as 2026-03-31"),
        (("--from", "2021-W01-1", "--to", "2021-01-31"), "--from «2021-W01-1» is no date; write it as 2026-03-31"),
        (("--from", "2021-02-29", "--to", "2021-03-31"), "--from «2021-02-29» is no date; write it as 2026-03-31"),
        (("--from", "0001-01-01", "--to", "2021-03-31"), "--from «0001-01-01»"),
        (("--from", "2021-01-01", "--to", "9999-12-31"), "--to «9999-12-31»"),
        (("--from", "2021-02-01", "--to", "2021-01-31"), "--to is before --from"),
        ((*QUARTER, "--tables", "R1,R23"), "--tables «R23» is unknown; allowed: R1, R2"),
        ((*QUARTER, "--tables", " , "), "--tables"),
        ((*QUARTER, "--format", "pdf"), "--format «pdf» is unknown; allowed: text, json, xlsx, docx, png"),
        ((*QUARTER, "--language", "de"), "--language «de» is unknown; allowed: "),
        ((*QUARTER, "-o", "nowhere/report.txt"), "nowhere/"),
    ],
)
async def test_what_is_wrong_is_said_in_one_line(known: Path, words: tuple[str, ...], said: str) -> None:
    status, out, err = await run(known, "report", *words)
    assert (status, out) == (2, "")
    assert err.startswith(said)
    assert err.count("\n") == 1


async def test_where_there_is_no_database_it_says_what_to_do(tmp_path: Path) -> None:
    status, out, err = await run(tmp_path, "report", *QUARTER)
    assert (status, out) == (2, "")
    assert "there is no database yet. Run: python -m bot init" in err
    assert not (tmp_path / "data").exists()


async def test_help_is_there(tmp_path: Path) -> None:
    status, out, _ = await run(tmp_path, "report", "--help")
    assert status == 0
    assert all(option in out for option in ("--from", "--to", "--tables", "--format", "--public", "--edition"))
