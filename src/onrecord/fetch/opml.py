"""A list of feeds, as feed readers write it (OPML) or as plain lines, to their addresses."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from onrecord.ingest.entries import read_bounded
from onrecord.record import OnrecordError

MOST_FEEDS = 1_000

_ENTITY = re.compile(rb"<!ENTITY\b", re.IGNORECASE)


def read_feed_list(path: Path) -> list[str]:
    """The addresses of the feeds that the file lists, each once and in its order.

    A list that it names in turn is not read.

    Raises:
        OnrecordError: it can't be read, or lists no feed or more than `MOST_FEEDS`.
    """
    try:
        raw = read_bounded(str(path))
        # As UTF-16 and UTF-32 write it, too.
        is_xml = raw.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")
        found = _in_outlines(raw) if is_xml else _in_lines(raw)
    except OSError as error:
        raise OnrecordError(f"{path}: {error.strerror}") from None
    except OnrecordError as error:
        raise OnrecordError(f"{path}: {error}") from None
    feeds = list(dict.fromkeys(filter(None, map(str.strip, found))))
    if not feeds:
        raise OnrecordError(f"{path}: no feed in it; an OPML file names them by xmlUrl, a plain list one a line")
    if len(feeds) > MOST_FEEDS:
        raise OnrecordError(f"{path}: {len(feeds):,} feeds; the limit is {MOST_FEEDS:,}")
    return feeds


def _in_outlines(raw: bytes) -> list[str]:
    if _ENTITY.search(raw.replace(b"\0", b"")):
        raise OnrecordError("declares entities, by which a small file can swell or read others; refused")
    # libxml2 itself refuses what stands more than 256 deep.
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError:
        raise OnrecordError("no well-formed XML") from None
    outlines = (element for element in root.iter(etree.Element) if str(element.tag).lower() == "outline")
    given = ({name.lower(): value for name, value in outline.attrib.items()} for outline in outlines)
    return [str(fields.get("xmlurl", "")) for fields in given]


def _in_lines(raw: bytes) -> list[str]:
    try:
        lines = raw.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise OnrecordError("neither OPML nor lines of UTF-8") from None
    return [line for line in lines if not line.lstrip().startswith("#")]
