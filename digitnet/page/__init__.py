"""The page of `digitnet draw`: one HTML file with a model, to draw on."""
