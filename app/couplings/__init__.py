"""The life cycle of a coupling; it depends on the school, never the reverse."""
