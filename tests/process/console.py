"""The operator's console: commands in processes of their own, each a fork of one that has done its imports.

A command can be killed before its act of a given number: a statement, or a step of writing a file. Of many keys that
are wrapped anew one after another only the first two count.
"""

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass

from tests.process.town import Town

FORKS = """
import json, os, signal, sys, tempfile, traceback
from pathlib import Path
import bot.__main__, bot.run.commands.cli
from storage import db, disk

def killed_before(left):
    alike = 0
    def counted(true):
        def act(*given, **named):
            nonlocal left, alike
            alike = alike + 1 if given[1:] and str(given[1]).startswith("UPDATE keys") else 0
            left -= alike < 3
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return true(*given, **named)
        return act
    db.Transaction._execute = counted(db.Transaction._execute)
    disk.new, disk.settle, disk.sync = map(counted, (disk.new, disk.settle, disk.sync))
    Path.replace = counted(Path.replace)

def run(given, out, err):
    os.dup2(out.fileno(), 1), os.dup2(err.fileno(), 2)
    os.environ.update(given["settings"])
    sys.argv = ["bot", *given["words"]]
    if given["act"] is not None:
        killed_before(given["act"])
    status = 0
    try:
        bot.__main__.main()
    except SystemExit as end:
        status = int(end.code or 0)
    except BaseException:
        traceback.print_exc()
        status = 99
    sys.stdout.flush(), sys.stderr.flush()
    os._exit(status)

for line in sys.stdin:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if not child:
            run(json.loads(line), out, err)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        out.seek(0), err.seek(0)
        print(json.dumps([status, out.read().decode(), err.read().decode()]), flush=True)
"""


@dataclass(frozen=True, slots=True)
class Done:
    status: int
    out: str
    err: str


@dataclass(slots=True)
class Console:
    _process: asyncio.subprocess.Process

    async def __call__(self, *words: str, act: int | None = None, **settings: str) -> Done:
        """Exit status and both outputs; the town's settings hold, except for those given here."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        told = {"words": words, "act": act, "settings": {f"PORUCH_{name}": each for name, each in settings.items()}}
        self._process.stdin.write(json.dumps(told).encode() + b"\n")
        return Done(*json.loads(await self._process.stdout.readline()))


@contextlib.asynccontextmanager
async def console(town: Town) -> AsyncIterator[Console]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", FORKS, cwd=town.place, env=town.settings,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=2**20,
    )  # fmt: skip
    try:
        yield Console(process)
    finally:
        process.kill()
        await process.wait()
