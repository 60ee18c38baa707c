"""Markdown with HTML in it, with and without front matter."""
