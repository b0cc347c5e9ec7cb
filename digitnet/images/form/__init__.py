"""One digit's ink in MNIST's form, and then in the place, size and slant of all the others."""
