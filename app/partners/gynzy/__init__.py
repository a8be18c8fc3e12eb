"""Gynzy: pupils practise in worlds; groups and pupils come from ESIS, results go to ESIS (sources.md#gynzy).

A program of its own with its own users and data; it knows ESIS only through the web service.
"""
