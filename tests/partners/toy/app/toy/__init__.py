"""The toy: pupils come from ESIS, and solve puzzles."""
