"""python -m tests.bench: everything is measured in one run on this machine, on 127.0.0.1 only."""

import argparse
import sys
from dataclasses import replace

from tests.bench import broadcast, register, reminders, reports, rounds, subjects, table
from tests.bench.processes import BenchError

ALONE = ("broadcast", "register", "reminders", "reports")
BOTS = {"ptb": subjects.PTB, "ours": subjects.OURS}


def main() -> int:
    asked = arguments()
    try:
        measure(asked)
    except BenchError as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


def measure(asked: argparse.Namespace) -> None:
    size, parts = chosen_size(asked), chosen_parts(asked)
    compared = parts & set(rounds.PARTS)
    if compared:
        seen = list(rounds.alternate(chosen_bots(asked), size, compared))
        print(*table.compared(seen, compared, size.rate), sep="\n", flush=True)
    if "broadcast" in parts:
        print(*table.announced(broadcast.play(asked.people)), sep="\n", flush=True)
    if "register" in parts:
        print(*table.registers(*register.play(asked.acts)), sep="\n", flush=True)
    if "reminders" in parts:
        print(*table.reminders(reminders.play()), sep="\n", flush=True)
    if "reports" in parts:
        print(*table.reports(reports.play()), sep="\n", flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--quick",
        action="store_true",
        help="a smoke test of less than 20 s, without the broadcast, the full register, the reminders and the reports",
    )
    parser.add_argument("--only", choices=[*rounds.PARTS, *ALONE], help="one part")
    parser.add_argument("--bot", choices=sorted(BOTS), help="one of the two bots")
    parser.add_argument("--instead", metavar="COMMAND", help="another bot in the place of ours")
    parser.add_argument("--rounds", type=int, help="how often each bot has its turn")
    parser.add_argument("--seats", type=int, help="how many residents talk at a time")
    parser.add_argument("--people", type=int, default=broadcast.CARERS, help="to how many the broadcast goes")
    parser.add_argument("--acts", type=int, default=register.ACTS_EACH, help="how often each act with a full register")
    return parser.parse_args()


def chosen_size(asked: argparse.Namespace) -> rounds.Size:
    size = rounds.QUICK if asked.quick else rounds.Size()
    wanted = {"rounds": asked.rounds, "seats": asked.seats}
    return replace(size, **{name: value for name, value in wanted.items() if value})


def chosen_parts(asked: argparse.Namespace) -> set[str]:
    if asked.only:
        return {asked.only}
    return set(rounds.PARTS) if asked.quick or asked.instead or asked.bot else {*rounds.PARTS, *ALONE}


def chosen_bots(asked: argparse.Namespace) -> list[subjects.Subject]:
    if asked.bot:
        return [BOTS[asked.bot]]
    return [subjects.PTB, subjects.another(asked.instead) if asked.instead else subjects.OURS]


if __name__ == "__main__":
    sys.exit(main())
