from typing import Any

import pytest

from bot.sandbox import htmltext, markdowntext
from bot.sandbox.entities import given, trimmed, typed
from bot.sandbox.refusals import Refused

HTML = [
    ('<a href="https://x.ua">a</a>', {"type": "text_link", "url": "https://x.ua"}),
    ("<span class='tg-spoiler'>a</span>", {"type": "spoiler"}),
    ("<TG-SPOILER>a</TG-SPOILER>", {"type": "spoiler"}),
    ("<blockquote expandable>a</blockquote>", {"type": "expandable_blockquote"}),
    ("<blockquote>a</blockquote>", {"type": "blockquote"}),
    ('<pre><code class="language-sql">a</code></pre>', {"type": "pre", "language": "sql"}),
    ('<tg-emoji emoji-id="5">a</tg-emoji>', {"type": "custom_emoji", "custom_emoji_id": "5"}),
    ('<tg-time unix="5" format="w">a</tg-time>', {"type": "date_time", "unix_time": 5, "date_time_format": "w"}),
]


@pytest.mark.parametrize(("source", "entity"), HTML)
def test_html_gives_its_entities(source: str, entity: dict[str, Any]) -> None:
    said = htmltext.read(source)
    assert (said.text, said.entities) == ("a", [{**entity, "offset": 0, "length": 1}])


def test_html_leaves_other_things_alone() -> None:
    assert htmltext.read("a &amp; b &unknown; & c &#1103; > d").text == "a & b &unknown; & c я > d"
    assert htmltext.read("<a>no address</a>").entities == []


def test_a_moment_needs_its_number() -> None:
    with pytest.raises(Refused, match="must have attribute"):
        htmltext.read("<tg-time>a</tg-time>")


def test_markdown_knows_blocks_and_quotes() -> None:
    said = markdowntext.read("```py\nx = 1```\n>one\n>two\nthree")
    assert said.text == "x = 1\none\ntwo\nthree"
    assert said.entities == [
        {"type": "pre", "language": "py", "offset": 0, "length": 5},
        {"type": "blockquote", "offset": 6, "length": 7},
    ]


@pytest.mark.parametrize("source", ["a|b", "]", "[a", "a > b", "_a", "||a"])
def test_markdown_wants_every_mark_closed_or_escaped(source: str) -> None:
    with pytest.raises(Refused, match="can't parse entities"):
        markdowntext.read(source)


def test_trimming_moves_the_entities_along() -> None:
    said = trimmed(htmltext.read(" \n<b> a</b><i> </i>"))
    assert (said.text, said.entities) == ("a", [{"type": "bold", "offset": 0, "length": 1}])


@pytest.mark.parametrize("entity", ["bold", {"type": "bold"}, {"type": "bold", "offset": 1, "length": 1}])
def test_entities_that_the_bot_counts_itself_must_fit(entity: Any) -> None:
    with pytest.raises(Refused):
        given("a", [entity])


def test_commands_in_a_persons_words_are_marked_in_utf16_units() -> None:
    assert typed("🙂 /case К-4823").entities == [{"type": "bot_command", "offset": 3, "length": 5}]
