"""The last row of the log and its link, so that a log that was cut off is noticed too."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import ID, sealed

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table("audit_end", sa.Column("id", ID, primary_key=True, autoincrement=False),
                    sa.Column("last_id", ID, nullable=False), sealed("chain"))
