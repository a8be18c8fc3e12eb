"""The toy: pupils come from ESIS, and make puzzles."""
