"""Tables of texts: CSV and workbooks, and corpora coded by hand."""
