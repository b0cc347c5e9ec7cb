"""The ink: what is on the paper that is no writing, and what is left."""
