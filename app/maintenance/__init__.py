"""What the owner of a database does with it as a whole: copy it, erase everything, and report its state for support."""
