"""The essay in NumPy: knows no files, no pictures, no terminal."""
