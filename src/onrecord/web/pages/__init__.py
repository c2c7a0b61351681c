"""A request for a view to what its template shows: one file a view."""
