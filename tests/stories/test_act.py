"""The form of an assessment: prefilled, for the one who goes, and from the branch without a word of what was told."""

from io import BytesIO

import docx
import pytest

from bot.core.buttons import Road, encode
from tests.people import Person, Town
from tests.stories.test_audit import logged
from tests.stories.test_card import adds
from tests.stories.test_urgent import reports
from tests.stories.test_visits import plans


def words(file: bytes) -> str:
    document = docx.Document(BytesIO(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.safety("S01", "S25", "S30")
async def test_from_the_branch_it_has_neither_name_nor_address_nor_story(
    ana: Person, olena: Person, town: Town
) -> None:
    await reports(ana)
    await ana.says("12 Shevchenka street")
    for _ in range(6):
        await ana.presses("Skip")
    await ana.presses("Skip")
    await ana.says("He shouts")
    await olena.presses("Take")
    await olena.presses("Family")
    await adds(olena, "A child", "daughter", "Kvitoslava")
    await olena.presses("‹ The card")
    await olena.presses("Plan a visit")
    await plans(olena)
    await olena.presses("The form of the act")
    assert olena.file.file_name == "blank.docx"
    assert olena.file.protected
    said = words(olena.file.file)
    for secret in ("Shevchenka", "He shouts", "Kvitoslava", "daughter"):
        assert secret not in said
    assert "Демо-центр соціальних служб" in said
    assert "від 27.11.2026" in said
    assert "Вид відвідування: Перше відвідування" in said
    assert "Район: Центр" in said
    assert "Дітей у сім'ї: 1" in said
    assert await logged(town, "act") == [(2, "assigned")]


async def test_outside_the_branch_what_is_known_stands_in_it(iryna: Person) -> None:
    await enters(iryna)
    await iryna.presses("Family")
    await adds(iryna, "An adult", "мати", "Марія Коваль", "1986")
    await iryna.presses("‹ The card")
    await iryna.presses("Plan a visit")
    await plans(iryna)
    await iryna.presses("The form of the act")
    said = words(iryna.file.file)
    assert "Прізвище, ім'я, по батькові: Марія Коваль" in said
    assert "Адреса: вул. Тиха, 4" in said
    assert "1\nмати\n1986\nМарія Коваль" in said
    assert "Просить про догляд" not in said
    assert "☐ Безробіття" in said
    assert "Психологічна підтримка\n☐" in said


@pytest.mark.safety("S28")
async def test_nobody_but_the_one_who_has_the_case_gets_it(iryna: Person, olena: Person, town: Town) -> None:
    await enters(iryna)
    await iryna.presses("Plan a visit")
    await plans(iryna)
    await town.hears(olena.pressing_data(encode(Road(1, "act"))))
    assert town.telegram.toasts[-1] == "You have no access to this."
    await iryna.presses("The form of the act")
    await iryna.presses("Close the case")
    for label in ("Reduced", "Overcome or reduced", "Skip", "Send"):
        await iryna.presses(label)
    assert not any(message.file_name for message in iryna.heard)


async def enters(iryna: Person) -> None:
    await iryna.says("Enter a case")
    for label in ("Found by a specialist", "Planned", "No", "Skip", "Centre", "A family", "1"):
        await iryna.presses(label)
    await iryna.says("Марія Коваль")
    await iryna.presses("Skip")
    await iryna.says("вул. Тиха, 4")
    await iryna.says("Просить про догляд")
    await iryna.presses("I take it myself")
    await iryna.presses("Send")
