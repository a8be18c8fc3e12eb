"""The trainer's screens: disturbances, starting again, and the boards of the class."""
