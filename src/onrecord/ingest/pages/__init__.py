"""Web pages to the fields of reports."""

from onrecord.ingest.frames import Page
from onrecord.ingest.pages.reader import PageReader

__all__ = ["Page", "PageReader"]
