"""Telegram's HTML: the few tags it knows, properly closed, or a refusal that says where it breaks."""

import html
import re
from dataclasses import dataclass

from bot.sandbox.entities import Formatted, units
from bot.sandbox.refusals import unparsable
from bot.sandbox.schema import Json

PIECE = re.compile(r"<[^>]*>?|&(?:lt|gt|amp|quot|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});|[^<&]+|&")
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s+[^<>]*)?)\s*>")
ATTRIBUTE = re.compile(r"""([A-Za-z-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")

PLAIN = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "code": "code", "pre": "pre",
}  # fmt: skip
WITH_ATTRIBUTES = frozenset({"a", "span", "blockquote", "tg-emoji", "tg-time"})


@dataclass(slots=True)
class Opened:
    tag: str
    entity: Json | None
    start: int


def read(source: str) -> Formatted:
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.text: list[str] = []
        self.length = 0
        self.opened: list[Opened] = []
        self.entities: list[Json] = []

    def read(self) -> Formatted:
        for piece in PIECE.finditer(self.source):
            self._take(piece.group(), piece.start())
        if self.opened:
            raise unparsable(f'Can\'t find end tag corresponding to start tag "{self.opened[-1].tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return Formatted("".join(self.text), self.entities)

    def _take(self, piece: str, at: int) -> None:
        if not piece.startswith("<"):
            self._say(html.unescape(piece) if piece[0] == "&" and len(piece) > 1 else piece)
            return
        tag = TAG.fullmatch(piece)
        if tag is None:
            raise unparsable(f"Unclosed start tag at byte offset {self._bytes(at)}")
        closing, name, attributes = tag.groups()
        if closing:
            self._close(name.lower(), at)
        else:
            self._open(name.lower(), _attributes(attributes), at)

    def _say(self, words: str) -> None:
        self.text.append(words)
        self.length += units(words)

    def _open(self, tag: str, attributes: dict[str, str], at: int) -> None:
        if tag not in PLAIN and tag not in WITH_ATTRIBUTES:
            raise unparsable(f'Unsupported start tag "{tag}" at byte offset {self._bytes(at)}')
        inside = self.opened[-1].entity if self.opened else None
        if tag == "code" and inside and inside["type"] == "pre" and attributes.get("class"):
            inside["language"] = attributes["class"].removeprefix("language-")
            self.opened.append(Opened(tag, None, self.length))
            return
        self.opened.append(Opened(tag, self._entity(tag, attributes, at), self.length))

    def _entity(self, tag: str, attributes: dict[str, str], at: int) -> Json | None:
        if tag in PLAIN:
            return {"type": PLAIN[tag]}
        if tag == "a":
            return {"type": "text_link", "url": attributes["href"]} if attributes.get("href") else None
        if tag == "blockquote":
            return {"type": "expandable_blockquote" if "expandable" in attributes else "blockquote"}
        if tag == "span":
            return self._spoiler(attributes, at)
        return _with_value(tag, attributes)

    def _spoiler(self, attributes: dict[str, str], at: int) -> Json:
        if attributes.get("class") != "tg-spoiler":
            where = self._bytes(at)
            raise unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        return {"type": "spoiler"}

    def _close(self, tag: str, at: int) -> None:
        if not self.opened:
            raise unparsable(f"Unexpected end tag at byte offset {self._bytes(at)}")
        opened = self.opened.pop()
        if opened.tag != tag:
            raise unparsable(
                f'Unmatched end tag at byte offset {self._bytes(at)}, expected "</{opened.tag}>", found "</{tag}>"'
            )
        if opened.entity is not None and self.length > opened.start:
            span = {"offset": opened.start, "length": self.length - opened.start}
            self.entities.append({**opened.entity, **span})

    def _bytes(self, at: int) -> int:
        return len(self.source[:at].encode())


def _attributes(said: str) -> dict[str, str]:
    return {
        name.lower(): html.unescape(value.strip("\"'"))
        for name, value in ATTRIBUTE.findall(said)
    }  # fmt: skip


def _with_value(tag: str, attributes: dict[str, str]) -> Json:
    if tag == "tg-emoji":
        return {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")}
    if not attributes.get("unix", "").isdigit():
        raise unparsable('Tag "tg-time" must have attribute "unix"')
    moment: Json = {"type": "date_time", "unix_time": int(attributes["unix"])}
    return {**moment, "date_time_format": attributes["format"]} if attributes.get("format") else moment
