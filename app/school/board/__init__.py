"""The board itself: its schools and locations, its users and their roles, its lists, address books and messages."""
