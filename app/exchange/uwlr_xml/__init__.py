"""UWLR 2.2 as XML: the shapes of its messages, reading and checking them with a place for each fault, and writing them.

Pure formats: nothing here knows the database. Sources: the UWLR 2.2 schemas and WSDLs, EDEXML 2.1, OSO 1.2.
"""
