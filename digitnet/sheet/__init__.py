"""A sheet to fill in by hand, and its photo as labelled pictures."""
