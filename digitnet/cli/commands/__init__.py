"""A command a file: load, call, show."""
