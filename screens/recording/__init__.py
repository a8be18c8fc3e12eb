"""The program while a draaiboek is recorded in it: what is done becomes lines, in the words of the screen."""
