"""Dultkoppeling: received files, the match screen, processing and rolling back."""
