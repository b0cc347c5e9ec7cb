"""Labelled digits as arrays."""
