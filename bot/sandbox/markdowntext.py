"""Telegram's MarkdownV2: every mark closed, every other mark behind a backslash, or a refusal."""

import re

from bot.sandbox.entities import Formatted, units
from bot.sandbox.refusals import unparsable
from bot.sandbox.schema import Json

MARKS = {"*": "bold", "_": "italic", "__": "underline", "~": "strikethrough", "||": "spoiler"}
NAMES = {"*": "Bold", "_": "Italic", "__": "Underline", "~": "Strikethrough", "||": "Spoiler", "[": "TextUrl"}
RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
LINK = re.compile(r"\]\(((?:[^)\\]|\\.)*)\)", re.DOTALL)
FENCE = re.compile(r"```(?:([\w+#-]+)\n)?((?:[^`\\]|\\.|`(?!``))*)```", re.DOTALL)
CODE = re.compile(r"`((?:[^`\\]|\\.)*)`", re.DOTALL)
ESCAPE = re.compile(r"\\([\x01-\x7e])")


def read(source: str) -> Formatted:
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.text: list[str] = []
        self.length = 0
        self.opened: list[tuple[str, int, int]] = []
        self.entities: list[Json] = []
        self.quote: int | None = None

    def read(self) -> Formatted:
        while self.at < len(self.source):
            self._step()
        self._end_quote()
        if self.opened:
            mark, _, at = self.opened[-1]
            raise unparsable(f"Can't find end of {NAMES[mark]} entity at byte offset {self._bytes(at)}")
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return Formatted("".join(self.text), self.entities)

    def _step(self) -> None:
        here = self.source[self.at]
        if here == "\\" and ESCAPE.match(self.source, self.at):
            self._say(self.source[self.at + 1], skip=2)
        elif here == ">" and self._line_begins():
            self._begin_quote()
        elif here == "`":
            self._code()
        elif here in "[]":
            self._link(here)
        elif here in "*_~|":
            self._mark()
        else:
            self._plain(here)

    def _plain(self, here: str) -> None:
        if here in RESERVED:
            raise unparsable(f"Character '{here}' is reserved and must be escaped with the preceding '\\'")
        if here == "\n" and self.source[self.at + 1 : self.at + 2] != ">":
            self._end_quote()
        self._say(here, skip=1)

    def _say(self, words: str, *, skip: int) -> None:
        self.text.append(words)
        self.length += units(words)
        self.at += skip

    def _mark(self) -> None:
        double = self.source[self.at : self.at + 2]
        mark = double if double in MARKS else self.source[self.at]
        if mark not in MARKS:
            self._plain(mark)
        elif self.opened and self.opened[-1][0] == mark:
            self._close({"type": MARKS[mark]}, skip=len(mark))
        else:
            self._open(mark)

    def _open(self, mark: str) -> None:
        self.opened.append((mark, self.length, self.at))
        self.at += len(mark)

    def _close(self, entity: Json, *, skip: int) -> None:
        _, start, _ = self.opened.pop()
        self._add(entity, start)
        self.at += skip

    def _add(self, entity: Json, start: int) -> None:
        if self.length > start:
            self.entities.append({**entity, "offset": start, "length": self.length - start})

    def _link(self, here: str) -> None:
        target = LINK.match(self.source, self.at)
        if here == "[":
            self._open("[")
        elif target and self.opened and self.opened[-1][0] == "[":
            self._close({"type": "text_link", "url": _bare(target[1])}, skip=len(target[0]))
        else:
            self._plain(here)

    def _code(self) -> None:
        fence = FENCE.match(self.source, self.at)
        code = CODE.match(self.source, self.at)
        start = self.length
        if fence:
            self._say(_bare(fence[2]), skip=len(fence[0]))
            self._add({"type": "pre", **({"language": fence[1]} if fence[1] else {})}, start)
        elif code:
            self._say(_bare(code[1]), skip=len(code[0]))
            self._add({"type": "code"}, start)
        else:
            raise unparsable(f"Can't find end of Code entity at byte offset {self._bytes(self.at)}")

    def _line_begins(self) -> bool:
        return self.at == 0 or self.source[self.at - 1] == "\n"

    def _begin_quote(self) -> None:
        self.quote = self.length if self.quote is None else self.quote
        self.at += 1

    def _end_quote(self) -> None:
        if self.quote is not None:
            self._add({"type": "blockquote"}, self.quote)
        self.quote = None

    def _bytes(self, at: int) -> int:
        return len(self.source[:at].encode())


def _bare(words: str) -> str:
    return ESCAPE.sub(r"\1", words)
