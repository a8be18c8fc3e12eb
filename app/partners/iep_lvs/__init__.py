"""IEP LVS, Bureau ICE's system: accounts, pupils from Basispoort, test windows, sittings, and its side of the coupling.

A program of its own with its own users and data; it knows ESIS only through the web service (sources.md#iep-lvs).
"""
