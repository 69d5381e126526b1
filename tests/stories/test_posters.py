"""A session's square code: a sheet to print, and what happens to whoever scans it."""

import json
from typing import Any

import pytest

from bot.run import easel
from tests.people import Person, Town
from tests.stories.test_trainings import invites

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    asked: list[dict[str, Any]] = []

    async def noted(given: dict[str, Any]) -> tuple[bytes, str]:
        asked.append(json.loads(json.dumps(given)))
        return PNG, ""

    monkeypatch.setattr(easel, "_asked", noted)
    return asked


async def prints(head: Person, which: str, drawn: list[dict[str, Any]]) -> str:
    """What stands after /start in the link of the sheet."""
    if which not in head.labels:
        await head.presses("QR code")
    await head.presses(which)
    link: str = drawn[-1]["link"]
    assert link.startswith("https://t.me/town_bot?start=")
    return link.partition("start=")[2]


async def test_the_trainer_prints_a_sheet(head: Person) -> None:
    await invites(head)
    await head.presses("QR code")
    assert "hang it up only there" in head.last
    await head.presses("For the invitation")
    assert head.file.file.startswith(PNG)
    assert (head.file.file_name, head.file.text) == (
        "invitation.png", "The sheet for the invitation: “Attachment and loss”, Sat 5 December, 10:00."
    )  # fmt: skip


async def test_without_the_library_the_code_goes_alone(head: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(_: dict[str, Any]) -> tuple[None, str]:
        return None, "ModuleNotFoundError"

    monkeypatch.setattr(easel, "_asked", nothing)
    await invites(head)
    await head.presses("QR code")
    await head.presses("For the door")
    assert head.file.file.startswith(PNG)
    assert head.file.file_name == "door.png"


async def test_a_carer_of_the_audience_lands_on_the_session(
    head: Person, town: Town, drawn: list[dict[str, Any]]
) -> None:
    """Also one who has joined since the others were invited."""
    await invites(head)
    start = await prints(head, "For the invitation", drawn)
    assert {name: drawn[-1][name] for name in ("title", "at", "place", "line")} == {
        "title": "Attachment and loss", "at": "Sat 5 December, 10:00", "place": "Library hall",
        "line": "Scan, and answer whether you will come.",
    }  # fmt: skip
    halyna = await town.carer("Halyna", "foster_parents", language="en")
    await halyna.says(f"/start {start}")
    assert halyna.last.startswith("Training “Attachment and loss”, Sat 5 December, 10:00")
    await halyna.presses("I will come")
    assert halyna.last.startswith("You will come")


async def test_others_are_told_whom_to_ask_and_become_nothing(
    head: Person, ana: Person, town: Town, drawn: list[dict[str, Any]]
) -> None:
    await invites(head)
    start = await prints(head, "For the invitation", drawn)
    guardian = await town.carer("Ivan", "guardians", language="en")
    for person in (ana, guardian):
        await person.says(f"/start {start}")
        assert person.last.startswith("This training is for carers whom the centre has invited.")
        assert list(person.heard[-1].buttons) == ["Guide and phones"]
    assert await town.count("carers", "audience = 'foster_parents'") == 0
    assert await town.count("seats") == 0


async def test_an_invitation_outlives_a_move_and_ends_with_the_session(
    head: Person, town: Town, drawn: list[dict[str, Any]]
) -> None:
    await invites(head)
    halyna = await town.carer("Halyna", "foster_parents", language="en")
    start = await prints(head, "For the invitation", drawn)
    door = await prints(head, "For the door", drawn)
    await head.presses("‹ Back")
    await head.presses("Move")
    for words in ("12.12", "11:00"):
        await head.says(words)
    await head.presses("Send")
    await halyna.says(f"/start {start}")
    assert "Sat 12 December, 11:00" in halyna.last
    await town.passes(days=19, minutes=30)
    await halyna.says(f"/start {door}")
    assert halyna.sees("This invitation is used u")
    await town.passes(hours=5)
    before = len(halyna.chat.sent)
    await halyna.says(f"/start {start}")
    assert not any("Attachment" in message.text for message in halyna.chat.sent[before:])


async def test_the_code_at_the_door_opens_from_an_hour_before(
    head: Person, town: Town, drawn: list[dict[str, Any]]
) -> None:
    halyna = await town.carer("Halyna", "foster_parents", language="en")
    await invites(head)
    door = await prints(head, "For the door", drawn)
    await town.passes(days=11, hours=21, minutes=30)
    await halyna.says(f"/start {door}")
    assert "Attachment" not in halyna.last
    await town.passes(minutes=45)
    await halyna.says(f"/start {door}")
    assert "Attachment and loss" in halyna.last


async def test_a_made_up_code_leads_nowhere(head: Person, town: Town) -> None:
    await invites(head)
    halyna = await town.carer("Halyna", "foster_parents", language="en")
    for start in (f"go-1-{'a' * 22}", f"at-1-{'a' * 22}", f"go-999-{'a' * 22}"):
        await halyna.says(f"/start {start}")
        assert "Attachment" not in halyna.last
