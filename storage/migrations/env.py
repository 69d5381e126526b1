"""Alembic's entrance: it is given an open connection by storage.schema and nothing else."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
