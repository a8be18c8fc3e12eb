"""Gynzy: pupils practise there in worlds; groups and pupils come from ESIS, results go there (sources.md#gynzy).

A program of its own with its own users and data; it knows ESIS only through the web service.
"""
