"""Basispoort as a school's ICT-coördinator sees it."""
