"""The command `sijill`. It imports what it runs when it runs it: the process that draws begins with this file too."""


def main() -> None:
    """The command line."""
    from app.cli import main as run

    run()


if __name__ == "__main__":
    main()
