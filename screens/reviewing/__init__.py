"""A program of its own that shows what differs from the golden screens, and stores what somebody accepts."""
