"""A private chat between one person and the bot, and the messages in it."""

from dataclasses import dataclass, field

from bot.sandbox.play import Person
from bot.sandbox.refusals import bad, forbidden
from bot.sandbox.schema import Json

PREVIEW = 80
"""Characters of a message that a lock screen shows."""


@dataclass(slots=True)
class Message:
    """`content` is what the Bot API would tell of it; the rest is what only the sandbox knows."""

    id: int
    chat: "Chat" = field(repr=False)
    from_bot: bool
    sent_at: float
    content: Json
    silent: bool = False
    plain: bool = True
    """No reply keyboard came with it; only such a message can be edited."""
    edited_at: float | None = None
    deleted_at: float | None = None
    touched: int = 0
    """When it came or last changed, in the world's own count of events."""

    @property
    def text(self) -> str:
        """The words, wherever they stand."""
        words: str = self.content.get("text") or self.content.get("caption") or ""
        return words

    @property
    def buttons(self) -> list[Json]:
        rows = self.content.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    @property
    def labels(self) -> list[str]:
        return [button["text"] for button in self.buttons]

    @property
    def protected(self) -> bool:
        return bool(self.content.get("has_protected_content"))

    @property
    def wire(self) -> Json:
        chat = self.chat
        head: Json = {
            "message_id": self.id,
            "from": chat.bot if self.from_bot else chat.person.user,
            "chat": chat.wire,
            "date": int(self.sent_at),
        }
        if self.edited_at is not None:
            head["edit_date"] = int(self.edited_at)
        return {**head, **self.content}

    @property
    def preview(self) -> str:
        """What a lock screen shows of it."""
        words = self.text.replace("\n", " ") or self.content.get("document", {}).get("file_name", "…")
        return words if len(words) <= PREVIEW else words[: PREVIEW - 1] + "…"


@dataclass(frozen=True, slots=True)
class Push:
    """The last notification on the lock screen. It stays when the message is deleted, as on real phones."""

    text: str
    at: float
    silent: bool


@dataclass(slots=True)
class Chat:
    person: Person
    bot: Json = field(repr=False)
    next_id: int
    messages: dict[int, Message] = field(default_factory=dict)
    """Those that can be seen, oldest first."""
    deleted: dict[int, Message] = field(default_factory=dict)
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    keyboard: Json | None = None
    push: Push | None = None
    typing_at: float | None = None
    toasts: list[str] = field(default_factory=list)
    """What the bot said in answer to presses."""
    acted: int = 0
    """When the person last did something, in the world's own count of events."""
    menu_button: Json = field(default_factory=lambda: {"type": "commands"})

    @property
    def id(self) -> int:
        return self.person.id

    @property
    def wire(self) -> Json:
        return {"id": self.person.id, "type": "private", "first_name": self.person.first_name}

    def message(self, message_id: int, what: str) -> Message:
        """One that is still there; `what` completes "message to … not found"."""
        if message_id not in self.messages:
            raise bad(f"message to {what} not found")
        return self.messages[message_id]

    def reachable(self) -> "Chat":
        """Itself, if the bot may write here."""
        if self.deactivated:
            raise forbidden("user is deactivated")
        if self.blocked:
            raise forbidden("bot was blocked by the user")
        if not self.started:
            raise forbidden("bot can't initiate conversation with a user")
        return self
