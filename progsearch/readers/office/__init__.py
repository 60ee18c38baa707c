"""Documents of word processors: Word and OpenDocument."""
