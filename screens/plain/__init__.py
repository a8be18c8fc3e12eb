"""The program as plain lines, for a screen reader: the real screens run unseen, and one types numbers and words."""
