"""Files mutated at random: each is read, or refused in three lines. Nothing else may happen."""
