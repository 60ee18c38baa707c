"""Pages and an API for a browser: what ``progsearch serve`` answers.

Pages are made with the safe markup of reports (:mod:`progsearch.report.markup`), so the heat
map, the charts, the passages and the silences of a report are parts of pages as they are.
Nothing is asked of an index here but through :mod:`progsearch.api`.

- :mod:`~progsearch.serve.state`: what an address asks, and the command that asks the same
- :mod:`~progsearch.serve.fresh`: the index that is open, always that of the last commit
- :mod:`~progsearch.serve.security`: who may ask, from where, and what a page may do
- :mod:`~progsearch.serve.basket`: what people collect and code, a file beside the index
- :mod:`~progsearch.serve.app`: which address is answered by what
"""
