"""Waarom komt het niet? Each failure of real life made to happen, found with the screen that mends it, mended, and gone."""
