"""The namespaces of UWLR 2.0 to 2.2, which are the same, and of SOAP 1.1 and 1.2."""

from __future__ import annotations

PUPILS = "http://www.edustandaard.nl/leerresultaten/2/leerlinggegevens"
RESULTS = "http://www.edustandaard.nl/leerresultaten/2/leerresultaten"
AUTHORISATION = "http://www.edustandaard.nl/leerresultaten/2/autorisatie"
OSO = "http://www.edustandaard.nl/oso_gegevensset/1.2/dossier"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML = "http://www.w3.org/XML/1998/namespace"
SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP_12 = "http://www.w3.org/2003/05/soap-envelope"

SHORT = {PUPILS: "lg", RESULTS: "lr", AUTHORISATION: "aut", OSO: "oso", SOAP_11: "soap", SOAP_12: "soap", XSI: "xsi"}
"""The prefixes used when a namespace is named in a sentence or a path."""
