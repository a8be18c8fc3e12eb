"""What the program does, screens aside."""
