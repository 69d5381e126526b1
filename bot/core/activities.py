"""What the centre does that is no case: events, materials, stays, figures as of a day; and in which table it counts."""

from dataclasses import dataclass
from typing import Final

from bot.core.centre import Words


@dataclass(frozen=True, slots=True)
class Kind:
    """`table`: where it counts. `unit`: what `items` are of it, apart from how often (`count`) and `persons`."""

    words: Words
    table: str
    unit: str = ""


INFORMATION, TRAINING, DAY_CENTRE, CARE, HELPLINE = "R20", "R16", "R18", "R15", "R17"
MATERIALS: Final = {
    "posters": Kind(Words("Плакати", "Posters"), INFORMATION, "material"),
    "booklets": Kind(Words("Буклети", "Booklets"), INFORMATION, "material"),
    "leaflets": Kind(Words("Листівки", "Leaflets"), INFORMATION, "material"),
    "cards": Kind(Words("Візитки", "Cards"), INFORMATION, "material"),
    "materials": Kind(Words("Інші матеріали", "Other materials"), INFORMATION, "material"),
}
MEDIA: Final = {
    "media_appearances": Kind(Words("Виступи у ЗМІ", "Media appearances"), INFORMATION, "material"),
    "web_articles": Kind(Words("Статті в інтернеті", "Articles on the web"), INFORMATION, "material"),
    "social_media": Kind(Words("Дописи в соцмережах", "Posts in social media"), INFORMATION, "material"),
    "media": Kind(Words("Інші виступи й публікації", "Other media"), INFORMATION, "material"),
}
EVENTS: Final = {
    "group_event": Kind(Words("Групові заходи", "Group events"), INFORMATION),
    "campaign": Kind(Words("Акції", "Campaigns"), INFORMATION),
    "lecture": Kind(Words("Лекції та бесіди", "Talks"), INFORMATION),
    "round_table": Kind(Words("Круглі столи", "Round tables"), INFORMATION),
    "court_hearing": Kind(Words("Судові засідання", "Court hearings"), INFORMATION),
    "commission": Kind(Words("Засідання комісій", "Commissions"), INFORMATION),
}
TAUGHT: Final = {
    "foster_in_service": Kind(Words("Навчання прийомних батьків і вихователів", "In-service training"), TRAINING),
    "candidate_preparation": Kind(Words("Підготовка кандидатів", "Preparation of candidates"), TRAINING),
    "burnout_seminar": Kind(Words("Семінари проти вигорання", "Burnout seminars"), TRAINING),
    "mutual_support_group": Kind(Words("Групи взаємопідтримки", "Mutual support groups"), TRAINING),
    "guardian_seminar": Kind(Words("Семінари для опікунів", "Seminars for guardians"), TRAINING),
    "staff_training": Kind(Words("Навчання працівників", "Staff training"), TRAINING),
    "supervision": Kind(Words("Супервізії", "Supervision"), TRAINING),
}
AS_OF: Final = {
    "foster_families": Kind(Words("Прийомні сім'ї", "Foster families"), CARE),
    "family_type_home": Kind(Words("Дитячі будинки сімейного типу", "Family-type homes"), CARE),
    "guardian_families": Kind(Words("Сім'ї опікунів і піклувальників", "Guardian families"), CARE),
    "patronage_families": Kind(Words("Сім'ї патронатних вихователів", "Patronage families"), CARE),
    "mentors": Kind(Words("Наставники", "Mentors"), CARE),
}
"""How many there are on that day: `count` families, `persons` children."""
OTHERS: Final = {
    "food_kits": Kind(Words("Харчові набори", "Food parcels"), INFORMATION),
    "hygiene_kits": Kind(Words("Гігієнічні набори", "Hygiene kits"), INFORMATION),
    "day_centre_stay": Kind(Words("Перебування в денному центрі", "Stays at the day centre"), DAY_CENTRE, "day"),
    "helpline_call": Kind(Words("Дзвінки на телефон довіри", "Calls to the helpline"), HELPLINE),
    "figure": Kind(Words("Показник на дату", "Figure as of a day"), CARE),
}
KINDS: Final = {**MATERIALS, **MEDIA, **EVENTS, **TAUGHT, **AS_OF, **OTHERS}
UNKNOWN: Final = Kind(Words("Інше", "Other"), INFORMATION)


def canonical(kind: str) -> str:
    """The kind as it is counted: `court_hearings` is `court_hearing`; what nobody knows stays what it is."""
    for known in (kind, kind.removesuffix("s"), f"{kind}s", kind.removesuffix("ies") + "y"):
        if known in KINDS:
            return known
    return kind


def of(kind: str) -> Kind:
    """What is not known here counts with the information work, under its own name."""
    return KINDS.get(canonical(kind), UNKNOWN)
