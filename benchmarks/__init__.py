"""How fast the program is, beside baselines measured in the same run: `python -m benchmarks` (README.md here)."""
