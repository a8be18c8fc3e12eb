"""The plugin for pytest, and the program, as others install them."""
