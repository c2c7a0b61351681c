"""An address to the form that all its spellings share."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

# What campaigns and networks add to an address; the page is the same without it.
_TRACKERS = frozenset("fbclid gclid dclid msclkid mc_cid mc_eid igshid".split())


def fold_url(url: str) -> str:
    """`url` without scheme, "www.", default port, fragment, trailing slash and the parameters of campaigns.

    >>> fold_url("https://www.News.example/a/?utm_source=x&id=7#top") == fold_url("http://news.example/a?id=7")
    True
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url.strip()
    if not parts.hostname:
        return url.strip()
    host = parts.hostname.removeprefix("www.") + (f":{port}" if port not in (None, 80, 443) else "")
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _is_tracker(k)]
    return host + parts.path.rstrip("/") + (f"?{urlencode(kept)}" if kept else "")


def _is_tracker(parameter: str) -> bool:
    return parameter.casefold().startswith("utm_") or parameter.casefold() in _TRACKERS
