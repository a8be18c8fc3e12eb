"""Tests of input and output files."""
