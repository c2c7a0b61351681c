"""A page to what it says, read in a process of its own."""

from __future__ import annotations

from onrecord.ingest.frames import Page, Request
from onrecord.ingest.isolation import Worker
from onrecord.record import OnrecordError


class PageReader(Worker):
    """Reads pages in a worker process, started for the first of them and used for all; to be closed."""

    def read(
        self, page: bytes | str, url: str | None = None, *, charset: str | None = None, whole: bool = False
    ) -> Page:
        """What `page`, found under `url` where that is known, says.

        `charset` is what its sender said of the characters of a page in bytes. `whole` is that it is all report (the
        body of an e-mail, say): then all its lines are the text, and no field but the text is filled.

        Raises:
            OnrecordError: there is no report in the page, or the worker was lost with it.
        """
        encoding = "utf-8" if isinstance(page, str) else None
        raw = page.encode("utf-8", "surrogatepass") if isinstance(page, str) else page
        [found] = self.ask(Request("body" if whole else "page", raw, encoding=encoding, charset=charset, url=url))
        if isinstance(found, str):
            raise OnrecordError(found)
        assert isinstance(found, Page)  # noqa: S101 - the answer to these two kinds
        return found
