"""A written line as a whole: a network looks along it through a window that slides.

Reading order: `place` (where a line is), `strip` (the line at one height), `columns` (what the
network sees), `network`, `paths` (from what it says of every place to a number), `looks`, `answer`.
"""
