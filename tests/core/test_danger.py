"""Words of danger are heard however they are typed, and everyday talk is left in peace (S18)."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.danger import LISTS, found, normalised
from bot.core.wordlists import KINDS, ListError, load
from bot.run.commands.words import Judged, check, read, score

pytestmark = pytest.mark.safety("S18")

SENTENCES = Path(__file__).parent / "danger_sentences.tsv"
HARD = Path(__file__).parent / "danger_hard.tsv"
APOSTROPHES = ["'", "’", "ʼ", "`", "´", "‘", '"', ""]


@pytest.fixture
def judged() -> list[Judged]:
    return all_judged()


def half_of(judged: Sequence[Judged], half: str) -> list[Judged]:
    return [each for each in judged if each.half == half]


@pytest.mark.parametrize(("half", "recall", "precision"), [("learn", 0.97, 0.98), ("held", 0.95, 0.95)])
def test_most_danger_is_heard_and_little_else(judged: list[Judged], half: str, recall: float, precision: float) -> None:
    whole = score(half_of(judged, half))
    assert whole.recall >= recall
    assert whole.precision >= precision


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("half", ["learn", "held"])
def test_each_kind_is_told_from_the_other(judged: list[Judged], half: str, kind: str) -> None:
    assert score(half_of(judged, half), kind).recall >= 0.95
    assert score(half_of(judged, half), kind).precision >= 0.95


@pytest.mark.parametrize("language", ["uk", "surzhyk", "ru", "en", "translit", "typo"])
def test_no_way_of_writing_is_left_out(judged: list[Judged], language: str) -> None:
    for half in ("learn", "held"):
        assert score([each for each in half_of(judged, half) if each.language == language]).recall >= 0.9


def test_there_are_sentences_enough_of_each_half(judged: list[Judged]) -> None:
    for half, danger, harmless in (("learn", 200, 200), ("held", 100, 100)):
        kinds = [each.kind for each in half_of(judged, half)]
        assert len(kinds) - kinds.count("none") >= danger
        assert kinds.count("none") >= harmless


def test_no_sentence_stands_in_both_halves(judged: list[Judged]) -> None:
    sentences = [normalised(each.sentence) for each in judged if each.language != "typo"]
    both = {each for each in sentences if sentences.count(each) > 1}
    halves = {each: {one.half for one in judged if normalised(one.sentence) == each} for each in both}
    assert [each for each, where in halves.items() if len(where) > 1] == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Б'Є", "бе"),
        ("б’є", "бе"),
        ("бʼє", "бе"),
        ('б"є', "бе"),
        ("б*є", "бе"),
        ("бьё", "бе"),
        ("ббб'єєє", "бе"),
        ("б\u200b'\u200dє", "бе"),
        ("мeнe", "мене"),  # Latin e
        ("хо4у", "хочу"),
        ("3 діти", "3 діти"),
        ("die", "die"),
        ("so\u0441iаl", "social"),  # Cyrillic с and а
        ("й", "й"),
        ("и\u0306", "й"),
        ("би\u0301ти", "бити"),  # a stress mark
        ("він... мене", "він , мене"),
        ("Так. Ні!", "так . ні ."),
        ("", ""),
    ],
)
def test_what_was_typed_is_read_as_what_was_meant(typed: str, meant: str) -> None:
    assert normalised(typed) == meant


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ціни б'ють по кишені", None),
        ("ціни б'ють по кишені, а чоловік б'є мене", "violence"),  # only the prices are explained
        ("За вікном дощ. Він мене б'є", "violence"),
        ("За вікном дощ, він мене б'є", "violence"),
        ("Мене звати Оля. Б'є струмом пралка", None),  # no phrase goes over the end of a sentence
        ("не хочу жити в гуртожитку", None),
        ("не хочу жити", "self_harm"),
        ("не хочу більше жити у цьому світі", "self_harm"),  # in `always`: nothing excuses it
        ("він мене б'є, я не хочу жити", "self_harm"),
        ("сусід б'є дружину", "violence"),
    ],
)
def test_what_is_explained_is_not_danger(text: str, kind: str | None) -> None:
    assert found(text) == kind


@given(text=st.text())
def test_no_text_is_too_strange(text: str) -> None:
    assert found(text) in {None, *KINDS}
    assert found(f"Чоловік мене б'є. {text}") is not None


@cache
def all_judged() -> list[Judged]:
    return read(SENTENCES)


@settings(max_examples=300)
@given(data=st.data())
def test_case_and_apostrophes_make_no_difference(data: st.DataObject) -> None:
    each = data.draw(st.sampled_from(all_judged()))
    apostrophe = data.draw(st.sampled_from(APOSTROPHES))
    changed = data.draw(st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))(each.sentence)
    for old in APOSTROPHES[:4]:
        changed = changed.replace(old, apostrophe)
    assert (found(changed) or "none") == each.found


@pytest.mark.parametrize(
    "text",
    ["а", "б'", "мене ", "не ", "не хочу ", "б'є ", ". ", ", ", "не хочу мене до з боюсь ", "*'", " ", "вбити ніж на "],
)
def test_the_longest_message_of_telegram_is_answered_whatever_it_repeats(text: str) -> None:
    assert found((text * 4096)[:4096]) in {None, *KINDS}


def write(folder: Path, text: str) -> Path:
    (folder / "danger.xx.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[violence]\nusual = ["@nobody"]', "there is no group @nobody"),
        ('[violence]\nusual = ["б*є"]', "«б*є»"),
        ('[violence]\nusual = ["+ мене"]', "nothing beside it"),
        ('[violence]\nusual = "мене"', "not a list of phrases"),
        ('[violence]\nsometimes = ["мене"]', "allowed: always, usual"),
        ('[violense]\nusual = ["мене"]', "allowed: [groups], [self_harm], [violence], [harmless]"),
        ("[violence", "not TOML"),
    ],
)
def test_a_slip_in_a_list_is_said_with_its_file(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ListError) as refused:
        load(write(tmp_path, text))
    assert "danger.xx.toml: " in str(refused.value)
    assert said in str(refused.value)


def test_the_lists_that_we_ship_can_be_read() -> None:
    assert {path.name for path in LISTS.glob("*.toml")} == {
        f"danger.{language}.toml" for language in ("uk", "surzhyk", "ru", "en", "translit")
    }
    load(LISTS)


def test_the_table_shows_each_half_and_its_misses(capsys: pytest.CaptureFixture[str]) -> None:
    check(SENTENCES, half="", misses=True)
    table = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in table if " all " in line] == [["held", "all"], ["learn", "all"]]
    assert any(line.startswith("line ") and "violence -> none" in line for line in table)


def test_lists_that_miss_too_much_fail(tmp_path: Path) -> None:
    """The hard sentences tell of danger without its words; no list hears them."""
    with pytest.raises(SystemExit) as ended:
        check(HARD, half="", misses=False)
    assert ended.value.code == 1
    (tmp_path / "wrong.tsv").write_text("kind\tsentence\n", encoding="utf-8")
    with pytest.raises(SystemExit) as refused:
        check(tmp_path / "wrong.tsv", half="", misses=False)
    assert refused.value.code == 2
