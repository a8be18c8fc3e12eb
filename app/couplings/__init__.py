"""The life of a coupling; knows the school, never the reverse."""
