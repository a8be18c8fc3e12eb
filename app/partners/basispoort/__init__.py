"""Basispoort: pulls groups and pupils from ESIS every night and passes them on to the publishers that are ticked.

Transfer 1 of sources.md#transfers, which a school arranges here and not in ESIS. Publishers are served before the pull
(sources.md#times), so a pupil enrolled today is in Basispoort tomorrow and at the publisher the morning after.
"""
