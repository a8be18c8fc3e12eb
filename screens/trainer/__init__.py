"""The trainer's screens: disturbances, starting again, the boards of the class, and the web service for suppliers."""
