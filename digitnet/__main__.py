"""python -m digitnet, and the command: what a signal does is settled before all that takes long."""

from digitnet.cli.stop import leave_quietly


def main() -> None:
    """Run `digitnet`."""
    leave_quietly()
    from digitnet.cli.app import main as run  # noqa: PLC0415 - typer takes a third of a second

    run()


if __name__ == "__main__":
    main()
