"""Web pages to the fields of reports."""

from onrecord.ingest.pages.frames import Page
from onrecord.ingest.pages.isolation import PageReader

__all__ = ["Page", "PageReader"]
