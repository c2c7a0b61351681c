"""The record in a browser: the parts that a page shows, to pages, and what is said there, back to the record."""
