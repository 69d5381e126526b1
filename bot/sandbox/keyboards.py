"""Whether a reply_markup is one that Telegram would take."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.refusals import Refused, bad
from bot.sandbox.schema import Json, objects

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
DATA_BYTES = 64
COPY_UNITS = 256
STYLES = frozenset({"danger", "success", "primary"})
ACTIONS = frozenset(objects()["InlineKeyboardButton"]) - {"text", "style", "icon_custom_emoji_id"}
LINKS = ("http://", "https://", "tg://", "tel:")


def checked(markup: Any) -> Json:  # noqa: ANN401 - whatever the bot has sent
    """The markup itself when it is good; Refused when not."""
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    for name, check in _KINDS.items():
        if name in markup:
            check(markup)
            return markup
    raise bad("can't parse reply keyboard markup JSON object")


def inline(markup: Any) -> Json:  # noqa: ANN401
    """Only buttons under a message will do, as in an edit."""
    found = checked(markup)
    if "inline_keyboard" not in found:
        raise bad("inline keyboard expected")
    return found


def rows(markup: Json, name: str) -> list[list[Any]]:
    found = markup[name]
    if not isinstance(found, list) or not all(isinstance(row, list) for row in found):
        raise bad(f'can\'t parse keyboard: Field "{name}" must be of type Array of Array')
    return found


def _inline(markup: Json) -> None:
    _known(markup, "InlineKeyboardMarkup")
    for button in _counted(rows(markup, "inline_keyboard")):
        _inline_button(button)


def _inline_button(button: Any) -> None:  # noqa: ANN401
    _labelled(button, "InlineKeyboardButton", "inline keyboard button")
    actions = ACTIONS & button.keys()
    if not actions:
        raise _broken("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _broken(f"exactly one action is allowed, found {', '.join(sorted(actions))}")
    _action(actions.pop(), button)


def _action(name: str, button: Json) -> None:
    value = button[name]
    if name == "callback_data" and not _fits(value):
        raise bad("BUTTON_DATA_INVALID")
    if name == "url" and not (isinstance(value, str) and value.startswith(LINKS)):
        raise bad("BUTTON_URL_INVALID")
    if name == "copy_text" and not (isinstance(value, dict) and 0 < len(str(value["text"])) <= COPY_UNITS):
        raise bad("BUTTON_COPY_TEXT_INVALID")


def _fits(data: Any) -> bool:  # noqa: ANN401
    return isinstance(data, str) and 1 <= len(data.encode()) <= DATA_BYTES


def _reply(markup: Json) -> None:
    _known(markup, "ReplyKeyboardMarkup")
    for button in _counted(rows(markup, "keyboard")):
        _labelled({"text": button} if isinstance(button, str) else button, "KeyboardButton", "keyboard button")


def _removal(markup: Json) -> None:
    _known(markup, "ReplyKeyboardRemove")


def _forced(markup: Json) -> None:
    _known(markup, "ForceReply")


def _counted(found: list[list[Any]]) -> list[Any]:
    buttons = [button for row in found for button in row]
    if len(buttons) > MOST_BUTTONS:
        raise bad("reply markup is too long")
    if any(len(row) > MOST_IN_A_ROW for row in found):
        raise bad("too many buttons in a row of the keyboard")
    return buttons


def _labelled(button: Any, kind: str, words: str) -> None:  # noqa: ANN401
    if not isinstance(button, dict):
        raise bad(f"can't parse {words}: Object expected")
    if not isinstance(button.get("text"), str) or not button["text"].strip():
        raise bad(f'can\'t parse {words}: Field "text" must be a non-empty String')
    if button.get("style", "primary") not in STYLES:
        raise bad(f"can't parse {words}: unknown style")
    _known(button, kind)


def _known(found: Json, kind: str) -> None:
    """Telegram overlooks a field it does not know; here it would hide a misspelling."""
    strange = found.keys() - objects()[kind].keys()
    if strange:
        raise bad(f'{kind} has no field "{min(strange)}"')


def _broken(why: str) -> Refused:
    return bad(f"can't parse inline keyboard button: {why}")


_KINDS: dict[str, Callable[[Json], None]] = {
    "inline_keyboard": _inline,
    "keyboard": _reply,
    "remove_keyboard": _removal,
    "force_reply": _forced,
}
