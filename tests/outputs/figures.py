"""Reports to print: what two centres published of 2021, and around it numbers that only look like it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from bot.core.centre import Words
from bot.core.lines import Own, Wording
from bot.core.report import Check, Counts, Period, Report, Row, Table, as_json

YEAR = Period(date(2021, 1, 1), date(2021, 12, 31))
QUARTER = Period(date(2021, 1, 1), date(2021, 3, 31))
SECRET = 3_417_902
"""Stands where a number is hidden, before it is; nowhere after."""
CLOSES = Check(True, Words("сходиться", "adds up"))
LONG = (
    "Розгляд звернень громадян, на предмет виявлення складних життєвих обставин, у зв'язку з COVID-19",
    "Appeals considered to find difficult life circumstances because of COVID-19",
)

DISTRICTS = (
    ("amur_nyzhnodniprovskyi", "Амур-Нижньодніпровський", "Amur-Nyzhnodniprovskyi", 1271),
    ("industrialnyi", "Індустріальний", "Industrialnyi", 337),
    ("novokodatskyi", "Новокодацький", "Novokodatskyi", 272),
    ("samarskyi", "Самарський", "Samarskyi", 360),
    ("sobornyi", "Соборний", "Sobornyi", 328),
    ("tsentralnyi", "Центральний", "Tsentralnyi", 253),
    ("chechelivskyi", "Чечелівський", "Chechelivskyi", 789),
    ("shevchenkivskyi", "Шевченківський", "Shevchenkivskyi", 423),
    ("mobile_brigade", "Мобільна бригада", "Mobile brigade", 915),
)
CATEGORIES = (
    (
        "dv_and_cruelty_survivors",
        "Постраждалі від жорстокого поводження та домашнього насильства",
        "Survivors of cruelty and domestic violence",
        190,
        85,
    ),
    ("single_mothers", "Одинокі матері", "Single mothers", 25, 43),
    (
        "conflict_affected_ato_idp",
        "Постраждалі від збройних конфліктів та тимчасової окупації (АТО та ВПО)",
        "Affected by armed conflict and occupation",
        116,
        70,
    ),
    (
        "parental_neglect",
        (
            "Сім'ї, в яких батьки або особи, які їх заміняють, ухиляються від виконання своїх обов'язків із "
            "виховання дитини"
        ),
        "Families where parents evade their duties towards a child",
        24,
        19,
    ),
    (
        "conflict_with_law",
        "Сім'ї, члени яких перебувають чи перебували у конфлікті з законом",
        "Families in conflict with the law",
        26,
        21,
    ),
    ("substance_dependence", "Сім'ї, де є алко/наркозалежні", "Families with addiction", 17, 13),
    (
        "sick_child_carer_benefit",
        "Сім'ї, яким призначена державна допомога особі, яка доглядає за хворою дитиною",
        "Carers of a sick child",
        13,
        19,
    ),
    ("disability_in_family", "Сім'ї, де один чи кілька членів мають інвалідність", "Disability in the family", 31, 44),
    ("guardian_families", "Сім'ї опікунів/піклувальників", "Guardians", 19, 17),
    ("foster_families", "Прийомні сім'ї", "Foster families", 10, 9),
    ("family_type_home", "Дитячий будинок сімейного типу", "Family-type home", 1, 1),
    ("care_leavers", "Особи з числа дітей-сиріт та дітей, позбавлених батьківського піклування", "Care leavers", 12, 9),
    ("labour_migrant_families", "Сім'ї трудових мігрантів", "Labour migrants", 19, 14),
    ("roma_families", "Сім'ї ромської національності", "Roma families", 2, 2),
    ("large_families", "Багатодітні сім'ї", "Large families", 9, 16),
    ("birth_grant_check", "Перевірка цільового використання коштів", "Birth grant checks", 155, 121),
    ("covid_appeals", *LONG, 1027, 1358),
    ("divorce_conflict", "Сім'ї, де є конфлікт через розлучення", "Conflict over a divorce", 19, 18),
    ("low_income_families", "Малозабезпечені сім'ї", "Low-income families", 29, 32),
)
Given = tuple[str, str, str, int]


def counts(unit: str, value: int | None, before: int | None = None, **others: int | None) -> dict[str, Counts]:
    """Of a year, so that the year to date is the period, and the previous period is last year."""
    columns = {"value": value, "year_to_date": value}
    if before is not None:
        columns |= {"previous": before, "year_ago": before}
    return {
        column: {unit: number, **(others if column in {"value", "year_to_date"} else {})}
        for column, number in columns.items()
    }


def row(key: str, uk: str, en: str, found: Mapping[str, Counts], rows: Sequence[Row] = ()) -> Row:
    return Row(key, Words(uk, en), found, tuple(rows))


def like(value: int) -> int:
    """A number of the year before."""
    return value * 9 // 10 + 3


def simple(given: Sequence[Given], unit: str) -> list[Row]:
    return [row(key, uk, en, counts(unit, many, like(many))) for key, uk, en, many in given]


def table(
    id_: str,
    title: tuple[str, str],
    units: tuple[str, ...],
    rows: Sequence[Row],
    *,
    basis: str = "in_period",
    parts: bool = True,
    total: Mapping[str, Counts] | None = None,
    check: Check = CLOSES,
) -> Table:
    return Table(id_, Words(*title), units, basis, tuple(rows), _sum(rows) if total is None else total, check, parts)


def _sum(rows: Sequence[Row]) -> dict[str, Counts]:
    columns = {column for each in rows for column in each.counts}
    return {column: _added([each.counts[column] for each in rows if column in each.counts]) for column in columns}


def _added(given: Sequence[Counts]) -> Counts:
    units = {unit for each in given for unit in each}
    return {unit: sum(each.get(unit) or 0 for each in given) for unit in units}


def tables(*, hidden: bool = False) -> list[Table]:
    return [
        kinds(),
        sources(),
        districts(),
        categories(),
        reasons(),
        violence(hidden=hidden),
        brigade(),
        deadlines(),
        services(),
        flow(),
        outcomes(),
        closings(),
        visits(),
        needs(),
        foster(),
        trainings(),
        helpline(),
        day_centre(),
        handed_on(),
        information(),
        plan(),
        reconciliation(),
    ]


def kinds() -> Table:
    given = (
        ("appeal", "Звернення", "Appeals", 620),
        ("notice", "Повідомлення", "Notices", 1911),
        ("self", "Самозвернення", "Came themselves", 1402),
        ("found", "Виявлено фахівцем", "Found", 1104),
    )
    return table("R1", ("Надходження за видами", "What came in, by kind"), ("case",), simple(given, "case"))


def sources() -> Table:
    inner = simple(
        (
            ("patrol", "патрульна поліція", "patrol police", 81),
            ("juvenile", "ювенальна превенція", "juvenile prevention", 27),
        ),
        "family",
    )
    given = [
        row("police", "Національна поліція", "National police", counts("family", 108, 97), inner),
        *simple(
            (
                ("child_services", "Служба у справах дітей", "Child services", 644),
                ("health", "Заклади охорони здоров'я", "Health", 312),
                ("school", "Заклади освіти", "Schools", 97),
                ("self", "Особисто", "In person", 1230),
            ),
            "family",
        ),
    ]
    return table("R2", ("Надходження за суб'єктами", "What came in, by source"), ("family",), given)


def districts() -> Table:
    check = Check(
        False,
        Words(
            "не сходиться: Надходження за районами: разом 5037, у рядках 4948, різниця 89",
            "does not add up: What came in, by district: 5037 in all, 4948 in the rows, difference 89",
        ),
        ("К-4823", "К-9917"),
    )
    return table(
        "R3",
        ("Надходження за районами", "What came in, by district"),
        ("family",),
        simple(DISTRICTS, "family"),
        check=check,
        total={"value": {"family": 5037}, "previous": {"family": 4471}},
    )


def categories() -> Table:
    rows = [
        row(key, uk, en, counts("family", many, before, **({"child": 16} if key.startswith("dv") else {})))
        for key, uk, en, many, before in CATEGORIES
    ]
    return table("R4", ("Категорії отримувачів", "Categories of recipients"), ("family", "child"), rows)


def reasons() -> Table:
    given = (
        ("=HYPERLINK", '=HYPERLINK("x")', "=1+1", 41),
        ("loss_of_work", "+ Втрата роботи", "+ Loss of work", 212),
        ("illness", "- Хвороба", "- Illness", 98),
        ("violence", "@Насильство", "@Violence", 365),
    )
    return table("R5", ("Причини складних життєвих обставин", "Reasons"), ("family",), simple(given, "family"))


def violence(*, hidden: bool) -> Table:
    small = None if hidden else SECRET

    def form(key: str, uk: str, en: str, women: int | None, men: int | None) -> Row:
        inner = [
            row("women", "жінки", "women", counts("person", women, 40 if women else 0)),
            row("men", "чоловіки", "men", counts("person", men, 7)),
        ]
        whole = None if women is None or men is None else women + men
        return row(key, uk, en, counts("person", whole, 47), inner)

    rows = [
        form("physical", "Фізичне", "Physical", 71, 9),
        form("psychological", "Психологічне", "Psychological", 780, 53),
        form("economic", "Економічне", "Economic", small, small),
        form("sexual", "Сексуальне", "Sexual", 0, 0),
    ]
    total = {
        "value": {"person": 915},
        "previous": {"person": 188},
        "year_ago": {"person": 188},
        "year_to_date": {"person": 915},
    }
    return table("R6", ("Домашнє насильство", "Domestic violence"), ("person",), rows, total=total)


def brigade() -> Table:
    def part(key: str, uk: str, en: str, share: int) -> Row:
        inner = simple([(each, uk, en, many // share) for each, uk, en, many in DISTRICTS[:8]], "trip")
        return row(key, uk, en, counts("trip", sum(many // share for *_, many in DISTRICTS[:8])), inner)

    rows = [
        part("emergency_brigade", "Екстрені виїзди", "Emergency trips", 6),
        part("planned_brigade", "Планові виїзди", "Planned trips", 12),
        row("median", "Середня тривалість (медіана)", "Median time to arrival", {"value": {"minute": 48}}),
        row("placed", "Влаштовано до притулку", "Placed", {"value": {"person": 15}}),
    ]
    total = {"value": {"trip": 1002}}
    return table(
        "R7", ("Мобільна бригада", "Mobile brigade"), ("trip", "minute", "person"), rows, total=total, parts=False
    )


def deadlines() -> Table:
    def each(key: str, uk: str, en: str, in_time: int, late: int, open_late: int) -> Row:
        inner = [
            row("in_time", "вчасно", "in time", counts("deadline", in_time, like(in_time))),
            row("late", "із запізненням", "late", counts("deadline", late, like(late))),
            row("open_late", "прострочено", "overdue", counts("deadline", open_late)),
        ]
        return row(key, uk, en, counts("deadline", in_time + late + open_late, like(in_time + late)), inner)

    rows = [
        each("first_human_answer", "Перша відповідь людини", "First human answer", 861, 54, 0),
        each("trip", "Виїзд мобільної бригади впродовж доби", "Trip within a day", 905, 10, 2),
        each("assessment", "Оцінка потреб упродовж п'яти робочих днів", "Assessment in five working days", 322, 46, 9),
        each("plan", "Індивідуальний план", "Individual plan", 298, 71, 14),
    ]
    check = Check(True, Words("запізнилися: 1", "late: 1"), ("К-1122",))
    return table("R8", ("Строки", "Deadlines"), ("deadline",), rows, check=check)


def services() -> Table:
    given = (
        (
            "support_orphan_care_families",
            ("Соціальний супровід сімей, у яких виховуються діти-сироти та діти, позбавлені батьківського піклування"),
            "Support of families with orphans",
            323,
        ),
        ("counselling", "Консультування", "Counselling", 2624),
        ("social_prevention", "Соціальна профілактика", "Prevention", 451),
        ("social_integration", "Соціальна інтеграція", "Integration", 2),
        ("advocacy", "Представництво інтересів", "Advocacy", 1),
        ("emergency_crisis_intervention", "Екстрене (кризове) втручання", "Crisis intervention", 21),
        (
            "support_difficult_circumstances",
            ("Соціальний супровід сімей / осіб, які опинились у складних життєвих обставинах"),
            "Support in difficult circumstances",
            374,
        ),
        ("informing", "Інформування", "Informing", 869),
    )
    rows = [
        row(key, uk, en, counts("family", many * 4 // 5, like(many), person=many, service=many))
        for key, uk, en, many in given
    ]
    return table(
        "R9",
        ("Соціальні послуги", "Services"),
        ("family", "person", "service"),
        rows,
        parts=False,
        total={"value": {"family": 3778, "person": 4174, "service": 4665}},
    )


def flow() -> Table:
    given = (
        ("start", "Було на початок періоду", "At the start", 332),
        ("opened", "Взято під супровід", "Opened", 150),
        ("closed", "Знято із супроводу", "Closed", 128),
        ("end", "Є на кінець періоду", "At the end", 354),
    )
    return table(
        "R10",
        ("Рух соціального супроводу", "Flow of support"),
        ("family",),
        simple(given, "family"),
        parts=False,
        total={},
    )


def outcomes() -> Table:
    given = (
        ("overcome", "Подолано складні життєві обставини", "Overcome", 128),
        ("minimised", "Мінімізовано", "Minimised", 284),
        ("not_achieved", "Не досягнуто", "Not achieved", 85),
    )
    return table("R11", ("Результати супроводу", "Outcomes"), ("family",), simple(given, "family"))


def closings() -> Table:
    given = (
        ("overcome_or_minimised", "Подолано або мінімізовано", "Overcome or minimised", 97),
        ("moved_away", "Виїхали", "Moved away", 19),
        ("declined", "Відмовились", "Declined", 12),
    )
    return table("R12", ("Причини припинення", "Why closed"), ("family",), simple(given, "family"))


def visits() -> Table:
    rows = [
        row(key, uk, en, counts("visit", many, like(many), act=many // 2))
        for key, uk, en, many in (
            ("first", "Перше відвідування", "First visit", 1744),
            ("birth_grant_check", "Використання допомоги при народженні", "Birth grant check", 936),
            ("single_parent_check", "Одинокі матері", "Single parents", 78),
        )
    ]
    return table("R13", ("Відвідування", "Visits"), ("visit", "act"), rows)


def needs() -> Table:
    given = (
        ("psychological", "Психологічна підтримка", "Psychological", 547),
        ("legal", "Правова допомога", "Legal", 120),
        ("humanitarian_aid", "Гуманітарна допомога", "Humanitarian", 104),
    )
    return table("R14", ("Задоволені потреби", "Needs met"), ("family",), simple(given, "family"))


def foster() -> Table:
    rows = [
        row(key, uk, en, counts("family", families, like(families), child=children))
        for key, uk, en, families, children in (
            ("foster_families", "Прийомні сім'ї", "Foster families", 68, 97),
            ("family_type_homes", "Дитячі будинки сімейного типу", "Family-type homes", 11, 85),
            ("guardian_families", "Сім'ї опікунів", "Guardian families", 164, 209),
        )
    ]
    return table("R15", ("Сімейні форми виховання", "Family forms of care"), ("family", "child"), rows, basis="as_of")


def trainings() -> Table:
    rows = [
        row(
            key,
            uk,
            en,
            counts("group", groups, groups, session=groups * 3, hour=groups * 24, invited=people + 30, came=people),
        )
        for key, uk, en, groups, people in (
            ("foster_parents", "Прийомні батьки", "Foster parents", 6, 94),
            ("candidates", "Кандидати в опікуни й усиновлювачі", "Candidates", 3, 37),
            ("mentors", "Кандидати в наставники", "Mentors", 2, 31),
            ("group_events", "Групові заходи", "Group events", 24, 768),
        )
    ]
    units = ("group", "session", "hour", "invited", "came")
    return table("R16", ("Навчання", "Trainings"), units, rows)


def helpline() -> Table:
    given = (
        ("interpersonal", "Міжособистісні проблеми", "Between people", 75),
        ("intrapersonal", ("Внутрішньоособистісні проблеми"), "Within oneself", 133),
        ("family", "Проблеми сім'ї", "Family", 148),
        ("addiction", "Залежності", "Addiction", 37),
        ("health", "Здоров'я", "Health", 51),
        ("hiv_aids", "ВІЛ/СНІД", "HIV/AIDS", 38),
        ("employment", "Зайнятість", "Work", 50),
        ("socio_economic", "Соціально-економічні", "Money", 52),
        ("other", "Інше", "Other", 50),
        ("silent", "Мовчазні дзвінки", "Silent calls", 24),
    )
    return table("R17", ("Телефон довіри", "Helpline"), ("call",), simple(given, "call"))


def day_centre() -> Table:
    rows = [
        row("places", "Місць", "Places", {"value": {"place": 6}}),
        row("rooms", "Цілодобових кімнат", "Rooms", {"value": {"room": 2}}),
        row("police", "Прийшли з поліцією", "With the police", counts("stay", 7, 11)),
        row("in_person", "Прийшли самі", "In person", counts("stay", 19, 14)),
    ]
    return table(
        "R18",
        ("Денний центр", "Day centre"),
        ("stay", "place", "room"),
        rows,
        parts=False,
        total={"value": {"stay": 26}},
    )


def handed_on() -> Table:
    given = (
        ("police", "Поліція", "Police", 61),
        ("child_services", "Служба у справах дітей", "Child services", 44),
        ("legal_aid", "Правова допомога", "Legal aid", 17),
    )
    return table("R19", ("Передано іншим", "Handed on"), ("case",), simple(given, "case"))


def information() -> Table:
    rows = [
        row(key, uk, en, counts("material", many))
        for key, uk, en, many in (
            ("posters", "Плакати", "Posters", 804),
            ("booklets", "Буклети", "Booklets", 2892),
            ("leaflets", "Листівки", "Leaflets", 3293),
            ("cards", "Картки", "Cards", 2966),
        )
    ]
    return table("R20", ("Інформаційна робота", "Information work"), ("material",), rows)


def plan() -> Table:
    given = (("done", "Виконано", "Done", 41), ("not_done", "Не виконано", "Not done", 3))
    return table("R21", ("План роботи", "Plan"), ("item",), simple(given, "item"))


def reconciliation() -> Table:
    rows = [
        row("R1", "Надходження за видами", "What came in, by kind", {"value": {"difference": 0}}),
        row("R3", "Надходження за районами", "What came in, by district", {"value": {"difference": 89}}),
    ]
    note = Words(
        "Надходження за районами: різниця 89\nR3: Не вказано: закрито рядком «не вказано»: 12",
        "What came in, by district: difference 89\nR3: Not stated: closes by “not said”: 12",
    )
    units = ("difference",)
    return table("R22", ("Звірка", "Reconciliation"), units, rows, parts=False, total={}, check=Check(False, note))


def report(language: str = "uk", period: Period = YEAR, *, public: bool = False, **more: Any) -> dict[str, Any]:
    """`public`: one form of violence is hidden."""
    made = Report(
        "dnipro",
        Words("Дніпровський міський центр соціальних служб", "Dnipro city centre of social services"),
        period,
        datetime(2022, 1, 5, 8, 30, tzinfo=UTC),
        tuple(tables(hidden=public)),
        public=public,
        **more,
    )
    return as_json(made, lambda wording: say(wording, language))


def big(rows: int) -> dict[str, Any]:
    """Twenty-two tables with so many rows."""
    given = tuple((f"k{n}", f"Рядок {n} із довгою назвою", f"Row {n}", n * 37) for n in range(rows))
    made = [table(f"R{n}", (f"Таблиця {n}", f"Table {n}"), ("family",), simple(given, "family")) for n in range(1, 23)]
    one = Report("dnipro", Own("Центр"), QUARTER, datetime(2021, 4, 5, tzinfo=UTC), tuple(made))
    return as_json(one, lambda wording: say(wording, "uk"))


def say(wording: Wording, language: str) -> str:
    match wording:
        case Own(text):
            return text
        case Words():
            return wording.uk if language == "uk" else wording.en
        case _:
            raise TypeError(wording)


def extra(language: str = "uk") -> dict[str, Any]:
    prose = {
        "uk": {
            "R3": "Протягом 2021 року до центру надійшли повідомлення щодо 5037 сімей.",
            "R9": "3778 сім'ям та особам надано 4665 соціальних послуг.",
        },
        "en": {"R3": "In 2021 notices of 5037 families came to the centre."},
    }
    city = {"uk": "Дніпро", "en": "Dnipro"}[language]
    signed = {"uk": "Директор центру", "en": "Director of the centre"}[language]
    return {"language": language, "signed_by": signed, "city": city, "prose": prose[language], "edition_of": None}
