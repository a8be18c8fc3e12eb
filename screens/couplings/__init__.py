"""Koppelingen: overview, activation, a live coupling, logbook."""
