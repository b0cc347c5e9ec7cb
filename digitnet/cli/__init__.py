"""The command line: the one place that knows typer and rich."""
