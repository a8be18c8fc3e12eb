"""The `esis` command."""
