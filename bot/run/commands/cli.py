"""All commands together."""

import typer

from bot.run.commands import (
    activities,
    audit,
    backup,
    cases,
    demo,
    doctor,
    duty,
    erase,
    init,
    invite,
    keys,
    plan,
    report,
    restore,
    retention,
    routes,
    run,
    staff,
    trainings,
    watch,
    words,
)

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Poruch")
app.command()(demo.demo)
app.command()(init.init)
app.command()(run.run)
app.command()(invite.invite)
app.add_typer(staff.staff, name="staff")
app.add_typer(audit.audit, name="audit")
app.command()(doctor.doctor)
app.command()(backup.backup)
app.command()(restore.restore)
app.add_typer(keys.keys, name="keys")
app.command()(erase.erase)
app.command()(retention.retention)
app.command()(watch.watch)
app.add_typer(words.words, name="words")
app.add_typer(routes.routes, name="routes")
app.add_typer(duty.duty, name="duty")
app.add_typer(plan.plan, name="plan")
app.add_typer(trainings.trainings, name="trainings")
app.add_typer(report.report, name="report")
app.add_typer(cases.cases, name="cases")
app.add_typer(activities.activities, name="activities")
