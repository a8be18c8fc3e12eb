"""Basispoort: pulls groups and pupils from ESIS every night and passes them on to the publishers that are ticked.

Transfer 1 of seed 000, which a school arranges here and not in ESIS. Publishers are served before the pull
(contract.md), so a pupil enrolled today is in Basispoort tomorrow and at the publisher the morning after.
"""
