"""Access ends and the log is looked at from the command line, beside the bot that runs."""

import asyncio
import contextlib
import sqlite3
import sys
from pathlib import Path

import pytest

from bot.core import texts
from tests.process.acts import alerted, reports_danger, takes
from tests.process.town import Registry, Town

pytestmark = pytest.mark.asyncio(loop_scope="function")


async def command(town: Town, *words: str) -> tuple[int, str, str]:
    """Exit status and both outputs of a command on the town's own data."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, cwd=town.place, env=town.settings,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()


async def numbered(town: Town, name: str) -> str:
    """The number under which `staff list` has that person."""
    _, out, _ = await command(town, "staff", "list")
    return next(line.split("\t")[0] for line in out.splitlines() if line.split("\t")[1] == name)


@pytest.mark.safety("S28")
@pytest.mark.safety("S25")
async def test_a_revoked_colleague_has_nothing_in_the_same_second_and_the_log_tells_of_it(
    registry: Registry, tmp_path: Path
) -> None:
    async with Town.opened(tmp_path, registry) as town:
        ana = await town.resident("Анна")
        olena, petro = await town.joins("brigade", "Олена"), await town.joins("brigade", "Петро")
        number = await reports_danger(ana)
        card = await takes(olena, number)
        status, out, err = await command(town, "staff", "revoke", await numbered(town, "Олена"))
        assert (status, out, err) == (0, "done\n", "")
        olena.phone.presses(olena.speech(texts.MARK_CONTACTED), message=card)
        await alerted(petro, number)
        await town.rests()
        assert town.count("SELECT count(*) FROM cases WHERE contacted_at IS NOT NULL OR claimed_by IS NOT NULL") == 0
        await olena.phone.until(lambda: not any(number in each.text for each in olena.phone.heard), "has no card left")
        (verified, whole, _), (shown, lines, _) = await asyncio.gather(
            command(town, "audit", "verify"), command(town, "audit", "show", f"К-{number}")
        )
        assert (verified, shown, whole) == (0, 0, "the log is whole: 5 rows\n")
        assert [line.split("\t")[1:] for line in lines.splitlines()] == [
            ["Олена", "claimed"], ["Олена", "opened", "assigned"],
        ]  # fmt: skip
        with contextlib.closing(sqlite3.connect(town.data / "poruch.db")) as by_hand:
            by_hand.execute("UPDATE audit SET reason = 'supervision' WHERE action = 'opened'")
            by_hand.commit()
        status, out, err = await command(town, "audit", "verify")
        assert status == 1
        assert out == ""
        assert err.startswith("audit verify: the log is broken at row 4:")


@pytest.mark.safety("S28")
async def test_the_last_head_is_let_go_with_a_warning_and_nobody_unknown_is(registry: Registry, tmp_path: Path) -> None:
    async with Town.opened(tmp_path, registry) as town:
        await town.joins("head", "Марія")
        status, out, err = await command(town, "staff", "revoke", await numbered(town, "Марія"))
        assert (status, out) == (0, "done\n")
        assert err.strip() == "staff revoke: nobody is head now. Run: python -m bot invite head"
        (again, _, why), (unknown, _, no_case) = await asyncio.gather(
            command(town, "staff", "revoke", "1"), command(town, "audit", "show", "К-1234")
        )
        assert (again, unknown) == (2, 2)
        assert why.startswith("staff revoke: nobody with number 1 has access")
        assert no_case.strip() == "audit show: there is no case К-1234"
