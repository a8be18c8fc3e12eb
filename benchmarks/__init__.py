"""Benchmarks of the program against baselines measured in the same run: `python -m benchmarks` (see README.md here)."""
