"""The figures as a Markdown table that can stand in the README."""

import os
import platform
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version

from tests.bench import register
from tests.bench.broadcast import Broadcast
from tests.bench.figures import middle, percentile
from tests.bench.register import Seen
from tests.bench.reminders import Played
from tests.bench.reports import Seen as Reported
from tests.bench.rounds import Round
from tests.bench.subjects import PTB, Subject, http_client

Figure = Callable[[Round], float]


def compared(rounds: Sequence[Round], parts: set[str], rate: float) -> Iterable[str]:
    subjects = list(dict.fromkeys(seen.subject.name for seen in rounds))
    columns = [title(next(seen.subject for seen in rounds if seen.subject.name == name)) for name in subjects]
    yield row("median of the rounds", *columns, "ratio, and of each round")
    yield row("---", *("--:" for _ in columns), "---")
    for name, figure, digits in asked(parts, rate):
        yield compared_row(name, grouped(rounds, subjects), figure, digits)
    yield ""
    yield from small_print(rounds)


def title(subject: Subject) -> str:
    if subject is PTB:
        return f"{subject.name} {version('python-telegram-bot')}: {subject.does}, {http_client()}"
    return f"{subject.name}: {subject.does}"


def asked(parts: set[str], rate: float) -> Iterable[tuple[str, Figure, int]]:
    if "throughput" in parts:
        yield "updates a second", lambda seen: seen.a_second, 0
    if "footprint" in parts:
        yield "CPU µs an update", lambda seen: seen.cpu_us, 0
    if "latency" in parts:
        yield from latencies(rate)
    if "footprint" in parts:
        yield from footprint()


def latencies(rate: float) -> Iterable[tuple[str, Figure, int]]:
    handed = f"ms from handed out to replied, at {rate:.0f} updates/s"
    yield f"p50 {handed}", lambda seen: percentile(seen.from_handed, 50) * 1000, 1
    yield f"p99 {handed}", lambda seen: percentile(seen.from_handed, 99) * 1000, 1
    yield "p50 ms from the person's act to the reply", lambda seen: percentile(seen.from_put, 50) * 1000, 1
    yield "p99 ms from the person's act to the reply", lambda seen: percentile(seen.from_put, 99) * 1000, 1


def footprint() -> Iterable[tuple[str, Figure, int]]:
    yield "MiB resident, idle", lambda seen: seen.idle_mib, 0
    yield "MiB resident, at most", lambda seen: seen.peak_mib, 0
    yield "seconds from start to the first getUpdates", lambda seen: seen.start_seconds, 2


def grouped(rounds: Sequence[Round], names: Sequence[str]) -> list[list[Round]]:
    return [[seen for seen in rounds if seen.subject.name == name] for name in names]


def compared_row(name: str, columns: list[list[Round]], figure: Figure, digits: int) -> str:
    values = [[figure(seen) for seen in column] for column in columns]
    medians = [middle(column) for column in values]
    return row(name, *(f"{value:.{digits}f}" for value in medians), ratios(values, medians))


def ratios(values: list[list[float]], medians: list[float]) -> str:
    if len(values) != 2:
        return ""
    each = ", ".join(f"{ours / theirs:.2f}" for theirs, ours in zip(*values, strict=True))
    return f"{medians[1] / medians[0]:.2f} ({each})"


def announced(seen: Broadcast) -> Iterable[str]:
    yield ""
    yield row(f"{seen.people} reminders due at once, 30 a second allowed", "")
    yield row("---", "--:")
    yield row("reached / twice", f"{seen.reached} / {seen.doubled}")
    yield row("sends, of them refused with 429", f"{seen.attempts}, {seen.refused}")
    yield row("most sends in any one second: all / reminders alone", seconds(seen))
    yield row("sends before a retry_after was over", str(seen.too_soon))
    yield row("sends that Telegram found too many", str(seen.over))
    yield row("seconds", f"{seen.seconds:.0f}")
    yield row("delivered, of what replies left of the allowed rate", f"{seen.left_by_replies:.1%}")
    yield row("dangers reported meanwhile, of them unheard", f"{seen.alerts + seen.unheard}, {seen.unheard}")
    yield row("p50 / p99 ms until the brigade has it", f"{seen.alert_p50 * 1000:.0f} / {seen.alert_p99 * 1000:.0f}")
    yield row("p50 / p99 ms of replies meanwhile", f"{seen.reply_p50 * 1000:.0f} / {seen.reply_p99 * 1000:.0f}")


def seconds(seen: Broadcast) -> str:
    return f"{seen.busiest_second} / {seen.busiest_of_broadcast}"


def registers(small: Seen, full: Seen) -> Iterable[str]:
    """The bot's own time for an update that lies in the inbox: handled, committed, its answer in the outbox."""
    yield ""
    sizes = (f"{each.size.cases} cases, {each.size.mine} open with one specialist" for each in (small, full))
    yield row("ms of the bot's own time, p50 / p99", *sizes, "ratio")
    yield row("---", "--:", "--:", "---")
    for name in full.acts:
        (few, few_at_worst), (many, many_at_worst) = register.figures(small, name), register.figures(full, name)
        ratio = f"{many / few:.2f} / {many_at_worst / few_at_worst:.2f}"
        yield row(name, f"{few:.1f} / {few_at_worst:.1f}", f"{many:.1f} / {many_at_worst:.1f}", ratio)


def reminders(seen: Played) -> Iterable[str]:
    """Medians; a ratio is of many rows to none, or of theirs to ours."""
    yield ""
    yield row(
        f"reminders ahead: none / {seen.ours[1].ahead}", "Poruch", f"APScheduler {version('APScheduler')}, SQLAlchemy"
    )
    yield row("---", "--:", "--:")
    both = (seen.ours, seen.theirs)
    yield row("seconds to start", *(_few_many([middle(each.start_seconds) for each in of], 2) for of in both))
    yield row("MiB resident", *(_few_many([middle(each.mebibytes) for each in of], 0) for of in both))
    yield row(
        "ms to see that nothing is due", *(_few_many([middle(each.nothing_due) for each in of], 3) for of in both)
    )
    yield row("ms to find 100 that are due", *(f"{middle(of[1].some_due):.2f}" for of in both))
    stalled = (f"{each:.0f}" for each in (seen.at_once.stalled, seen.at_once.jobs_stalled))
    yield row("ms for which the loop stands still with 1000 due at once", *stalled)
    batches = seen.at_once.batches
    held = f"{middle(batches):.0f} ms, {max(batches):.0f} at most"
    yield f"Of ours a batch holds the database {held}; {len(batches)} batches."
    yield "Poruch is the whole bot, up to its first healthy answer; of APScheduler only the scheduler runs."


def reports(seen: Sequence[Reported]) -> Iterable[str]:
    """Medians of whole processes; the ratio is of ten times the rows to one time."""
    few, many = seen
    yield ""
    yield row("a register of", f"{few.cases} cases", f"{many.cases} cases", "ratio")
    yield row("---", "--:", "--:", "--:")
    for name, value, digits in (
        ("seconds for all tables, with the start", lambda each: middle([ran.seconds for ran in each.reports]), 2),
        ("MiB at most", lambda each: max(ran.mebibytes for ran in each.reports), 0),
        ("seconds to read the file with csv alone", lambda each: middle([ran.seconds for ran in each.reads]), 2),
        ("seconds to import it", lambda each: each.imported.seconds, 1),
        ("MiB at most while importing", lambda each: each.imported.mebibytes, 0),
    ):
        one, ten = value(few), value(many)
        yield row(name, f"{one:.{digits}f}", f"{ten:.{digits}f}", f"{ten / one:.1f}")


def _few_many(values: Sequence[float], digits: int) -> str:
    few, many = values
    return f"{few:.{digits}f} / {many:.{digits}f} = {many / few:.2f}"


def small_print(rounds: Sequence[Round]) -> Iterable[str]:
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    yield f"One run, in turns: {machine}."
    lost, stuck = sum(seen.lost for seen in rounds), sum(seen.stuck for seen in rounds)
    forms, cost = sum(seen.forms for seen in rounds), middle([seen.emulator_us for seen in rounds])
    yield f"{forms} forms filled, {lost} updates unanswered, {stuck} residents stuck."
    yield f"The emulator spent {cost:.0f} µs a call."


def row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"
