"""A play with the parrot in the bot's place."""

import os
import sys
from pathlib import Path

from bot.sandbox.play import TOKEN, Person, Play
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
PEOPLE = (
    Person("resident", 1001, "Анна", "Мешканка", "Resident", says=("/start",)),
    Person("brigade_1", 1002, "Олена", "Мобільна бригада", "Mobile brigade", lane="duty"),
    Person("brigade_2", 1003, "Тарас", "Мобільна бригада", "Mobile brigade"),
    Person("specialist", 1004, "Марія", "Фахівчиня", "Specialist", says=("/start SP7K2",)),
    Person("head", 1005, "Ірина", "Керівниця центру", "Head of the centre", lane="head"),
    Person("carer", 1006, "Петро", "Прийомний батько", "Foster father", language="en"),
)

PLAYS = (
    {
        "uk": "Проба",
        "en": "A try",
        "steps": [
            {"person": "resident", "presses": ["Nobody has this", "Цього немає"], "optional": True},
            {"person": "resident", "says": "/start", "anew": True},
            {"person": "resident", "presses": ["Safety at home", "Безпека вдома"], "uk": "Тисне.", "en": "Presses."},
            {"forward": 600},
            {"person": "resident", "presses": ["Nobody has this"]},
        ],
    },
)


def play(folder: Path, *, script: str = "tests.sandbox.parrot") -> Play:
    page, listen = free_port(), f"127.0.0.1:{free_port()}"
    clock_file = folder / "clock"
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "PORUCH_BOT_API_URL": f"http://127.0.0.1:{page}/bot",
        "PORUCH_BOT_TOKEN": TOKEN,
        "PORUCH_CLOCK_FILE": str(clock_file),
        "PORUCH_LISTEN": listen,
    }
    command = (sys.executable, "-m", script)
    return Play(PEOPLE, TOKEN, command, environment, clock_file, page, f"http://{listen}/metrics", plays=PLAYS)
