"""Plain text: typed, copied from a page of news, or extracted from PDF."""
