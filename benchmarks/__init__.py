"""digitnet's speed beside other libraries; see `python -m benchmarks --help`."""
