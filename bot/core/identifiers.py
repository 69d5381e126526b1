"""What the shared identifiers are called, in both languages: rows of reports that a centre's own lists do not name."""

from collections.abc import Mapping
from typing import Final

from bot.core.centre import EVERY_NEED, EVERY_TOPIC, MOBILE_BRIGADE, UNKNOWN, Words

INTAKE: Final = {
    "self_referral": Words("Самозвернення", "Self-referrals"),
    "appeal": Words("Звернення", "Appeals"),
    "subject_notification": Words("Повідомлення суб'єктів соціальної роботи", "Notifications from other bodies"),
    "found_by_specialist": Words("Виявлено фахівцями", "Found by specialists"),
}
SOURCES: Final = {
    "citizen": Words("Громадяни", "Citizens"),
    "education_school": Words("Заклади загальної середньої освіти", "Schools"),
    "education_vocational_higher": Words(
        "Заклади професійної та вищої освіти", "Vocational schools, colleges, universities"
    ),
    "education_department": Words("Управління освіти", "Education department"),
    "council_appeals": Words("Звернення через міську раду", "Appeals through the city council"),
    "child_services": Words("Служба у справах дітей", "Child services"),
    "social_protection": Words("Органи соціального захисту", "Social protection offices"),
    "health": Words("Заклади охорони здоров'я", "Health care"),
    "police": Words("Національна поліція", "Police"),
    "probation": Words("Органи пробації", "Probation service"),
    "penal_institution": Words("Установи виконання покарань", "Penal institutions"),
    "family_youth_sport": Words("Підрозділ сім'ї, молоді та спорту", "Family, youth and sport office"),
    "hotline_1547": Words("Урядова лінія 15-47", "Government line 15-47"),
    "emergency_112": Words("Служба 112", "Service 112"),
    "centre_itself": Words("Центр (виявлено самостійно)", "The centre itself"),
    "mobile_brigade": Words("Мобільна бригада", "Mobile brigade"),
    "other": Words("Інші", "Others"),
}
REPORTERS: Final = {
    "self": Words("Сама особа", "The person"),
    "legal_representative": Words("Законний представник", "Legal representative"),
    "third_person": Words("Інша особа", "Somebody else"),
    "other_body": Words("Інший суб'єкт соціальної роботи", "Another body"),
}
FAMILY_OR_PERSON: Final = {"family": Words("Сім'я", "Family"), "person": Words("Особа", "Person")}
URGENCIES: Final = {
    "emergency": Words("Екстрені", "Emergency"),
    "planned": Words("Планові", "Planned"),
    "info": Words("Інформаційні", "For information"),
}
CATEGORIES: Final = {
    "dv_survivors": Words("Постраждалі від домашнього насильства", "Survivors of domestic violence"),
    "single_mothers": Words("Одинокі матері", "Single mothers"),
    "conflict_idp": Words("Постраждалі від збройних конфліктів (АТО, ВПО)", "War-affected (ATO, displaced)"),
    "parental_neglect": Words(
        "Сім'ї, де батьки ухиляються від виховання дітей", "Families where parents neglect their duties"
    ),
    "conflict_with_law": Words("Сім'ї, де є конфлікт із законом", "Families in conflict with the law"),
    "substance_dependence": Words("Сім'ї, де є алко- чи наркозалежні", "Families with substance dependence"),
    "sick_child_carer": Words("Сім'ї, де доглядають за хворою дитиною", "Carers of a sick child"),
    "disability": Words("Сім'ї, де є особи з інвалідністю", "Families with disability"),
    "guardian_families": Words("Сім'ї опікунів і піклувальників", "Guardian families"),
    "foster_families": Words("Прийомні сім'ї", "Foster families"),
    "family_type_home": Words("Дитячі будинки сімейного типу", "Family-type homes"),
    "care_leavers": Words("Особи з числа дітей-сиріт", "Care leavers"),
    "labour_migrants": Words("Сім'ї трудових мігрантів", "Labour migrants' families"),
    "roma_families": Words("Ромські сім'ї", "Roma families"),
    "large_families": Words("Багатодітні сім'ї", "Large families"),
    "birth_grant_check": Words("Перевірка коштів при народженні дитини", "Birth grant checks"),
    "covid_appeals": Words("Звернення у зв'язку з COVID-19", "Appeals because of COVID-19"),
    "divorce_conflict": Words("Сім'ї, де є конфлікт через розлучення", "Families in conflict over a divorce"),
    "low_income": Words("Малозабезпечені сім'ї", "Low-income families"),
    "ato_participants": Words("Сім'ї учасників АТО/ООС", "Families of ATO/JFO participants"),
    "idp": Words("Внутрішньо переміщені особи", "Internally displaced people"),
    "fallen_defender_families": Words("Сім'ї загиблих захисників", "Families of fallen defenders"),
    "released_from_prison": Words("Звільнені з місць позбавлення волі", "People released from prison"),
    "minors_in_conflict_with_law": Words("Неповнолітні в конфлікті із законом", "Minors in conflict with the law"),
    "newborn_refusal": Words("Намір відмовитися від новонародженої дитини", "Intention to give up a newborn"),
    "hiv_families": Words("Сім'ї, що живуть із ВІЛ", "Families living with HIV"),
    "military_families": Words("Сім'ї військовослужбовців", "Military families"),
    "patronage_families": Words("Сім'ї патронатних вихователів", "Patronage families"),
}
CIRCUMSTANCES: Final = {
    "fallen_veteran_family": Words("Втрата: сім'я загиблого ветерана", "Loss: family of a fallen veteran"),
    "unemployment": Words("Безробіття", "Unemployment"),
    "disability_or_treatment": Words("Інвалідність або тривале лікування", "Disability or long treatment"),
    "idp_war_affected": Words("Переміщення, наслідки війни", "Displacement, effects of the war"),
    "orphanhood_risk": Words("Сирітство або його ризик", "Orphanhood or a risk of it"),
    "parental_neglect": Words("Ухилення батьків від своїх обов'язків", "Parents neglect their duties"),
    "conflict_with_law": Words("Конфлікт із законом", "Conflict with the law"),
    "violence": Words("Насильство", "Violence"),
    "family_relations": Words("Стосунки в сім'ї", "Family relations"),
    "former_boarding_children": Words("Діти, які повернулися з інтернатів", "Children back from boarding schools"),
    "low_parenting_capacity": Words("Низький виховний потенціал", "Low parenting capacity"),
    "housing_or_material_hardship": Words("Житлові чи матеріальні труднощі", "Housing or material hardship"),
    "divorce": Words("Розлучення", "Divorce"),
    "newborn_refusal_risk": Words("Ризик відмови від новонародженої дитини", "Risk of giving up a newborn"),
    "removal_risk": Words("Ризик вилучення дитини із сім'ї", "Risk of a child's removal"),
}
VIOLENCE: Final = {
    "physical": Words("Фізичне", "Physical"),
    "psychological": Words("Психологічне", "Psychological"),
    "economic": Words("Економічне", "Economic"),
    "sexual": Words("Сексуальне", "Sexual"),
}
VICTIM_GROUPS: Final = {
    "woman": Words("Жінки", "Women"),
    "man": Words("Чоловіки", "Men"),
    "child": Words("Діти", "Children"),
}
CHILD_ROLES: Final = {
    "victim": Words("Діти постраждалі", "Children who were hurt"),
    "witness": Words("Діти-свідки", "Children who saw it"),
}
SERVICES: Final = {
    "informing": Words("Інформування", "Informing"),
    "counselling": Words("Консультування", "Counselling"),
    "online_counselling": Words("Онлайн-консультування", "Online counselling"),
    "mediation": Words("Посередництво (медіація)", "Mediation"),
    "advocacy": Words("Представництво інтересів", "Advocacy"),
    "social_prevention": Words("Соціальна профілактика", "Social prevention"),
    "social_adaptation": Words("Соціальна адаптація", "Social adaptation"),
    "social_integration": Words("Соціальна інтеграція та реінтеграція", "Social integration"),
    "crisis_intervention": Words("Екстрене (кризове) втручання", "Crisis intervention"),
    "support_sjo": Words(
        "Соціальний супровід сімей та осіб у складних життєвих обставинах",
        "Support of families and persons in hard circumstances",
    ),
    "support_orphan_care": Words(
        "Соціальний супровід сімей, у яких виховуються діти-сироти", "Support of families raising orphans"
    ),
    "in_kind_aid": Words("Натуральна допомога", "Help in kind"),
    "shelter": Words("Надання притулку", "Shelter"),
    "residential_assessment": Words(
        "Комплексна оцінка потреб зі стаціонарним перебуванням", "Assessment with a residential stay"
    ),
    "psychological_help": Words("Психологічна допомога", "Psychological help"),
    "legal_help": Words("Юридична допомога", "Legal help"),
    "inclusive_support": Words("Супровід під час інклюзивного навчання", "Support in inclusive education"),
    "mentoring": Words("Наставництво", "Mentoring"),
    "patronage": Words("Патронат над дитиною", "Patronage"),
}
VISITS: Final = {
    "emergency_brigade": Words("Екстрені виїзди мобільної бригади", "Emergency trips of the brigade"),
    "planned_brigade": Words("Планові виїзди мобільної бригади", "Planned trips of the brigade"),
    "first_home_visit": Words("Перші відвідування вдома", "First visits at home"),
    "needs_assessment": Words("Оцінки потреб", "Assessments of needs"),
    "social_inspection": Words("Соціальні інспектування", "Social inspections"),
    "support_visit": Words("Відвідування під час супроводу", "Visits during support"),
    "joint_visit": Words("Спільні відвідування", "Joint visits"),
    "birth_grant_check": Words("Перевірки коштів при народженні дитини", "Birth grant checks"),
    "single_parent_check": Words("Перевірки одиноких матерів і батьків", "Checks of single parents"),
    "custody_assessment": Words("Оцінки для спорів про виховання дитини", "Assessments in custody disputes"),
    "idp_child_status": Words(
        "Оцінки для статусу дитини, яка постраждала від війни", "Assessments for a child's war-affected status"
    ),
    "idp_residence_check": Words("Перевірки місця проживання переселенців", "Checks of displaced people's residence"),
    "foster_visit": Words("Відвідування прийомних родин", "Visits to foster families"),
    "released_prisoner_visit": Words("Відвідування звільнених з ув'язнення", "Visits to people released from prison"),
}
OUTCOMES: Final = {
    "overcome": Words("Подолано складні життєві обставини", "Hard circumstances overcome"),
    "minimised": Words("Мінімізовано складні життєві обставини", "Hard circumstances reduced"),
    "not_achieved": Words("Не досягнуто результату", "No result"),
    "in_progress": Words("Робота триває", "In progress"),
}
CLOSINGS: Final = {
    "overcome_or_minimised": Words("Обставини подолано чи мінімізовано", "Circumstances overcome or reduced"),
    "contract_not_met": Words("Умови договору не виконано", "Contract not kept"),
    "crime": Words("Вчинено злочин", "A crime was committed"),
    "died": Words("Смерть отримувача", "The person died"),
    "moved_away": Words("Зміна місця проживання", "Moved away"),
    "contract_expired": Words("Закінчився строк договору", "Contract has ended"),
    "declined": Words("Відмова отримувача", "The person declined"),
    "not_confirmed": Words("Обставини не підтвердилися", "Not confirmed"),
    "transferred": Words("Передано іншому надавачу", "Passed on to another provider"),
    "duplicate": Words("Повторний запис", "Entered twice"),
}
NEEDS_MET: Final = {need.key: need.name for need in EVERY_NEED}
TOPICS: Final = {topic.key: topic.name for topic in EVERY_TOPIC}
ENTRY_ROUTES: Final = {
    "phone": Words("За телефоном", "By phone"),
    "in_person": Words("Особисте звернення", "In person"),
    "brigade": Words("Через мобільну бригаду", "With the brigade"),
    "police": Words("Через поліцію", "With the police"),
}
AUDIENCES: Final = {
    "foster_parents": Words("Прийомні батьки", "Foster parents"),
    "family_type_home": Words("Батьки-вихователі ДБСТ", "Family-type home parents"),
    "guardians": Words("Опікуни та піклувальники", "Guardians"),
    "patronage_carers": Words("Патронатні вихователі", "Patronage carers"),
    "mentors": Words("Наставники", "Mentors"),
    "candidates": Words("Кандидати", "Candidates"),
}
TEAMS: Final = {
    "brigade": Words("Мобільна бригада", "Mobile brigade"),
    "district_specialists": Words("Фахівці із соціальної роботи", "Social work specialists"),
    "psychologist": Words("Психологи", "Psychologists"),
    "foster_care": Words("Сімейні форми виховання", "Foster care"),
    "lawyer": Words("Юристи", "Lawyers"),
}
DEADLINES: Final = {
    "brigade_urgent_help": Words("Термінова допомога мобільної бригади", "Urgent help of the brigade"),
    "needs_assessment": Words("Оцінка потреб", "Assessment of needs"),
    "service_decision": Words("Рішення про надання послуг", "Decision on services"),
    "service_decision_emergency": Words("Рішення про надання послуг, екстрено", "Decision on services, emergency"),
    "decision_notice": Words("Повідомлення про рішення", "Notice of the decision"),
    "notify_police": Words("Повідомлення поліції", "Notice to the police"),
    "notify_child_services": Words("Повідомлення служби у справах дітей", "Notice to child services"),
    "child_safety_assessment": Words("Оцінка безпеки дитини", "Assessment of a child's safety"),
    "privacy_request": Words("Відповідь на прохання про дані", "Answer to a request about data"),
    "first_human_answer": Words("Перша відповідь людини", "First human answer"),
    "first_human_answer_emergency": Words("Перша відповідь людини, екстрено", "First human answer, emergency"),
    "carer_training": Words("Навчання опікунів і прийомних батьків", "Training of carers"),
}
PLACES: Final = {MOBILE_BRIGADE: SOURCES[MOBILE_BRIGADE], UNKNOWN: Words("Не вказано", "Not said")}
"""Rows of a table by district that are no district of anybody's."""

EVERY: Final[Mapping[str, Mapping[str, Words]]] = {
    "intake": INTAKE,
    "sources": SOURCES,
    "reporters": REPORTERS,
    "family_or_person": FAMILY_OR_PERSON,
    "urgencies": URGENCIES,
    "categories": CATEGORIES,
    "circumstances": CIRCUMSTANCES,
    "violence": VIOLENCE,
    "victim_groups": VICTIM_GROUPS,
    "child_roles": CHILD_ROLES,
    "services": SERVICES,
    "visits": VISITS,
    "outcomes": OUTCOMES,
    "closings": CLOSINGS,
    "needs_met": NEEDS_MET,
    "topics": TOPICS,
    "entry_routes": ENTRY_ROUTES,
    "audiences": AUDIENCES,
    "deadlines": DEADLINES,
}
"""By the name, in small letters, of the list in bot/core/centre.py."""
