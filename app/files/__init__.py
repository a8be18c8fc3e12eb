"""Files that go in and out: what is read, what is written, what is kept for a while, and why it cannot be. Knows nothing else."""
