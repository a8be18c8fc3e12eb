"""The programs at the other end, each with its own look."""
