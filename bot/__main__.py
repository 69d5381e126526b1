"""`python -m bot …`, also installed as `poruch`."""

from importlib import import_module

ALONE = ("activities", "cases", "report")
"""Groups of commands with much to read: a report of a hundred thousand cases is otherwise a third imports."""


def main() -> None:
    """Some come straight here: they start in half the time without the rest of the command line."""
    import sys  # noqa: PLC0415 - as the next ones

    if sys.argv[1:] == ["run"]:
        from bot.run.commands.run import run  # noqa: PLC0415 - as said above

        run()
        return
    if sys.argv[1:2] == ["watch"]:
        import typer  # noqa: PLC0415 - as said above

        from bot.run.commands.watch import watch  # noqa: PLC0415 - as said above

        alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        alone.command()(watch)
        alone(sys.argv[2:], prog_name="poruch watch")
        return
    if sys.argv[1:2] and sys.argv[1] in ALONE:
        name = sys.argv[1]
        if name == "report":
            import gc  # noqa: PLC0415 - as said above

            gc.disable()  # a process of seconds, whose many small objects are counted and dropped: a tenth of its time
        group = getattr(import_module(f"bot.run.commands.{name}"), name)
        group.pretty_exceptions_enable = False
        group(sys.argv[2:], prog_name=f"poruch {name}")
        return
    from bot.run.commands.cli import app  # noqa: PLC0415 - as said above

    app()


if __name__ == "__main__":
    main()
