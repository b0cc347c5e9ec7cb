"""Synthetic training digits: distorted, drawn, European and low-resolution digits, non-digits."""
