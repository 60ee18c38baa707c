"""What a block of text is made of, in every format: lines, marks, edges, dates, rows of tables."""
