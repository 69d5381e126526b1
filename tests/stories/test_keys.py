"""A new master key while the bot runs."""

import base64
from pathlib import Path

import pytest

from bot.run import keyring
from bot.run.commands import keys
from bot.run.settings import Settings
from storage import erasing
from tests.people import KEY, Person, Town
from tests.stories.test_urgent import reports


def operator(town: Town, key: Path) -> Settings:
    """The operator's settings: the same data, the key in a file."""
    keyring.write(key, [base64.b64decode(KEY)])
    return town.settings.model_copy(update={"master_key": "", "master_key_file": key})


async def test_a_bot_that_could_not_learn_the_new_key_is_left_alone_and_it_is_said(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = operator(town, tmp_path / "master.key")
    with pytest.raises(SystemExit):
        await keys._rotate(given)
    assert "the running bot has its key from PORUCH_MASTER_KEY" in capsys.readouterr().err
    assert len((tmp_path / "master.key").read_text().splitlines()) == 1


@pytest.mark.safety("S23")
async def test_the_running_bot_goes_on_with_the_new_key_before_and_after_it_notices(
    town: Town, ana: Person, olena: Person, tmp_path: Path
) -> None:
    town.settings = operator(town, tmp_path / "master.key")
    await town.restarts()
    await reports(ana)
    await keys._rotate(town.settings)
    (new,) = keyring.vault(town.settings).masters
    await olena.presses("Take")
    assert olena.sees("Now: The danger is now")
    assert town.app.writer.vault.masters[0] == new
    await town.app.ticker.tick()
    assert await town.count("marks", f"name = '{erasing.UNFINISHED}'") == 0
    await town.restarts()
    await olena.presses("Open the card")
    assert "Now: The danger is now" in olena.last
