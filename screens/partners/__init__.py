"""The partners' programs, each with its own look."""
