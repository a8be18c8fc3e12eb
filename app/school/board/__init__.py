"""The board itself: its schools and locations, users and roles, code lists, address books and messages."""
