"""Search and compare party programmes, news and budgets across languages."""

__version__ = "0.1.0"
