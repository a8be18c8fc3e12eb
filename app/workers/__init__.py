"""Connects the run ledger to the engine, and advances school time."""
