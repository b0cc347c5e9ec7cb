"""From a data set and a recipe to a model: the run, where it begins, and what it leaves."""
