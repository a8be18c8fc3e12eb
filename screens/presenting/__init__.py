"""The program with a panel beside its screens: a demo with captions, a lesson with its task."""
