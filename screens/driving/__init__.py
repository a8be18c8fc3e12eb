"""The program driven by words of the screen: what is on it, found by what it says, done with keys, and walked past."""
