"""How near the core comes to the machine's limit: ``python -m tests.benchmarks``."""
