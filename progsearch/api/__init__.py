"""The front door: what an index is asked, in the words and with the defaults of the commands.

:mod:`progsearch.api.answers` asks; the command line shows what it answers on a terminal and
in files. :mod:`progsearch.api.index` gives the same as typed rows, for Python.
"""
