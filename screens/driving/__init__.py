"""Driving the program by the words on screen: reading it, finding things, pressing keys, visiting every screen."""
