"""digitnet: see a small network learn handwritten digits, and let it read yours."""

__version__ = "0.1.0"
