"""What her safety needs: contact as she chose, leaving, talk, consents, agreed calls, who may see, erasing."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import ID, flag, key, moment, number, refers, sealed, text

revision = "0002"
down_revision = "0001"


def words(name: str, default: str) -> sa.Column:
    """Text that existing rows get a value for."""
    return sa.Column(name, sa.Text, nullable=False, server_default=default)


def upgrade() -> None:
    contact()
    leaving()
    talk()
    rights()
    sight()
    sealing()


def contact() -> None:
    """Days and hours are codes, not personal words; the code itself is sealed, and only until the sweep (S10)."""
    for column in (words("contact_days", ""), words("contact_hours", ""), words("cover", ""),
                   sealed("code", null=True), sealed("duress_hash", null=True), moment("duress_at", null=True)):
        op.add_column("cases", column)
    op.add_column("links", words("standing", "holds"))
    op.add_column("links", moment("opened_until", null=True))
    op.create_table("tries", sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer, "sqlite"),
                                       sa.ForeignKey("people.id"), primary_key=True),
                    number("wrong", "0"), moment("until", null=True))
    op.create_table("agreed_calls", key(), refers("case_id", "cases"), moment("at"), text("step"), text("state"),
                    number("version", "1"), moment("set_at"), moment("ended_at", null=True))
    op.create_index("agreed_calls_by_case", "agreed_calls", ["case_id"])


def leaving() -> None:
    """A message that is in flight when she leaves is unwanted; a doubt is a send that may have arrived unseen."""
    op.add_column("outbox", flag("unwanted"))
    op.add_column("people", moment("doubt_at", null=True))
    op.create_index("messages_of_branch", "messages", ["person_id"], sqlite_where=sa.text("branch"),
                    postgresql_where=sa.text("branch"))


def talk() -> None:
    """What staff and a resident write to each other about a case, under the case's key."""
    op.create_table("letters", key(), refers("case_id", "cases"), flag("from_staff"),
                    refers("by", "people", null=True), moment("written_at"), sealed("words"),
                    moment("read_at", null=True))
    op.create_index("letters_by_case", "letters", ["case_id"])


def rights() -> None:
    op.create_table("consents", key(), refers("case_id", "cases"), text("kind"), text("version"), text("language"),
                    moment("given_at"), moment("withdrawn_at", null=True))
    op.create_index("consents_by_case", "consents", ["case_id"])
    for column in (moment("withdrawn_at", null=True), moment("erase_at", null=True), moment("erased_at", null=True)):
        op.add_column("cases", column)


def sight() -> None:
    """Who is kept from a case, who looked behind the glass; the chain of the log and its end, if it is cut off."""
    op.create_table("exclusions", key(), refers("case_id", "cases"), text("role", null=True),
                    refers("person_id", "people", null=True), moment("at"))
    op.create_index("exclusions_by_case", "exclusions", ["case_id"])
    op.create_table("glass", key(), refers("case_id", "cases"), refers("asked_by", "people"), text("reason"),
                    moment("asked_at"), refers("allowed_by", "people", null=True), moment("allowed_at", null=True))
    op.create_index("glass_by_case", "glass", ["case_id"])
    op.add_column("audit", sealed("chain", null=True))
    op.create_table("audit_end", sa.Column("id", ID, primary_key=True, autoincrement=False),
                    sa.Column("last_id", ID, nullable=False), sealed("chain"))


def sealing() -> None:
    """By what a master key that wraps nothing any more is known; nothing can be learned from it."""
    op.create_table("retired_masters", sa.Column("mark", sa.LargeBinary, primary_key=True), moment("at"))
