"""The commands of `esis`, one module a group; each reads through a query or calls one use case."""
