"""All commands together."""

import typer

from bot.run.commands import audit, demo, doctor, init, invite, run, staff, words

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Poruch")
app.command()(demo.demo)
app.command()(init.init)
app.command()(run.run)
app.command()(invite.invite)
app.add_typer(staff.staff, name="staff")
app.add_typer(audit.audit, name="audit")
app.command()(doctor.doctor)
app.add_typer(words.words, name="words")
