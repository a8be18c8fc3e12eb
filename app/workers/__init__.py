"""Binds the run ledger to the engine, and walks school time."""
