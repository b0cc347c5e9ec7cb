"""The essay in NumPy, without files, pictures or a terminal."""
