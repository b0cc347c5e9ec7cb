"""Each command in a file of its own: it loads, calls and shows."""
