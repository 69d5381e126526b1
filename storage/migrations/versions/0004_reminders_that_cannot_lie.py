"""What reminders need: learners and their seats, programmes, rules that recur, the year's plan, broadcasts, feeds."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import ID, flag, key, moment, number, refers, sealed, text

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    reminders()
    learners()
    sessions()
    programmes()
    series()
    plan()
    broadcasts()
    quiet()
    feeds()


def reminders() -> None:
    """For which moment a row was planned that has been put off; whom nothing could be said in time."""
    op.add_column("due", moment("planned_for", null=True))
    op.create_table("unreminded", key(), text("subject"), sa.Column("subject_id", ID, nullable=False),
                    refers("person_id", "people"), text("kind"), moment("at"),
                    sa.UniqueConstraint("subject", "subject_id", "person_id", "kind"))
    op.add_column("tasks", sa.Column("session_id", ID, nullable=True))


def learners() -> None:
    """A carer as far as trainings go. Two who share a phone are two; who was invited before is one, without a name."""
    op.create_table("learners", key(), refers("person_id", "people"), sealed("name", null=True), moment("joined_at"),
                    moment("left_at", null=True))
    op.create_index("learners_by_person", "learners", ["person_id"])
    op.execute("INSERT INTO learners (person_id, joined_at) SELECT person_id, min(joined_at) FROM ("
               "SELECT person_id, joined_at FROM carers UNION ALL SELECT person_id, invited_at FROM invitations) AS known "
               "GROUP BY person_id")
    op.create_table("seats", key(), refers("session_id", "sessions"), refers("learner_id", "learners"),
                    refers("person_id", "people"), text("answer", null=True), text("reason", null=True),
                    moment("invited_at"), moment("answered_at", null=True), moment("waits_since", null=True),
                    moment("offered_until", null=True), moment("asked_at", null=True), moment("warned_at", null=True),
                    moment("confirmed_at", null=True), text("came", null=True), moment("came_at", null=True),
                    text("via", null=True), number("version", "1"), sa.UniqueConstraint("session_id", "learner_id"))
    op.create_index("seats_by_person", "seats", ["person_id"])
    op.create_index("seats_by_learner", "seats", ["learner_id"])
    op.create_index("seats_by_phone", "seats", ["session_id", "person_id"])
    op.create_index("seats_by_answer", "seats", ["session_id", "answer"])
    op.create_index("seats_waiting", "seats", ["session_id", "waits_since", "id"],
                    sqlite_where=sa.text("answer = 'wait'"), postgresql_where=sa.text("answer = 'wait'"))
    op.execute("INSERT INTO seats (session_id, learner_id, person_id, answer, invited_at, answered_at) "
               "SELECT session_id, learners.id, invitations.person_id, answer, invited_at, answered_at "
               "FROM invitations JOIN learners ON learners.person_id = invitations.person_id")
    op.drop_table("invitations")


def sessions() -> None:
    """What a session is of, who holds it, and that it was held; `content` also has its link."""
    for column in (text("kind", null=True), sa.Column("trainer_id", ID, nullable=True), text("district", null=True),
                   sa.Column("makes_up_for", ID, nullable=True), moment("held_at", null=True)):
        op.add_column("sessions", column)
    # Of what is over nobody was ever asked who came.
    op.execute("UPDATE sessions SET state = 'held', held_at = starts_at "
               "WHERE state = 'planned' AND starts_at < CURRENT_TIMESTAMP")


def programmes() -> None:
    """Programmes, groups, credited hours; sessions that came from a table of the years before."""
    op.create_table("programmes", key(), sealed("content"), text("kind"), text("audience"), number("hours"),
                    sa.Column("approved_on", sa.Date, nullable=True), sa.Column("valid_until", sa.Date, nullable=True),
                    sa.Column("import_id", ID, nullable=True), refers("made_by", "people", null=True),
                    moment("made_at"), moment("closed_at", null=True))
    op.create_table("study_groups", key(), refers("programme_id", "programmes"), sealed("content"), moment("made_at"))
    op.create_table("members", refers("group_id", "study_groups"), refers("learner_id", "learners"), moment("joined_at"),
                    sa.PrimaryKeyConstraint("group_id", "learner_id"))
    for column in ("programme_id", "group_id", "series_of"):
        op.add_column("sessions", sa.Column(column, ID, nullable=True))
    op.create_index("sessions_by_programme", "sessions", ["programme_id"])
    op.create_table("credits", key(), refers("learner_id", "learners", null=True),
                    refers("session_id", "sessions", null=True), number("hours"), sa.Column("earned_on", sa.Date, nullable=False),
                    sealed("certificate", null=True), sealed("note", null=True), text("source"),
                    sa.Column("made_by", ID, nullable=True), moment("made_at"), moment("undone_at", null=True),
                    sa.UniqueConstraint("learner_id", "session_id"))
    op.create_index("credits_by_session", "credits", ["session_id"])
    op.create_table("certificate_years", sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
                    number("last"))
    op.create_table("training_imports", key(), moment("begun_at"), moment("current_at", null=True))
    op.create_table("imported_sessions", key(), refers("import_id", "training_imports"), sealed("mark"), sealed("content"),
                    sa.Column("programme_id", ID, nullable=True), text("audience"), moment("starts_at"), number("hours"),
                    number("capacity", null=True), number("invited", null=True), number("came", null=True),
                    number("certificates", null=True), sa.Column("session_id", ID, nullable=True))
    op.create_index("imported_by_mark", "imported_sessions", ["mark"])


def series() -> None:
    """Rules that recur; of each the days that differ; and of which of them a visit is, on which of its own days."""
    op.create_table("series", key(), text("subject"), sa.Column("subject_id", ID, nullable=False),
                    refers("person_id", "people", null=True), text("kind", null=True), sealed("content", null=True),
                    text("pattern"), text("rule"), sa.Column("first_day", sa.Date, nullable=False), text("clock"), text("zone"),
                    sa.Column("last_day", sa.Date), number("times", null=True), text("shift"), sa.Column("pause_from", sa.Date),
                    sa.Column("pause_to", sa.Date), moment("made_at"), moment("made_until", null=True), moment("ended_at", null=True))
    op.create_index("series_by_subject", "series", ["subject", "subject_id"])
    op.create_table("series_days", refers("series_id", "series"), sa.Column("day", sa.Date, nullable=False), text("kind"),
                    sa.PrimaryKeyConstraint("series_id", "day"))
    op.add_column("visits", sa.Column("series_id", ID))
    op.add_column("visits", sa.Column("series_day", sa.Date))
    op.create_index("visits_of_series", "visits", ["series_id", "series_day"], unique=True)


def plan() -> None:
    """The year's plan: imports, rows of each import, what an item is over all of them, and what came of it."""
    op.create_table("plan_imports", key(), number("year"), moment("begun_at"), moment("current_at", null=True))
    op.create_index("plan_imports_by_year", "plan_imports", ["year"])
    op.create_table("plan_items", key(), number("year"), text("item"), sa.UniqueConstraint("year", "item"))
    op.create_table("plan_rows", key(), refers("import_id", "plan_imports"), refers("item_id", "plan_items"),
                    text("kind"), text("periodicity"), text("days"), text("roles"), sealed("content"),
                    sa.UniqueConstraint("import_id", "item_id"))
    op.create_index("plan_rows_by_item", "plan_rows", ["item_id"])
    op.create_table("plan_marks", key(), refers("item_id", "plan_items"), text("kind"),
                    sa.Column("day", sa.Date, nullable=True), text("state"), number("amount", "1"),
                    sealed("note", null=True), refers("made_by", "people"), moment("made_at"),
                    refers("settled_by", "people", null=True), moment("settled_at", null=True),
                    moment("undone_at", null=True))
    op.create_index("plan_marks_by_item", "plan_marks", ["item_id"])
    op.create_index("plan_marks_once", "plan_marks", ["item_id", "day"], unique=True,
                    sqlite_where=sa.text("kind = 'date' AND undone_at IS NULL"),
                    postgresql_where=sa.text("kind = 'date' AND undone_at IS NULL"))


def broadcasts() -> None:
    """Broadcasts, and who joined a campaign; what is held until the morning costs the sender nothing meanwhile."""
    op.drop_index("outbox_queued")
    for name, columns in (("queued", ["lane", "id", "not_before"]), ("held", ["not_before"])):
        op.create_index(f"outbox_{name}", "outbox", columns, sqlite_where=sa.text("state = 'queued'"),
                        postgresql_where=sa.text("state = 'queued'"))
    op.create_table("subscribers", refers("person_id", "people"), text("campaign"), moment("joined_at"),
                    sa.PrimaryKeyConstraint("person_id", "campaign"))
    op.create_index("subscribers_by_campaign", "subscribers", ["campaign"])
    op.create_table("broadcasts", key(), text("audience"), flag("campaign"), sealed("content"), text("state"),
                    moment("at", null=True), refers("made_by", "people"), moment("made_at"),
                    moment("began_at", null=True), moment("ended_at", null=True), number("shown", "-1"),
                    number("sent", "0"), number("failed", "0"), number("unreachable", "0"), number("stopped", "0"))
    op.create_table("broadcast_people", refers("broadcast_id", "broadcasts"), refers("person_id", "people"), text("state"),
                    sa.PrimaryKeyConstraint("broadcast_id", "person_id"))
    op.create_index("broadcast_people_by_state", "broadcast_people", ["broadcast_id", "state", "person_id"])
    op.create_index("broadcast_people_by_person", "broadcast_people", ["person_id"])


def quiet() -> None:
    """One's own zone and hours of quiet."""
    for column in (text("zone", null=True), number("quiet_from", null=True), number("quiet_to", null=True)):
        op.add_column("people", column)


def feeds() -> None:
    """Private addresses of calendars: a fingerprint, one a person."""
    op.create_table("feeds", key(), refers("person_id", "people"), sealed("mark"), moment("made_at"),
                    sa.UniqueConstraint("person_id"), sa.UniqueConstraint("mark"))
