"""The whole play without a browser: page, bot, clock, plug."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.sandbox.process import State
from bot.sandbox.serve import Sandbox, playing
from tests.sandbox import playhouse

HOUR = 3600
PAGE = playhouse.ROOT / "bot" / "sandbox" / "page"


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[Sandbox]:
    async with playing(playhouse.play(tmp_path)) as sandbox:
        await sandbox.world.phone("resident").hears("Довідник")
        yield sandbox


@pytest.fixture
async def browser(sandbox: Sandbox) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(sandbox.api.address) as session:
        yield session


async def posted(browser: aiohttp.ClientSession, path: str, body: Any = None) -> tuple[int, str]:
    async with browser.post(f"/sandbox/{path}", json=body) as answer:
        return answer.status, await answer.text()


async def test_people_say_their_lines_and_the_bot_answers(sandbox: Sandbox) -> None:
    specialist = sandbox.world.phone("specialist")
    await specialist.hears("Довідник")
    assert specialist.said[0].text == "/start SP7K2"
    assert [c["command"] for c in specialist.commands] == ["start", "help"]


async def test_after_the_plug_was_pulled_nothing_said_is_lost(sandbox: Sandbox) -> None:
    resident = sandbox.world.phone("resident")
    await sandbox.bot.pull_the_plug()
    resident.says("хто тут?")
    assert sandbox.bot.state is State.CUT
    await sandbox.bot.start()
    await resident.hears("Ви написали: хто тут?", within=10)


async def test_leaving_clears_the_chat_and_not_the_lock_screen(sandbox: Sandbox) -> None:
    resident = sandbox.world.phone("resident")
    resident.presses("Прибрати все")
    await resident.forgets("Довідник")
    assert resident.messages == []
    assert resident.toasts == ["Прибираємо"]
    assert resident.push is not None
    assert resident.push.text.startswith("Довідник")


async def test_the_page_acts_for_people(browser: aiohttp.ClientSession, sandbox: Sandbox) -> None:
    resident = sandbox.world.phone("resident")
    shown = resident.heard[0]
    press = {"message": shown.id, "data": "number"}
    assert (await posted(browser, "people/resident/press", press))[0] == 200
    await resident.hears("Який у вас номер?")
    assert (await posted(browser, "people/resident/key", {"label": "Поділитися номером"}))[0] == 200
    await resident.hears("Дякуємо.")
    assert resident.keyboard_labels == []
    for act in ("voice", "photo", "contact", "block", "unblock"):
        assert (await posted(browser, f"people/resident/{act}"))[0] == 200
    assert (await posted(browser, "people/resident/key", {"label": "Немає"}))[0] == 409
    assert (await posted(browser, "people/resident/press", {"message": 1, "data": "x"}))[0] == 409
    assert (await posted(browser, "people/resident/say", {"text": " "}))[0] == 400
    assert (await posted(browser, "people/resident/say", {}))[0] == 400
    assert (await posted(browser, "people/resident/dance"))[0] == 404
    assert (await posted(browser, "people/nobody/say", {"text": "a"}))[0] == 404


async def test_the_page_shows_files(browser: aiohttp.ClientSession, sandbox: Sandbox) -> None:
    resident = sandbox.world.phone("resident")
    photo = resident.sends_photo().content["photo"][0]["file_id"]
    document = resident.sends_document("a.html", b"<script>", "text/html").content["document"]["file_id"]
    async with browser.get(f"/sandbox/people/resident/files/{photo}") as answer:
        assert answer.content_type == "image/png"
        assert "Content-Disposition" not in answer.headers
    async with browser.get(f"/sandbox/people/resident/files/{document}") as answer:
        assert answer.headers["Content-Disposition"] == "attachment"
    async with browser.get("/sandbox/people/resident/files/none") as answer:
        assert answer.status == 404


async def test_the_clock_jumps_to_what_the_bot_calls_next(browser: aiohttp.ClientSession, sandbox: Sandbox) -> None:
    _, told = await posted(browser, "clock", {"to": "next"})
    said = json.loads(told)
    assert said["jumped"] is True
    assert 2.9 * HOUR < said["seconds"] < 3.1 * HOUR
    status, told = await posted(browser, "clock", {"to": "next"})
    assert (status, json.loads(told)["why"]) == (200, "none")
    before = sandbox.world.clock.offset
    await posted(browser, "clock", {"forward": HOUR})
    assert sandbox.world.clock.offset == before + HOUR
    for wrong in ({"forward": -1}, {"forward": "soon"}, {}):
        assert (await posted(browser, "clock", wrong))[0] in {200, 400}
    assert sandbox.world.clock.offset == before + HOUR


async def test_the_page_pulls_the_plug(browser: aiohttp.ClientSession, sandbox: Sandbox) -> None:
    assert (await posted(browser, "bot/cut"))[0] == 200
    assert sandbox.bot.state is State.CUT
    assert (await posted(browser, "bot/start"))[0] == 200
    assert sandbox.bot.pid is not None


async def test_events_begin_with_everything_and_go_on(browser: aiohttp.ClientSession, sandbox: Sandbox) -> None:
    async with browser.get("/sandbox/events") as stream:
        name, told = await event(stream.content)
        assert name == "everything"
        assert [person["key"] for person in told["people"]][:2] == ["resident", "brigade_1"]
        assert told["messages"]["resident"][-1]["buttons"][0][0]["text"] == "Потрібна допомога"
        assert (await event(stream.content))[0] == "operator"
        sandbox.world.phone("head").says("/start")
        told = await change(stream.content, of="head")
        assert (told["what"], told["person"], told["message"]["text"]) == ("came", "head", "/start")


async def event(stream: aiohttp.StreamReader) -> tuple[str, Any]:
    lines = (await asyncio.wait_for(stream.readuntil(b"\n\n"), 5)).decode().splitlines()
    return lines[0].removeprefix("event: "), json.loads(lines[1].removeprefix("data: "))


async def change(stream: aiohttp.StreamReader, *, of: str) -> Any:
    """The next change on that person's phone; greetings of others may still be on their way."""
    while True:
        name, told = await event(stream)
        if name == "change" and told["person"] == of:
            return told


async def test_no_other_site_reaches_in(browser: aiohttp.ClientSession) -> None:
    for headers in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}, {"Origin": "null"}):
        async with browser.post("/sandbox/bot/cut", headers=headers) as answer:
            assert answer.status == 403


async def test_the_page_is_complete_and_loads_nothing_from_elsewhere(browser: aiohttp.ClientSession) -> None:
    for name in ("", "style.css", "app.js", "words.json", "story.json"):
        async with browser.get(f"/{name}") as answer:
            text = (await answer.text()).replace("http://www.w3.org/2000/svg", "")
            assert answer.status == 200
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert "http://" not in text
            assert "https://" not in text


def test_the_page_says_everything_in_both_languages() -> None:
    words = json.loads((PAGE / "words.json").read_text(encoding="utf-8"))
    assert words["uk"].keys() == words["en"].keys()
    drawn = "".join((PAGE / name).read_text(encoding="utf-8") for name in ("app.js", "index.html"))
    assert [name for name in words["uk"] if f'"{name}"' not in drawn] == []
    story = json.loads((PAGE / "story.json").read_text(encoding="utf-8"))
    assert all(step["uk"] and step["en"] for step in story)


async def test_the_callers_story_takes_the_place_of_ours(tmp_path: Path) -> None:
    step = {"person": "head", "uk": "{name}: раз", "en": "{name}: one"}
    play = replace(playhouse.play(tmp_path), story=(step,))
    async with (
        playing(play) as sandbox,
        aiohttp.ClientSession(sandbox.api.address) as session,
        session.get("/story.json") as answer,
    ):
        assert await answer.json() == [step]


async def test_it_ends_when_told_and_takes_the_bot_along(tmp_path: Path) -> None:
    code = (
        "import asyncio, pathlib; from bot.sandbox.serve import serve; from tests.sandbox import playhouse; "
        f"asyncio.run(serve(playhouse.play(pathlib.Path({str(tmp_path)!r}))))"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, cwd=playhouse.ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), 10)
    assert line.startswith(b"http://127.0.0.1:")
    process.send_signal(signal.SIGTERM)
    rest, _ = await asyncio.wait_for(process.communicate(), 10)
    assert (process.returncode, rest) == (0, b"")
    assert children_of_parrots(tmp_path) == []


def children_of_parrots(folder: Path) -> list[int]:
    """Processes whose environment names our clock file."""
    processes = [entry for entry in Path("/proc").glob("[0-9]*") if int(entry.name) != os.getpid()]
    return [int(entry.name) for entry in processes if _names(entry / "environ", folder)]


def _names(environ: Path, folder: Path) -> bool:
    try:
        return f"PORUCH_CLOCK_FILE={folder}".encode() in environ.read_bytes()
    except OSError:
        return False
