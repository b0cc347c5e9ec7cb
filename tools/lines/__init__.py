"""Numbers written by the project, from which a network learns to look along a line.

Reading order: `hand` (one digit), `row` (digits side by side), `marks` (what is written beside
them), `ground` (the paper), `compose` (a whole line), `teach`.
"""
