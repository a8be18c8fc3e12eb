"""IEP LVS as the schoolbeheerder sees it."""
