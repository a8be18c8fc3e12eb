"""What ESIS does with its own data."""
