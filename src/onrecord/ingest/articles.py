"""Articles as news-please and newspaper4k write them, in the fields of a line of JSON."""

from __future__ import annotations

from urllib.parse import urlsplit

from onrecord.ingest.pages.stamps import read_stamp

# Ours, theirs: the first that is filled.
NEWS_PLEASE = {
    "text": ("maintext",),
    "url": ("url",),
    "outlet": ("source_domain",),
    "title": ("title", "title_page"),
    "author": ("authors",),
    "published": ("date_publish",),
    "language": ("language",),
}
# Its `language` is the one that it was told to read in, English unless it was told.
NEWSPAPER4K = {
    "text": ("text",),
    "url": ("url", "canonical_link"),
    "outlet": ("meta_site_name", "source_url"),
    "title": ("title",),
    "author": ("authors",),
    "published": ("publish_date",),
}


def as_ours(given: dict[str, object]) -> dict[str, object]:
    """`given` in our fields, if it is an article of either program; else as it is."""
    if "maintext" in given:
        fields = NEWS_PLEASE
    elif "publish_date" in given and "text" in given:
        fields = NEWSPAPER4K
    else:
        return given
    ours = {
        field: next(filter(None, (_plain(given.get(name)) for name in names)), None) for field, names in fields.items()
    }
    outlet, published = ours["outlet"], ours["published"]
    if isinstance(outlet, str) and "//" in outlet:
        ours["outlet"] = urlsplit(outlet).hostname
    if isinstance(published, str):
        ours["published"] = read_stamp(published) or published
    return ours


def _plain(value: object) -> object:
    """`value`, a list of names as one string, and nothing for the word that Python has for it."""
    if isinstance(value, list):
        return ", ".join(name for name in value if isinstance(name, str))
    return None if value == "None" else value
