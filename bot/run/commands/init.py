"""`init`: key, database, checks."""

from bot.run import settings
from bot.run.commands import doctor, session
from storage import schema


def init() -> None:
    """Makes what is missing: the key file, the data folder, the database. Nothing that is there is touched."""
    with session.plainly():
        given = settings.read()
        session.make_key(given)
        given.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        settings.master_keys(given)
        made = schema.prepare(given.database)
        print(f"{given.database}: {'made' if made else 'is there'}")
        doctor.report(given)
