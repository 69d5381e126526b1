"""HTTP/1.1 by hand: so little work a call that the emulator is never what is being measured."""

import asyncio
import json
import re
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import parse_qsl

Fields = dict[str, Any]
Answer = Callable[[str, Fields, "Wire"], None]

HEAD_END = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
KIND = re.compile(rb"\r\ncontent-type: *([^\r]+)", re.IGNORECASE)
PART_NAME = re.compile(rb'name="([^"]+)"')
OPENING = b"HTTP/1.1 %d Answer\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


class Wire(asyncio.Protocol):
    """One kept-alive connection; an answer may come at once or, for a long poll, later."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._held = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._held += data
        while (request := self._take()) is not None:
            self._answer(*request, self)

    def reply(self, body: bytes, status: int = 200) -> None:
        if self._transport is not None:
            self._transport.write(OPENING % (status, len(body)) + body)

    def _take(self) -> tuple[str, Fields] | None:
        """The first whole request that was received; None while its body is still on its way."""
        end = self._held.find(HEAD_END)
        if end < 0:
            return None
        head, start = self._held[:end], end + len(HEAD_END)
        stop = start + announced(head)
        if len(self._held) < stop:
            return None
        body, self._held = self._held[start:stop], self._held[stop:]
        return request(head, body)


def announced(head: bytes) -> int:
    found = LENGTH.search(head)
    return int(found[1]) if found else 0


def request(head: bytes, body: bytes) -> tuple[str, Fields]:
    path, _, query = head.split(b" ", 2)[1].decode().partition("?")
    kind = KIND.search(head)
    asked = dict(parse_qsl(query)) if query else {}
    return path, asked | fields(kind[1] if kind else b"", body)


def fields(kind: bytes, body: bytes) -> Fields:
    if not body:
        return {}
    if kind.startswith(b"application/json"):
        return cast("Fields", json.loads(body))
    if kind.startswith(b"multipart/"):
        return parts(body, kind.partition(b"boundary=")[2].strip(b'"'))
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def parts(body: bytes, boundary: bytes) -> Fields:
    """The fields of a form; of a file only that it is there."""
    pieces = (piece.partition(HEAD_END) for piece in body.split(b"--" + boundary))
    named = ((PART_NAME.search(head), head, value) for head, _, value in pieces)
    return {name[1].decode(): part(head, value) for name, head, value in named if name}


def part(head: bytes, value: bytes) -> str:
    return "file" if b"filename=" in head else value.removesuffix(b"\r\n").decode()
