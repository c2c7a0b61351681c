"""A parsed page to the lines of text that a reader sees."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from onrecord.record import OnrecordError

DEEPEST = 512

# What starts on a line of its own. All else flows: "<b>T</b>he" is one word.
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol option p pre search "
    "section summary table tbody td tfoot th thead tr ul".split()
)
UNSEEN = frozenset(
    "applet area audio canvas datalist embed frame head iframe input map math meta noembed noframes object "
    "param script select style svg template textarea title video".split()
)
# They say where a line may be broken, and print nothing.
_WIDTHLESS = re.compile("[\u00ad\u200b\u2060\ufeff]")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Line(NamedTuple):
    """Words that stand together: all of the block `block`, or a part of it that is set off by a line break."""

    text: str
    block: HtmlElement


def parse_page(html: str) -> HtmlElement:
    """The tree of a page; no comment and no processing instruction is in it.

    Raises:
        OnrecordError: there is no element in it, or one lies deeper than `DEEPEST`.
    """
    # Without huge_tree libxml2 silently drops long words and flattens what lies deeper than 254.
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        # HTML has no character 0, and libxml2 no surrogates.
        tree = document_fromstring(html.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        raise OnrecordError("no page: there is nothing in it") from None
    except etree.XMLSyntaxError as error:
        # There is no wrong syntax in HTML: libxml2 says so when it is refused memory.
        raise MemoryError from error
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise OnrecordError(f"tags stand more than {DEEPEST} deep in one another")
    return tree


def read_lines(tree: HtmlElement) -> list[Line]:
    """The lines of `tree` in order; each run of white space is one space, there is none at the ends, none is empty."""
    lines: list[Line] = []
    blocks: list[HtmlElement] = []
    pieces: list[str] = []

    def end_line() -> None:
        text = " ".join(_WIDTHLESS.sub("", "".join(pieces)).split())
        pieces.clear()
        if text:
            lines.append(Line(text, blocks[-1] if blocks else tree))

    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        is_block = element.tag in BLOCKS
        if is_block or element.tag == "br":
            end_line()
        if event == "end":
            if is_block:
                blocks.pop()
            pieces.append(element.tail or "")
            continue
        if is_block:
            blocks.append(element)
        if element.tag in UNSEEN or (not is_block and _is_hidden(element)):
            walk.skip_subtree()
        elif element.tag == "pre":
            for row in (element.text or "").split("\n"):
                end_line()
                pieces.append(row)
        else:
            pieces.append(element.text or "")
    end_line()
    return lines


def _is_hidden(element: HtmlElement) -> bool:
    """Whether a word or two inside a line don't show. Whole blocks are another matter: many a script unfolds them."""
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")))
