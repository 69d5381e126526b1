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
    """Programmes, groups, credited hours."""


def series() -> None:
    """Rules that recur."""


def plan() -> None:
    """The year's plan."""


def broadcasts() -> None:
    """Broadcasts, and who joined a campaign."""


def quiet() -> None:
    """One's own zone and hours of quiet."""
    for column in (text("zone", null=True), number("quiet_from", null=True), number("quiet_to", null=True)):
        op.add_column("people", column)


def feeds() -> None:
    """Private addresses of calendars."""
