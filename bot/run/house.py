"""What every part that turns is given."""

from dataclasses import dataclass

from structlog.stdlib import BoundLogger

from bot.run.clock import Clock
from bot.run.counts import Counts
from bot.run.desk import Desk
from bot.run.telegram import Api
from storage.db import Writer


@dataclass(frozen=True, slots=True)
class House:
    desk: Desk
    writer: Writer
    bot: Api
    clock: Clock
    counts: Counts
    log: BoundLogger
