"""Pages that the tests write: a town, its pier, and all that stands around a report."""

from __future__ import annotations

MAYOR = "The mayor of Lower Tamsin said on Friday that the pier would be mended before the winter comes to the coast."
PAYS = (
    "Nobody in the town knows who is to pay for the timber, said Oda Brill, who has kept the harbour since the flood."
)
ORDER = "“Order! Order in the hall!” the speaker of the council cried, and nobody in the hall of the council listened."
TITLE = "Pier to be mended"
BODY = f"<p>{MAYOR}</p><p>{PAYS}</p><p>{ORDER}</p>"
# What a reader keeps of such a page.
READ = f"{TITLE}\n\n{MAYOR}\n\n{PAYS}\n\n{ORDER}"


def page(body: str = BODY, head: str = "") -> str:
    """A page of an outlet, with a menu before the report and links behind it."""
    return (
        f"<!DOCTYPE html><html><head><title>{TITLE} - Tamsin Post</title>{head}</head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
        f"<article><h1>{TITLE}</h1>{body}</article>"
        "<footer><a href='/about'>About the Post</a> <a href='/jobs'>Jobs at the Post</a></footer></body></html>"
    )
