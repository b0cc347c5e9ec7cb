"""The paper: its surroundings, its light, and the contrast to it."""
