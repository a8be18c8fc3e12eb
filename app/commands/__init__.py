"""The commands of `esis`, one module per group; each reads through a query or calls one use case."""
