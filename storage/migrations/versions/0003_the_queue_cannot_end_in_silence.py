"""What the queue needs: leases, clocks and tasks, shifts, the whole card, visits on the way, families that are one."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import ID, flag, key, moment, number, refers, sealed, text

revision = "0003"
down_revision = "0002"
ORDER = [
    *map(sa.text, (
        "(CASE urgency WHEN 'emergency' THEN 0 ELSE 1 END)", "(CASE danger WHEN 'now' THEN 0 ELSE 1 END)",
        "(CASE WHEN returns > 0 THEN 0 ELSE 1 END)", "(CASE weapon WHEN 'yes' THEN 0 ELSE 1 END)",
        "(CASE WHEN children > 0 OR child_role IS NOT NULL THEN 0 ELSE 1 END)", "(CASE WHEN repeat THEN 0 ELSE 1 END)",
        "priority DESC",
    )),
    "answer_due_at", "reported_at", "id",
]
"""As storage/cases.py orders the queue, so that a page of it is read and not sorted."""


def upgrade() -> None:
    queue()
    clocks()
    duty()
    card()
    letters()
    visits()
    family()
    groups()


def queue() -> None:
    """The lease of who has a case; where on the ladder it stands; what its order is made of, which are codes.

    `rung` counts the steps of the ladder that were taken since the case waits anew (`waits_since`).
    """
    for column in (moment("waits_since", null=True), moment("lease_until", null=True), moment("held_since", null=True),
                   number("held_seconds", "0"), flag("extended"), number("returns", "0"), number("rung", "0"), number("priority", "0"),
                   text("ladder", null=True), text("weapon", null=True), flag("repeat"), text("child_role", null=True)):
        op.add_column("cases", column)
    op.create_table("pushes", key(), refers("person_id", "people"), moment("at"))
    op.create_index("pushes_by_person", "pushes", ["person_id", "at"])
    op.add_column("people", text("day_mark", null=True))
    op.create_table("alarms", key(), text("district"), moment("started_at"), refers("started_by", "people", null=True),
                    moment("ended_at", null=True))
    op.create_table("signals", key(), text("reason"), moment("not_before"), number("attempts", "0"),
                    moment("queued_at"), moment("done_at", null=True))
    op.drop_index("cases_by_taker", "cases")
    for name, table, columns, where in (
        ("cases_of_taker", "cases", ["claimed_by", *ORDER], "closed_at IS NULL"),
        ("cases_leased", "cases", ["claimed_by", "lease_until"], "lease_until IS NOT NULL AND closed_at IS NULL"),
        ("exclusions_of_person", "exclusions", ["person_id", "case_id"], "person_id IS NOT NULL"),
        ("exclusions_of_role", "exclusions", ["role", "case_id"], "role IS NOT NULL"),
        ("letters_unread", "letters", ["case_id"], "read_at IS NULL AND NOT from_staff"),
        ("cases_to_erase", "cases", ["closed_at"], "closed_at IS NOT NULL AND erased_at IS NULL"),
        ("cases_erased", "cases", ["erased_at"], "erased_at IS NOT NULL"),
        ("due_done", "due", ["done_at"], "done_at IS NOT NULL"),
        ("outbox_unknown", "outbox", ["person_id", "key"], "state = 'unknown'"),
    ):
        op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
    op.create_index("signals_waiting", "signals", ["id"], sqlite_where=sa.text("done_at IS NULL"),
                    postgresql_where=sa.text("done_at IS NULL"))


def clocks() -> None:
    """A deadline is a row with its basis in the profile; a task is for a named person, until that person says done."""
    op.create_table("deadlines", key(), refers("case_id", "cases"), text("key"), moment("starts_at"),
                    moment("due_at"), text("body", null=True), moment("sent_at", null=True),
                    moment("met_at", null=True), moment("missed_at", null=True), moment("dropped_at", null=True),
                    sa.UniqueConstraint("case_id", "key", "starts_at"))
    op.create_index("history_by_person", "history", ["by", "at"])
    op.create_index("deadlines_open", "deadlines", ["due_at"],
                    sqlite_where=sa.text("met_at IS NULL AND dropped_at IS NULL"),
                    postgresql_where=sa.text("met_at IS NULL AND dropped_at IS NULL"))
    op.create_table("tasks", key(), refers("case_id", "cases", null=True), refers("person_id", "people"), text("kind"),
                    refers("deadline_id", "deadlines", null=True), moment("due_at"), moment("made_at"),
                    moment("done_at", null=True), refers("done_by", "people", null=True), number("version", "1"),
                    sealed("note", null=True))
    for name, column in (("person", "person_id"), ("case", "case_id")):
        op.create_index(f"tasks_by_{name}", "tasks", [column, "due_at"], sqlite_where=sa.text("done_at IS NULL"),
                        postgresql_where=sa.text("done_at IS NULL"))


def duty() -> None:
    """Minutes of the centre's day; an end beyond 1440 is on the next. A team that is not named is every one of hers."""
    op.create_table("shifts", key(), refers("person_id", "people"), text("team"), number("weekday"), number("starts"),
                    number("ends"))
    op.create_index("shifts_by_person", "shifts", ["person_id"])
    op.create_table("shift_days", key(), refers("person_id", "people"), text("team"),
                    sa.Column("day", sa.Date, nullable=False), flag("off"), number("starts"), number("ends"))
    op.create_index("shift_days_by_person", "shift_days", ["person_id", "day"])
    op.create_table("leaves", key(), refers("person_id", "people"), sa.Column("first_day", sa.Date, nullable=False),
                    sa.Column("last_day", sa.Date, nullable=False), moment("ended_at", null=True))
    op.create_index("leaves_by_person", "leaves", ["person_id"])
    op.add_column("duty", sa.Column("teams", sa.Text, nullable=False, server_default=""))
    op.add_column("duty", moment("until", null=True))


def card() -> None:
    """What was done and who belongs to the case; names of a household are sealed, services and needs are codes."""
    op.create_table("services", key(), refers("case_id", "cases"), text("service"), number("count", "1"),
                    moment("given_at"), refers("by", "people", null=True))
    op.create_table("needs_met", key(), refers("case_id", "cases"), text("need"), moment("met_at"),
                    refers("by", "people", null=True))
    op.create_table("referrals", key(), refers("case_id", "cases"), text("body"), moment("made_at"),
                    moment("sent_at", null=True), refers("by", "people", null=True), sealed("words", null=True))
    op.create_table("household", key(), refers("case_id", "cases"), text("kind"), sealed("content"), moment("at"))
    op.create_table("papers", key(), refers("case_id", "cases"), text("paper"), moment("received_at"),
                    refers("by", "people", null=True))
    for table in ("services", "needs_met", "referrals", "household", "papers"):
        op.create_index(f"{table}_by_case", table, ["case_id"])


def letters() -> None:
    """From which account, as long as no specialist has said that it is hers; 0 when it is not."""
    op.add_column("letters", sa.Column("unchecked_by", ID, nullable=True))


def visits() -> None:
    """On the way, inside, out; out by when; what came of it, and the number of the act, which is sealed."""
    for column in (moment("on_way_at", null=True), moment("inside_at", null=True), moment("out_due_at", null=True),
                   moment("out_at", null=True), sealed("act_no", null=True), text("reason_not_held", null=True),
                   number("attempt", "1"), flag("escort")):
        op.add_column("visits", column)
    op.create_index("visits_under_way", "visits", ["specialist_id"],
                    sqlite_where=sa.text("on_way_at IS NOT NULL AND out_at IS NULL"),
                    postgresql_where=sa.text("on_way_at IS NOT NULL AND out_at IS NULL"))


def family() -> None:
    """Blind indexes of what was told: equal marks mean equal words, and nobody can read either.

    `before`: codes, numbers and moments from which parting brings back what joining changed.
    """
    op.create_table("blind", refers("case_id", "cases"), text("kind"), sa.Column("mark", sa.LargeBinary, nullable=False),
                    sa.PrimaryKeyConstraint("case_id", "kind", "mark"))
    op.create_index("blind_by_mark", "blind", ["mark"])
    op.create_table("likenesses", sa.Column("first_id", ID, sa.ForeignKey("cases.id"), nullable=False),
                    sa.Column("second_id", ID, sa.ForeignKey("cases.id"), nullable=False), text("kinds"),
                    text("state"), moment("at"), refers("by", "people", null=True), text("before", null=True),
                    sa.PrimaryKeyConstraint("first_id", "second_id"))
    op.create_index("likenesses_by_second", "likenesses", ["second_id"])
    op.add_column("cases", sa.Column("joined_to", ID, nullable=True))
    op.create_index("cases_joined", "cases", ["joined_to"], sqlite_where=sa.text("joined_to IS NOT NULL"),
                    postgresql_where=sa.text("joined_to IS NOT NULL"))


def groups() -> None:
    """Chats of teams that somebody with the right asked the bot into."""
    op.create_table("groups", sa.Column("person_id", ID, sa.ForeignKey("people.id"), primary_key=True), text("team"),
                    text("district"), moment("joined_at"), moment("left_at", null=True))
