"""Questions to a record, with their filters, to the rows that answer them."""
