"""The toy's program."""
