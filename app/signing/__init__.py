"""Signing in: the password, the code of the second step (2FA), and the wait after wrong tries."""
