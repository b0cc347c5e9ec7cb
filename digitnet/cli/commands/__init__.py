"""The commands, one a file: each loads, calls and shows."""
