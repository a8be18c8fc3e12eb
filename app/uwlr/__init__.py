"""UWLR over HTTP: a server for suppliers' own software, the journal of what came, and tests of both ends.

It reads and writes messages by `app/exchange/uwlr_xml` and has them answered by `app/webservice`, as the partners inside
do; the use cases know nothing of SOAP.
"""
