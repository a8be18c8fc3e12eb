"""Basispoort as the ICT-coördinator of a school sees it."""
