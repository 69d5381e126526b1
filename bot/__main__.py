"""`python -m bot …`, also installed as `poruch`."""


def main() -> None:
    """`run` comes straight here: it starts in half the time without the rest of the command line."""
    import sys  # noqa: PLC0415 - as the next ones

    if sys.argv[1:] == ["run"]:
        from bot.run.commands.run import run  # noqa: PLC0415 - as said above

        run()
        return
    from bot.run.commands.cli import app  # noqa: PLC0415 - as said above

    app()


if __name__ == "__main__":
    main()
