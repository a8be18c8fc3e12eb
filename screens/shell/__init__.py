"""The program around the screens: who is signed in, what is in front, its actions, themes and error handling."""
