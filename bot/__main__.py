"""`python -m bot …`, also installed as `poruch`."""


def main() -> None:
    """`run` and `watch` come straight here: they start in half the time without the rest of the command line."""
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
    from bot.run.commands.cli import app  # noqa: PLC0415 - as said above

    app()


if __name__ == "__main__":
    main()
