"""Dultkoppeling: received files, the match screen, processing and taking back."""
