"""The functions ESIS offers the outside."""
