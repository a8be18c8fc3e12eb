"""Help: this program explained, and what it is."""
