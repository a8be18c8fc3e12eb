"""Basispoort: pulls groups and pupils from ESIS every night and passes them on to the selected publishers.

This is transfer 1 of sources.md#transfers, which a school sets up here rather than in ESIS. Publishers are served
before the pull (sources.md#times), so a pupil enrolled today is in Basispoort tomorrow and at the publisher a day
later.
"""
