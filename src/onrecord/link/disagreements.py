"""The reports of an affair to all that does not agree in them."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.link.contents import ContentSight, see_sentences
from onrecord.link.disputes import Dispute, find_disputes
from onrecord.link.drift import find_drift
from onrecord.link.omissions import find_omissions, find_said_omissions
from onrecord.link.parties import Parties
from onrecord.record import Analysis, Contact, Copy, Link


def find_disagreements(
    analyses: Sequence[Analysis],
    contents: Sequence[ContentSight],
    claims: Sequence[Sequence[str]],
    links: Sequence[Link],
    contacts: Sequence[Contact],
    copies: Sequence[Copy],
    parties: Parties,
) -> list[Dispute]:
    """Denials, contradictions, omissions, what one tells more exactly, and what is lost in relay.

    `contents` are what `analyses` say, `claims` the clusters of their attributions and `links` the judgements behind
    these, `contacts` those of the record.
    """
    by_id = {a.id: a for a in analyses}
    homes = {key: cluster[0] for cluster in claims for key in cluster}
    sights = [*contents, *(s for a in analyses for s in see_sentences(a))]
    return [
        *find_disputes(sights, homes, analyses, parties, copies),
        *find_omissions(contacts, by_id, sights),
        *find_said_omissions(analyses, sights),
        *find_drift(links, {s.key: s for s in sights}, by_id, copies),
    ]
