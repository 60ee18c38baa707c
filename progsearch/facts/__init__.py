"""Who says something, where and when: what can be known of a document, and how it is told."""
