"""How good and how fast Concord is: `make bench`, or one module at a time by `python -m tests.benchmarks.NAME`."""
