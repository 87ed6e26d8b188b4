"""Reads the source documents and writes their tables as CSV, one small parser a table.

Nothing here knows of the application: neither its packs nor its rules are read, so that a slip
made there is not made here too.
"""
