"""A picture goes out as a photo that a Bot API takes, drawn by the process that draws."""

from datetime import date
from typing import Any

import structlog

from bot.run import telegram
from bot.run.easel import Easel
from bot.sandbox.api import LocalApi
from bot.sandbox.play import Person
from bot.sandbox.world import World

MARIA = Person("maria", 1001, "Марія", "Керівниця", "Head")


async def test_a_drawn_month_is_a_photo_in_the_chat() -> None:
    world = World([MARIA])
    world.phone("maria").says("/start")
    body = {"name": "month.png", "text": "Листопад 2026", "photo": True, "month": month()}
    async with LocalApi(world) as api:
        bot = telegram.client(world.token, api.base_url, api.base_file_url, poll_seconds=1)
        async with bot:
            method, parameters = telegram.new_file(1001, body)
            content = await Easel(structlog.get_logger()).drawn(body, bot.username)
            assert content is not None
            sent = await telegram.attempt(bot, method, telegram.with_file(parameters, "month.png", content))
    assert isinstance(sent, telegram.Arrived), sent
    shown = world.phone("maria").messages[-1].content
    assert shown["photo"]
    assert shown["caption"] == "Листопад 2026"


def month() -> dict[str, Any]:
    first = date(2026, 11, 1)
    days = [first.replace(day=number) for number in range(1, 31)]
    words = {"title": "Листопад 2026", "visits": "Візити", "trainings": "Навчання", "plan": "План", "nothing": "Нічого"}
    return {
        **words, "weekdays": ["Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Нд"], "teams": [["brigade", "Бригада"]],
        "today": "2026-11-23",
        "days": [{"day": day.isoformat(), "works": True, "visits": {"brigade": day.day},
                  "trainings": [["10:00", "$x$"]], "plan": ["План"]} for day in days],
    }  # fmt: skip
