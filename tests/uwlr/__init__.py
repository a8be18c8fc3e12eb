"""The web service over HTTP, as clients that nobody here wrote use it, and as the standard has it answer."""
