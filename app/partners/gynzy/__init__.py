"""Gynzy: pupils practise there in worlds; groups and pupils come from ESIS, results go there (domain.md 7.4).

A program of its own with its own users and data; it knows ESIS only through the web service.
"""
