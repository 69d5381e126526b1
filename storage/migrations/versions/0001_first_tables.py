"""The first tables: people, what comes in and goes out, drafts, cases, what is due, visits and trainings."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import ID, flag, key, moment, number, refers, sealed, text

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table("keys", key(), text("kind"), sealed("wrapped", null=True), moment("made_at"),
                    moment("destroyed_at", null=True))
    op.create_index("keys_by_hour", "keys", ["kind", "made_at"])

    op.create_table("people", key(), sa.Column("fingerprint", sa.LargeBinary, nullable=False, unique=True),
                    sealed("address"), sealed("name", null=True), text("kind"), text("language"),
                    moment("met_at"), moment("silent_since", null=True))
    op.create_table("roles", key(), refers("person_id", "people"), text("role"), text("district"),
                    moment("granted_at"), moment("ended_at", null=True))
    op.create_index("roles_by_person", "roles", ["person_id"])
    op.create_table("duty", sa.Column("person_id", ID, sa.ForeignKey("people.id"), primary_key=True),
                    flag("on_duty", "1"), moment("since"))
    op.create_table("carers", refers("person_id", "people"), text("audience"), moment("joined_at"),
                    sa.PrimaryKeyConstraint("person_id", "audience"))
    op.create_table("invites", sa.Column("code", sa.LargeBinary, primary_key=True), text("role"), text("scope"),
                    moment("expires_at"), moment("used_at", null=True), refers("used_by", "people", null=True))

    op.create_table("inbox", key(), sa.Column("update_id", sa.BigInteger, nullable=False, unique=True),
                    moment("received_at"), refers("key_id", "keys", null=True), sealed("payload", null=True),
                    number("attempts", "0"), moment("handled_at", null=True), text("fault", null=True))
    op.create_index("inbox_waiting", "inbox", ["id"], sqlite_where=sa.text("handled_at IS NULL"),
                    postgresql_where=sa.text("handled_at IS NULL"))

    op.create_table("outbox", key(), refers("person_id", "people"), number("lane"), text("op"),
                    text("key", null=True), text("state"), moment("not_before"), number("attempts", "0"), number("unanswered", "0"),
                    refers("key_id", "keys", null=True), sealed("payload", null=True), text("guard", null=True),
                    flag("branch"), moment("queued_at"), moment("done_at", null=True), text("error", null=True))
    for name, state, columns in (("queued", "queued", ["lane", "id"]), ("flying", "sending", ["person_id"])):
        op.create_index(f"outbox_{name}", "outbox", columns, sqlite_where=sa.text(f"state = '{state}'"),
                        postgresql_where=sa.text(f"state = '{state}'"))
    op.create_index("outbox_queued_by_person", "outbox", ["person_id", "key"],
                    sqlite_where=sa.text("state = 'queued'"), postgresql_where=sa.text("state = 'queued'"))
    op.create_table("messages", key(), refers("person_id", "people"), text("key", null=True),
                    sa.Column("message_id", sa.BigInteger, nullable=False), flag("ours"), flag("branch"), moment("at"))
    op.create_index("messages_by_key", "messages", ["person_id", "key"])
    op.create_table("marks", sa.Column("name", sa.Text, primary_key=True), moment("at"))

    op.create_table("cases", key(), sa.Column("number", sa.Text, nullable=False, unique=True), refers("key_id", "keys"),
                    text("form"), text("intake"), text("source"), text("reporter"), text("urgency"), text("unit"),
                    number("children", null=True), text("need", null=True), text("category", null=True),
                    text("danger", null=True), text("contact"), text("district"), text("team"), text("state"),
                    flag("branch"), flag("mistaken"), moment("reported_at"), moment("opened_at"),
                    moment("answer_due_at"), refers("claimed_by", "people", null=True),
                    moment("claimed_at", null=True), moment("contacted_at", null=True),
                    moment("closed_at", null=True), text("outcome", null=True), text("closing", null=True),
                    sealed("content"), sealed("code_hash", null=True))
    op.create_index("cases_waiting", "cases", ["team", "answer_due_at"],
                    sqlite_where=sa.text("claimed_by IS NULL AND closed_at IS NULL"),
                    postgresql_where=sa.text("claimed_by IS NULL AND closed_at IS NULL"))
    op.create_index("cases_by_taker", "cases", ["claimed_by"], sqlite_where=sa.text("closed_at IS NULL"),
                    postgresql_where=sa.text("closed_at IS NULL"))
    op.create_table("links", refers("case_id", "cases"), refers("person_id", "people"), text("part"), moment("at"),
                    sa.PrimaryKeyConstraint("case_id", "person_id"))
    op.create_index("links_by_person", "links", ["person_id"])
    op.create_table("history", key(), refers("case_id", "cases"), moment("at"), refers("by", "people", null=True),
                    text("what"), sealed("note", null=True))
    op.create_index("history_by_case", "history", ["case_id"])
    op.create_table("alerts", refers("case_id", "cases"), refers("person_id", "people"), moment("called_at"),
                    moment("declined_at", null=True), sa.PrimaryKeyConstraint("case_id", "person_id"))
    op.create_table("audit", key(), moment("at"), refers("by", "people", null=True), text("action"),
                    refers("case_id", "cases", null=True), text("reason", null=True))

    op.create_table("drafts", key(), refers("person_id", "people"), text("form"), sa.Column("subject_id", ID),
                    refers("case_id", "cases", null=True), refers("key_id", "keys"), sealed("answers"),
                    text("at"), text("language"), moment("touched_at"), moment("expires_at"),
                    sa.UniqueConstraint("person_id", "form"))
    op.create_index("drafts_by_age", "drafts", ["expires_at"])

    op.create_table("due", key(), text("kind"), sa.Column("subject_id", ID, nullable=False),
                    sa.Column("person_id", ID, nullable=False, server_default="0"), number("version", "0"),
                    moment("at"), moment("done_at", null=True),
                    sa.UniqueConstraint("kind", "subject_id", "person_id", "version"))
    op.create_index("due_next", "due", ["at"], sqlite_where=sa.text("done_at IS NULL"),
                    postgresql_where=sa.text("done_at IS NULL"))

    op.create_table("visits", key(), refers("case_id", "cases"), refers("specialist_id", "people"), text("kind"),
                    moment("starts_at"), text("state"), number("version", "1"), text("answer", null=True),
                    moment("planned_at"))
    op.create_index("visits_by_specialist", "visits", ["specialist_id", "starts_at"])
    op.create_index("visits_by_case", "visits", ["case_id"])
    op.create_table("sessions", key(), sealed("content"), text("audience"), moment("starts_at"), number("hours"),
                    number("capacity"), text("state"), number("version", "1"), refers("made_by", "people"),
                    moment("made_at"))
    op.create_table("invitations", refers("session_id", "sessions"), refers("person_id", "people"),
                    text("answer", null=True), moment("invited_at"), moment("answered_at", null=True),
                    sa.PrimaryKeyConstraint("session_id", "person_id"))
    op.create_index("invitations_by_person", "invitations", ["person_id"])
    op.create_table("guide", sa.Column("key", sa.Text, primary_key=True), sealed("content"),
                    sa.Column("verified_on", sa.Date, nullable=True), refers("by", "people", null=True), moment("at"))
