"""What reports need: a register from tables, activities, calls, what a case is counted by, editions."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import ID, key, moment, number, refers, sealed, text

revision = "0005"
down_revision = "0004"


def day(name: str) -> sa.Column:
    """A day of the centre's calendar; empty where nobody knows it."""
    return sa.Column(name, sa.Date, nullable=True)


def upgrade() -> None:
    counted()
    register()
    activities()
    helpline()
    editions()


def counted() -> None:
    """What a case of this bot is counted by and its own forms do not ask: codes, set on the card."""
    for column in ("main_form", "victim_group"):
        op.add_column("cases", text(column, null=True))
    op.create_table("case_codes", key(), refers("case_id", "cases"), text("kind"), text("code"), moment("at"),
                    refers("by", "people", null=True), sa.UniqueConstraint("case_id", "kind", "code"))


def register() -> None:
    """The register of years before and of totals, row by row; lists are codes with `;`, as the table has them.

    `mark` tells a row from every other: its number, or, without one, all of it and which of its equals it is. `whole`
    is of all of it, by which a row under a known number is seen to differ; `was`, of an erased row, is its old mark.
    `register_met`: deadlines that its days show to have ended, each with the day by which it had to.
    """
    op.create_table("register_imports", key(), moment("begun_at"), moment("current_at", null=True))
    op.create_table("register_details", key(), sealed("mark"), sealed("words"), sa.UniqueConstraint("mark"))
    op.create_table(
        "register", key(), refers("import_id", "register_imports"), sealed("mark"), sealed("whole"),
        sealed("was", null=True), sealed("content", null=True), day("registered_on"), text("intake", null=True), text("source", null=True),
        refers("detail_id", "register_details", null=True), text("reporter", null=True), text("unit", null=True),
        number("children", null=True), text("category", null=True), text("circumstances", null=True),
        text("district", null=True), text("team", null=True), text("urgency", null=True),
        text("violence_forms", null=True), text("main_form", null=True), text("victim_group", null=True),
        text("child_role", null=True), text("repeat", null=True), text("services", null=True),
        text("needs_met", null=True), text("outcome", null=True), text("closing", null=True), day("closed_on"),
        text("referred_to", null=True), text("topic", null=True), text("received_at", null=True),
        day("sent_for_decision_on"), day("decided_on"), text("police_notified_at", null=True),
        text("child_services_notified_at", null=True), number("count", "1"),
    )
    op.create_index("register_by_mark", "register", ["mark"])
    op.create_index("register_by_import", "register", ["import_id"])
    op.create_index("register_by_detail", "register", ["detail_id"])
    op.create_table("register_visits", key(), refers("row_id", "register"), text("kind"), day("day"),
                    text("at", null=True))
    op.create_index("register_visits_of_row", "register_visits", ["row_id"])
    op.create_table("register_met", refers("row_id", "register"), text("key"), day("starts_on"), moment("due_at"),
                    moment("met_at"), sa.PrimaryKeyConstraint("row_id", "key"))


def activities() -> None:
    """What is no case: events, materials, stays, figures as of a day. `title_mark`: equal titles have equal marks."""
    op.create_table("activity_imports", key(), moment("begun_at"), moment("current_at", null=True))
    op.create_table("activities", key(), refers("import_id", "activity_imports", null=True), sealed("mark", null=True),
                    day("day"), text("kind"), sealed("title_mark", null=True), sealed("content", null=True),
                    text("district", null=True), text("audience", null=True), number("persons", null=True),
                    number("items", null=True), number("count", "1"), refers("made_by", "people", null=True),
                    moment("made_at"), moment("undone_at", null=True))
    op.create_index("activities_by_day", "activities", ["day"])
    op.create_index("activities_by_mark", "activities", ["mark"])


def helpline() -> None:
    """Calls by topic, and silent ones: a day and a code, never a person, never the minute."""
    op.create_table("helpline", key(), day("day"), text("topic"), refers("noted_by", "people", null=True))
    op.create_index("helpline_by_day", "helpline", ["day"])


def editions() -> None:
    """What was printed, as it was printed; and what somebody asked for in the chat, until it is there."""
    op.create_table("editions", key(), number("edition"), sa.Column("first_day", sa.Date, nullable=False),
                    sa.Column("last_day", sa.Date, nullable=False), sealed("content"), moment("made_at"),
                    sa.Column("made_by", ID, nullable=True),
                    sa.UniqueConstraint("first_day", "last_day", "edition"))
    op.create_table("report_requests", key(), refers("person_id", "people"), sa.Column("first_day", sa.Date, nullable=False),
                    sa.Column("last_day", sa.Date, nullable=False), text("what"), moment("asked_at"), number("attempts", "0"),
                    moment("not_before"), moment("done_at", null=True))
    op.create_index("report_requests_waiting", "report_requests", ["id"], sqlite_where=sa.text("done_at IS NULL"),
                    postgresql_where=sa.text("done_at IS NULL"))
