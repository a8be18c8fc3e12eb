"""The program around the screens: who is signed in, what is in front, its actions, looks and what goes wrong."""
