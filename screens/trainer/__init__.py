"""F8, the trainer's screens: disturbances, beginning again, and the boards of the class."""
