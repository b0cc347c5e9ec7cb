"""One file to draw on, for any browser: a model, and what it learned, to look at."""
