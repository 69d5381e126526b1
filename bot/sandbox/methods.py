"""What each method of the Bot API does to the world; `METHODS` is the list."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox import entities, htmltext, keyboards, markdowntext
from bot.sandbox.chats import Chat, Message
from bot.sandbox.entities import Formatted
from bot.sandbox.refusals import NOT_MODIFIED, TOO_OLD_QUERY, WEBHOOK_IS_SET, Refused, bad
from bot.sandbox.schema import Json
from bot.sandbox.storedfiles import Stored, Upload
from bot.sandbox.world import Change, Webhook, What, World, words_in

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
TOAST_UNITS = 200
MOST_ENTITIES = 100
MOST_DELETED = 100
DELETABLE_FOR = 48 * 3600
MOST_UPDATES = 100
LONGEST_POLL = 50
NAME, DESCRIPTION, SHORT = 64, 512, 120
SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip

Answer = Any
Method = Callable[[World, Json], Answer | Awaitable[Answer]]


def get_me(world: World, _given: Json) -> Json:
    abilities = ("can_read_all_group_messages", "supports_inline_queries", "can_connect_to_business")
    return {
        **world.bot,
        "can_join_groups": True,
        "has_main_web_app": False,
        **dict.fromkeys(abilities, False),
    }


async def get_updates(world: World, given: Json) -> list[Json]:
    if world.webhook is not None:
        raise Refused(409, WEBHOOK_IS_SET)
    if "allowed_updates" in given:
        world.updates.allowed = given["allowed_updates"]
    return await world.updates.poll(
        offset=given.get("offset", 0),
        limit=min(max(given.get("limit", MOST_UPDATES), 1), MOST_UPDATES),
        seconds=min(max(given.get("timeout", 0), 0), LONGEST_POLL),
    )


def set_webhook(world: World, given: Json) -> bool:
    url, secret = given["url"], given.get("secret_token", "")
    if not SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
    if url and not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if "allowed_updates" in given:
        world.updates.allowed = given["allowed_updates"]
    webhook = Webhook(url, secret, given.get("max_connections", 40)) if url else None
    world.set_webhook(webhook, drop=given.get("drop_pending_updates", False))
    return True


def delete_webhook(world: World, given: Json) -> bool:
    world.set_webhook(None, drop=given.get("drop_pending_updates", False))
    return True


def get_webhook_info(world: World, _given: Json) -> Json:
    hook = world.webhook
    found: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.waiting),
    }
    if world.updates.allowed:
        found["allowed_updates"] = world.updates.allowed
    if hook is not None:
        found["max_connections"] = hook.max_connections
    if hook is not None and hook.failed_at is not None:
        found |= {"last_error_date": int(hook.failed_at), "last_error_message": hook.failure}
    return found


def send_message(world: World, given: Json) -> Json:
    chat = world.chat(given["chat_id"])
    content = _text(given)
    if "link_preview_options" in given:
        content["link_preview_options"] = given["link_preview_options"]
    return _send(world, chat, given, content)


def send_document(world: World, given: Json) -> Json:
    chat = world.chat(given["chat_id"])
    stored = _stored(world, given["document"], "documents")
    document = {**stored.wire, "file_name": stored.name, "mime_type": stored.mime}
    return _send(world, chat, given, {"document": document, **_caption(given)})


def send_photo(world: World, given: Json) -> Json:
    chat = world.chat(given["chat_id"])
    stored = _stored(world, given["photo"], "photos")
    content = {"photo": [{**stored.wire, "width": 800, "height": 600}], **_caption(given)}
    if given.get("has_spoiler"):
        content["has_media_spoiler"] = True
    return _send(world, chat, given, content)


def edit_message_text(world: World, given: Json) -> Json:
    message = _editable(world, given)
    if "text" not in message.content:
        raise bad("there is no text in the message to edit")
    return _edit(world, message, {**_without_words(message), **_text(given)}, given)


def edit_message_caption(world: World, given: Json) -> Json:
    message = _editable(world, given)
    if "text" in message.content:
        raise bad("there is no caption in the message to edit")
    return _edit(world, message, {**_without_words(message), **_caption(given)}, given)


def edit_message_reply_markup(world: World, given: Json) -> Json:
    message = _editable(world, given)
    return _edit(world, message, dict(message.content), given, quietly=True)


def delete_message(world: World, given: Json) -> bool:
    message = world.chat(given["chat_id"]).message(given["message_id"], "delete")
    _young(world, message)
    world.delete(message)
    return True


def delete_messages(world: World, given: Json) -> bool:
    chat, ids = world.chat(given["chat_id"]), given["message_ids"]
    if not 1 <= len(ids) <= MOST_DELETED:
        raise bad("from 1 to 100 message identifiers must be specified")
    found = [chat.messages[i] for i in dict.fromkeys(ids) if i in chat.messages]
    for message in found:
        _young(world, message)
    for message in found:
        world.delete(message)
    return True


def answer_callback_query(world: World, given: Json) -> bool:
    query = world.answered(given["callback_query_id"])
    if query is None:
        raise bad(TOO_OLD_QUERY)
    words = given.get("text", "")
    if entities.units(words) > TOAST_UNITS:
        raise bad("MESSAGE_TOO_LONG")
    query.chat.toasts.append(words)
    world.tell(Change(What.TOAST, query.chat, words=words))
    return True


def send_chat_action(world: World, given: Json) -> bool:
    chat = world.chat(given["chat_id"]).reachable()
    if given["action"] not in ACTIONS:
        raise bad("wrong parameter action in request")
    chat.typing_at = world.clock.now()
    world.tell(Change(What.TYPING, chat))
    return True


def set_my_commands(world: World, given: Json) -> bool:
    _scoped_chat(world, given)
    world.menus.put(given.get("scope"), given.get("language_code", ""), given["commands"])
    _phones_changed(world)
    return True


def get_my_commands(world: World, given: Json) -> list[Json]:
    return world.menus.exactly(given.get("scope"), given.get("language_code", ""))


def delete_my_commands(world: World, given: Json) -> bool:
    world.menus.drop(given.get("scope"), given.get("language_code", ""))
    _phones_changed(world)
    return True


def set_my_name(world: World, given: Json) -> bool:
    return _named(world.profile.names, given, "name", NAME)


def set_my_description(world: World, given: Json) -> bool:
    return _named(world.profile.descriptions, given, "description", DESCRIPTION)


def set_my_short_description(world: World, given: Json) -> bool:
    return _named(world.profile.short_descriptions, given, "short_description", SHORT)


def get_my_name(world: World, given: Json) -> Json:
    return {"name": _spoken(world.profile.names, given) or world.bot["first_name"]}


def get_my_description(world: World, given: Json) -> Json:
    return {"description": _spoken(world.profile.descriptions, given)}


def get_my_short_description(world: World, given: Json) -> Json:
    return {"short_description": _spoken(world.profile.short_descriptions, given)}


def set_chat_menu_button(world: World, given: Json) -> bool:
    button = given.get("menu_button") or {"type": "default"}
    if button.get("type") not in {"commands", "web_app", "default"}:
        raise bad("can't parse MenuButton: unknown type")
    for chat in [world.chat(given["chat_id"])] if "chat_id" in given else world.chats.values():
        chat.menu_button = button
    return True


def get_chat_menu_button(world: World, given: Json) -> Json:
    return world.chat(given["chat_id"]).menu_button if "chat_id" in given else {"type": "commands"}


def get_file(world: World, given: Json) -> Json:
    stored = world.files.by_id(given["file_id"])
    return {**stored.wire, "file_path": stored.path}


def get_chat(world: World, given: Json) -> Json:
    gifts = (
        "unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels",
    )  # fmt: skip
    return {
        **world.chat(given["chat_id"]).wire,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


def done(_world: World, _given: Json) -> bool:
    """For logOut and close: nothing here to leave."""
    return True


def _send(world: World, chat: Chat, given: Json, content: Json) -> Json:
    """The message stands in the chat, or nothing has changed."""
    markup = keyboards.checked(given["reply_markup"]) if given.get("reply_markup") else {}
    content |= _reply(chat, given.get("reply_parameters"))
    chat.reachable()
    if markup.get("inline_keyboard"):
        content["reply_markup"] = markup
    if given.get("protect_content"):
        content["has_protected_content"] = True
    _lay_keyboard(chat, markup)
    message = world.write(chat, content, from_bot=True, silent=given.get("disable_notification", False))
    message.plain = not markup or "inline_keyboard" in markup
    return message.wire


def _lay_keyboard(chat: Chat, markup: Json) -> None:
    if "keyboard" in markup:
        chat.keyboard = markup
    elif "remove_keyboard" in markup:
        chat.keyboard = None


def _reply(chat: Chat, wanted: Json | None) -> Json:
    if not wanted:
        return {}
    replied = chat.messages.get(wanted.get("message_id", 0))
    if replied is None and not wanted.get("allow_sending_without_reply"):
        raise bad("message to be replied not found")
    bare = {k: v for k, v in replied.wire.items() if k != "reply_to_message"} if replied else None
    return {"reply_to_message": bare} if bare else {}


def _editable(world: World, given: Json) -> Message:
    if "chat_id" not in given:
        raise bad("chat_id is empty")
    if "message_id" not in given:
        raise bad("message identifier is not specified")
    message = world.chat(given["chat_id"]).reachable().message(given["message_id"], "edit")
    if not message.from_bot or not message.plain:
        raise bad("message can't be edited")
    return message


def _edit(world: World, message: Message, content: Json, given: Json, *, quietly: bool = False) -> Json:
    """The buttons go too unless they are given again."""
    content.pop("reply_markup", None)
    markup = keyboards.inline(given["reply_markup"]) if given.get("reply_markup") else {}
    if markup.get("inline_keyboard"):
        content["reply_markup"] = markup
    if content == message.content:
        raise bad(NOT_MODIFIED)
    world.edit(message, content, quietly=quietly)
    return message.wire


def _without_words(message: Message) -> Json:
    words = {"text", "entities", "caption", "caption_entities"}
    return {name: value for name, value in message.content.items() if name not in words}


def _young(world: World, message: Message) -> None:
    if world.clock.now() - message.sent_at >= DELETABLE_FOR:
        raise bad("message can't be deleted for everyone")


def _text(given: Json) -> Json:
    said = _formatted(given.get("text", ""), given, "entities")
    if not said.text:
        raise bad("message text is empty")
    if said.length > TEXT_UNITS:
        raise bad("message is too long")
    return words_in(said, "text")


def _caption(given: Json) -> Json:
    said = _formatted(given.get("caption", ""), given, "caption_entities")
    if said.length > CAPTION_UNITS:
        raise bad("message caption is too long")
    return words_in(said, "caption") if said.text else {}


def _formatted(text: str, given: Json, listed: str) -> Formatted:
    mode = given.get("parse_mode", "").lower()
    if listed in given:
        said = entities.given(text, given[listed])
    elif not mode:
        said = Formatted(text)
    else:
        said = _reader(mode)(text)
    if len(said.entities) > MOST_ENTITIES:
        raise bad("too many entities")
    return entities.trimmed(said)


def _reader(mode: str) -> Callable[[str], Formatted]:
    readers = {"html": htmltext.read, "markdownv2": markdowntext.read}
    if mode not in readers:
        raise bad("unsupported parse_mode")
    return readers[mode]


def _stored(world: World, found: Any, folder: str) -> Stored:  # noqa: ANN401 - a file, or the id of one
    if isinstance(found, Upload):
        return world.files.keep(found, folder)
    return world.files.by_id(str(found))


def _scoped_chat(world: World, given: Json) -> None:
    if "chat_id" in (given.get("scope") or {}):
        world.chat(given["scope"]["chat_id"])


def _phones_changed(world: World) -> None:
    for chat in world.chats.values():
        world.tell(Change(What.PHONE, chat))


def _named(where: dict[str, str], given: Json, name: str, longest: int) -> bool:
    words = given.get(name, "")
    if entities.units(words) > longest:
        raise bad(f"{name} is too long")
    where[given.get("language_code", "")] = words
    return True


def _spoken(where: dict[str, str], given: Json) -> str:
    return where.get(given.get("language_code", "")) or where.get("", "")


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "sendMessage": send_message,
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "answerCallbackQuery": answer_callback_query,
    "sendChatAction": send_chat_action,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": set_my_name,
    "getMyName": get_my_name,
    "setMyDescription": set_my_description,
    "getMyDescription": get_my_description,
    "setMyShortDescription": set_my_short_description,
    "getMyShortDescription": get_my_short_description,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
    "getFile": get_file,
    "getChat": get_chat,
    "logOut": done,
    "close": done,
}
