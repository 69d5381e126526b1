"""What an operator sees: a webhook, health, metrics, plain words when something is wrong."""

import asyncio
import json
import stat
import sys
from pathlib import Path

import aiohttp
import pytest

from bot.core import texts
from tests.ports import free_port
from tests.process.running import Running, environment
from tests.process.town import MASTER_KEY, Registry, Town

pytestmark = pytest.mark.asyncio(loop_scope="function")


async def command(place: Path, *words: str, **settings: str) -> tuple[int, str, str]:
    """Exit status and both outputs of a command."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, cwd=place, env=environment(**settings),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()


async def test_a_webhook_takes_updates_only_with_its_secret(registry: Registry, tmp_path: Path) -> None:
    listen = f"127.0.0.1:{free_port()}"
    webhook = {"WEBHOOK_URL": f"http://{listen}/telegram", "WEBHOOK_SECRET": "a-secret-of-ours", "LISTEN": listen}
    async with Town.opened(tmp_path, registry, **webhook) as town:
        ana = town.arrives("Анна")
        ana.says("/help")
        await ana.hears(texts.HELP)
        async with aiohttp.ClientSession() as session:
            for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "another"}):
                async with session.post(webhook["WEBHOOK_URL"], json={"update_id": 1}, headers=headers) as answer:
                    assert answer.status == 403


async def test_health_and_metrics_tell_without_naming_anybody(registry: Registry, tmp_path: Path) -> None:
    async with Town.opened(tmp_path, registry) as town:
        ana = town.arrives("Анна")
        ana.says("/help")
        await ana.hears(texts.HELP)
        assert json.loads(await town.page("/healthz")) == {"ok": True, "faults": []}
        metrics = await town.page("/metrics")
        for name in (
            "updates_total",
            "handled_total",
            "inbox_waiting",
            "outbox_waiting",
            "cases_waiting",
            "sends_total",
        ):
            assert f"poruch_{name}" in metrics
        assert str(ana.id) not in metrics


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("SEND_RATE", "quick", "PORUCH_SEND_RATE: "),
        ("LISTEN", "everywhere", "PORUCH_LISTEN: write HOST:PORT"),
        ("PUBLIC_URL", "http://centre.example", "PORUCH_PUBLIC_URL: write https://HOST"),
        ("DATABASE_URL", "mysql://x", "PORUCH_DATABASE_URL: write sqlite:///PATH"),
        ("MASTER_KEY", "short", "PORUCH_MASTER_KEY: not a key."),
        ("CENTRE", "atlantis", "atlantis"),
        ("BOT_TOKEN", "", "PORUCH_BOT_TOKEN: not set. In Telegram write /newbot to @BotFather"),
        ("WEBHOOK_URL", "https://example.org", "PORUCH_WEBHOOK_SECRET: a webhook needs one"),
        ("CLOCK_FILE", "clock", "PORUCH_CLOCK_FILE: a moved clock is for a Bot API on this machine only"),
        ("LOG_LEVEL", "LOUD", "PORUCH_LOG_LEVEL: "),
    ],
)
async def test_a_wrong_setting_is_one_plain_line_and_status_2(
    tmp_path: Path, setting: str, value: str, said: str
) -> None:
    usual = {"BOT_TOKEN": "1:x", "DATA_DIR": str(tmp_path / "data"), "MASTER_KEY": MASTER_KEY}
    status, out, err = await command(tmp_path, "run", **(usual | {setting: value}))
    assert status == 2
    assert out == ""
    assert said in err
    assert len(err.strip().splitlines()) == 1


async def test_init_makes_a_key_that_nobody_else_can_read_and_never_inside_the_data(tmp_path: Path) -> None:
    status, _, err = await command(tmp_path, "init", DATA_DIR="data")
    key = tmp_path / "data.key"
    assert status == 0
    assert "without it nothing can be read" in err
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.read_bytes()
    await command(tmp_path, "init", DATA_DIR="data")
    assert key.read_bytes() == before


async def test_a_key_that_others_can_read_is_refused_with_the_cure(tmp_path: Path) -> None:
    await command(tmp_path, "init", DATA_DIR="data")
    (tmp_path / "data.key").chmod(0o644)
    status, _, err = await command(tmp_path, "run", DATA_DIR="data", BOT_TOKEN="1:x")  # noqa: S106 - opens nothing
    assert status == 2
    assert err.strip() == (
        "PORUCH_MASTER_KEY_FILE: other users can read the key file (mode 0644). Run: chmod 600 data.key"
    )


async def test_the_wrong_key_is_said_in_one_line(tmp_path: Path) -> None:
    await command(tmp_path, "init", DATA_DIR="data")
    status, _, err = await command(tmp_path, "staff", "list", DATA_DIR="data", MASTER_KEY=MASTER_KEY)
    assert status == 2
    assert err.strip().startswith("PORUCH_MASTER_KEY: this is not the key of this database.")


async def test_doctor_says_a_line_a_check_and_1_when_one_is_bad(tmp_path: Path) -> None:
    await command(tmp_path, "init", DATA_DIR="data")
    status, out, _ = await command(tmp_path, "doctor", DATA_DIR="data")
    assert status == 1
    assert "BAD   token: PORUCH_BOT_TOKEN: not set." in out
    assert len([line for line in out.splitlines() if line.startswith("good")]) == 11


async def test_an_invitation_for_nobody_known_says_what_is_allowed(tmp_path: Path) -> None:
    status, _, err = await command(tmp_path, "invite", "king", DATA_DIR="data", MASTER_KEY=MASTER_KEY)
    assert status == 2
    assert "invite: king is no role; allowed: " in err


async def test_a_partner_needs_its_body_and_a_group_its_team(tmp_path: Path) -> None:
    async def invite(*words: str) -> tuple[int, str, str]:
        return await command(tmp_path, "invite", *words, "--plain", DATA_DIR="data", MASTER_KEY=MASTER_KEY)

    for words, said in (
        (("partner",), "invite partner: say which --source; allowed: citizen, education_school, "),
        (("partner", "--source", "bakery"), "invite: bakery is no source; allowed: "),
        (("head", "--source", "police"), "invite head: a source goes with partner only"),
        (("group",), "invite group: say which --team; allowed: "),
        (("group", "--team", "brigade", "--district", "moon"), "invite: moon is no district; allowed: "),
    ):
        status, _, err = await invite(*words)
        assert (status, err.startswith(said)) == (2, True), err
    for words in (("partner", "--source", "police"), ("group", "--team", "brigade", "--district", "center")):
        status, out, _ = await invite(*words)
        assert (status, len(out.split())) == (0, 1)


async def test_the_database_is_for_its_owner_alone(tmp_path: Path) -> None:
    await command(tmp_path, "init", DATA_DIR="data")
    assert stat.S_IMODE((tmp_path / "data" / "poruch.db").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


async def test_a_token_that_telegram_does_not_know_is_said_in_one_line(registry: Registry, tmp_path: Path) -> None:
    async with Town.opened(tmp_path, registry) as town:
        strange = {
            "BOT_TOKEN": "123456:another",
            "BOT_API_URL": town.api.base_url,
            "LISTEN": f"127.0.0.1:{free_port()}",
        }
        status, _, err = await command(tmp_path, "run", DATA_DIR="other", MASTER_KEY=MASTER_KEY, **strange)
    assert status == 2
    assert err.strip() == "PORUCH_BOT_TOKEN: Telegram does not know this token. Ask @BotFather"


async def test_without_telegram_it_waits_says_so_and_stops_when_asked(tmp_path: Path) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}/bot"
    settings = environment(
        BOT_TOKEN="1:x",  # noqa: S106 - opens nothing
        BOT_API_URL=nowhere, DATA_DIR="data", MASTER_KEY=MASTER_KEY, LOG_FORMAT="json",
        LISTEN=f"127.0.0.1:{free_port()}",
    )  # fmt: skip
    running = Running(settings, tmp_path, [])
    await running.spawn(("-m", "bot", "run"))
    await running.says('"telegram_unreachable"')
    assert await running.stop() == 0


async def test_a_first_invitation_needs_no_init_and_a_lost_key_is_not_replaced(tmp_path: Path) -> None:
    status, out, _ = await command(tmp_path, "invite", "head", "--plain", DATA_DIR="data")
    assert status == 0
    assert len(out.split()) == 1
    (tmp_path / "data.key").unlink()
    status, _, err = await command(tmp_path, "invite", "head", DATA_DIR="data")
    assert status == 2
    assert err.startswith("PORUCH_MASTER_KEY_FILE: there is no data.key.")
