"""Hits, tables, references and the whole corpus as files; ``formats.py`` lists all formats.

A table goes with an account of how it came about: what was asked of which corpus. Formats
that have a place for it hold it themselves, the others have it in a file beside them.
"""
