"""The web services ESIS offers to partners."""
