"""The inside of `esis drive`: the program that is open, what is done in it, and what is read of it."""
