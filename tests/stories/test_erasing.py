"""What is left of a case that was erased: its counts, and nothing that leads to a word of it."""

import base64

import pytest

from bot.run import upkeep
from bot.run.commands import session
from storage import cases, erasing, seal
from storage.db import Transaction
from tests.people import KEY, Person, Town
from tests.storage import thief
from tests.stories.test_urgent import reports

MASTER = base64.b64decode(KEY)
ADDRESS, STORY, NOTE, UNREAD = "Terensvitna 12", "Ozhynomyra", "Zhuravlynnyk", "Liubystok"
PLANTED = (ADDRESS, STORY, NOTE, UNREAD)
FIGURES = (
    "SELECT form, intake, source, district, category, urgency, reported_at, count(*) FROM cases GROUP BY 1,2,3,4,5,6,7"
)


@pytest.fixture
def everything_sealed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[bytes, str]]:
    """Every key under which something was ever sealed, and what."""
    written: list[tuple[bytes, str]] = []
    true = seal.seal

    def noted(key: bytes, content: object, *, of: str) -> bytes:
        written.append((key, str(content)))
        return true(key, content, of=of)

    monkeypatch.setattr(seal, "seal", noted)
    return written


@pytest.fixture
async def told(ana: Person, olena: Person, town: Town) -> str:
    """Ana has told everything there is to tell, Olena has it and is about to write why it ends. The case's number."""
    await reports(ana)
    await olena.presses("Take")
    await ana.says(ADDRESS)
    for _ in range(6):
        await ana.presses("Skip")
    await ana.says(STORY)
    await olena.presses("Open the card")
    await olena.presses("Close the case")
    await olena.presses("Overcome")
    await olena.presses("Declined help")
    await olena.says(NOTE)
    broken = {"message_id": "?", "text": UNREAD, "chat": {"id": ana.id}, "from": {"id": ana.id}}
    await town.hears({"message": broken})
    return str((await town.app.reader.look(lambda tx: tx.one("SELECT number FROM cases")))["number"])  # type: ignore[index]


async def erased(town: Town, number: str) -> None:
    def erase(tx: Transaction) -> bool:
        case = cases.by_number(tx, number)
        assert case is not None
        return erasing.erase(tx, case, now=town.clock.at)

    assert await town.app.writer.transact(erase)
    await town.app.ticker.tick()
    await town.settles()


@pytest.mark.safety("S23")
async def test_after_erasing_no_key_opens_a_word_of_it(
    everything_sealed: list[tuple[bytes, str]], told: str, town: Town
) -> None:
    folder = town.settings.data_dir
    readable = thief.opened(folder, [MASTER])
    assert [word for word in PLANTED if word not in readable] == []
    assert await town.count("drafts", "form = 'close'") == 1
    await erased(town, told)
    await town.app.ticker.tick()
    assert thief.in_plain(folder, PLANTED) == []
    readable = thief.opened(folder, [MASTER], everywhere=True)
    assert [word for word in PLANTED if word in readable] == []

    told_under = {key for key, words in everything_sealed if any(plant in words for plant in PLANTED)}
    assert len(told_under) > 2
    assert told_under.intersection(thief.data_keys(folder, [MASTER])) == set()


@pytest.mark.safety("S23")
async def test_the_counts_stand_and_an_open_case_ends_as_declined(told: str, town: Town) -> None:
    before = await town.app.reader.look(lambda tx: [tuple(row) for row in tx.all(FIGURES)])
    await erased(town, told)
    assert await town.app.reader.look(lambda tx: [tuple(row) for row in tx.all(FIGURES)]) == before
    ended = "state = 'closed' AND closing = 'declined' AND outcome IS NULL AND closed_at IS NOT NULL"
    assert await town.count("cases", f"{ended} AND content = x'' AND code_hash IS NULL AND erased_at IS NOT NULL") == 1
    for table in ("links", "letters", "glass", "exclusions", "drafts"):
        assert await town.count(table) == 0
    assert await town.count("history", "note IS NOT NULL") == 0
    assert (
        await town.count("due", "done_at IS NULL AND kind IN ('ladder', 'answer_late', 'lease_over', 'lease_soon')")
        == 0
    )


@pytest.mark.safety("S23", "S27")
async def test_its_messages_go_out_of_every_chat_and_nobody_finds_it_open(
    told: str, ana: Person, olena: Person, town: Town
) -> None:
    assert olena.sees(STORY)
    await erased(town, told)
    assert not olena.sees(STORY)
    assert not olena.sees(f"{told} · ")
    assert not ana.sees(told)
    assert await town.count("messages", "key LIKE 'card:%' OR key LIKE 'receipt:%'") == 0


async def test_the_card_of_an_erased_case_says_so(told: str, head: Person, town: Town) -> None:
    await erased(town, told)
    await head.says(f"/case {told}")
    await head.presses("Supervision")
    assert head.sees("Its content is erased.")
    assert "closed" in head.last


async def test_erasing_once_more_changes_nothing(told: str, town: Town) -> None:
    await erased(town, told)

    def again(tx: Transaction) -> bool:
        case = cases.by_number(tx, told)
        assert case is not None
        return erasing.erase(tx, case, now=town.clock.at)

    assert not await town.app.writer.transact(again)


@pytest.mark.safety("S23")
async def test_what_waits_of_others_is_kept_and_still_readable(told: str, iryna: Person, town: Town) -> None:
    waiting = [{"update_id": 77_000, **iryna.saying("/help")}]
    await town.keeps(waiting)
    await erased(town, told)
    assert any("Press an entry of the menu" in message.text for message in iryna.chat.sent)


@pytest.mark.safety("S23")
async def test_the_erasure_is_in_the_list_and_the_log_is_empty(told: str, town: Town) -> None:
    await erased(town, told)
    await town.app.ticker.tick()
    file = town.settings.erased_file
    assert len(erasing.listed(file)) == 1
    assert told not in file.read_text()
    assert await town.count("marks", "name = 'wal_to_truncate'") == 0
    await town.restarts()
    await town.app.ticker.tick()
    assert len(file.read_text().splitlines()) == 1


@pytest.mark.safety("S23")
async def test_a_list_that_lost_a_line_is_made_whole_at_the_next_start(told: str, town: Town) -> None:
    await erased(town, told)
    file = town.settings.erased_file
    marks = erasing.listed(file)
    file.write_text("torn")
    await town.restarts()
    await town.app.ticker.tick()
    assert erasing.listed(file) == marks


@pytest.mark.safety("S23")
async def test_while_somebody_reads_the_erasure_waits_to_be_finished(told: str, town: Town) -> None:
    def read_and_erase(tx: Transaction) -> int:
        return len(tx.all("SELECT id FROM cases"))

    async with session.opened(town.settings) as other:
        connection = other._conn
        connection.execute("BEGIN")
        connection.execute("SELECT * FROM cases").fetchall()
        await erased(town, told)
        assert await town.count("marks", "name = 'wal_to_truncate'") == 1
        connection.execute("ROLLBACK")
    assert await town.app.reader.look(read_and_erase) == 1
    assert await upkeep.finish_erasures(town.app.writer, town.settings)
    assert await town.count("marks", "name = 'wal_to_truncate'") == 0
