"""A digit's ink in MNIST's form, its moment normalisation, and the inputs of a network."""
