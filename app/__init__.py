"""Everything the program does, apart from its screens."""
