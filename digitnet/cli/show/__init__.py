"""Draw results, progress and errors with rich."""
