"""Rows of a view to what is read in a terminal, or taken from there to a spreadsheet or a note."""
