"""`run`: the bot."""

import uvloop

from bot.run import app, logs, settings
from bot.run.commands import session


def run() -> None:
    """The bot, until it is told to stop."""
    with session.plainly():
        given = settings.read()
        settings.require_token(given)
        logs.configure(given.log_level, given.log_format)
        uvloop.run(app.build(given).run())
