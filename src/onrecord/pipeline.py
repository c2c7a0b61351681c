"""The order of the work: a report to its analysis, and the analyses of all reports to the record."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from onrecord import corroborate, link
from onrecord.attribute import find_attributions, place_in_contacts
from onrecord.corroborate.origins import fold_copies
from onrecord.dating import find_hints, find_publication, find_timexes, redate, resolve_timexes
from onrecord.events import find_events
from onrecord.ingest import find_noise
from onrecord.knowledge import Knowledge, load_knowledge
from onrecord.language import Parse, TextVectors, find_entities, load_model, load_vectors, pack, parse
from onrecord.record import Analysis, Attribution, Event, Hint, Meanings, Record, Report, Span

# What an analysis depends on, beside the report and the model; `build` may change without one being made again.
_CODE = ("record.py", "pipeline.py", "knowledge", "ingest", "language", "attribute", "dating", "events")


class Reader:
    """A loaded language model and what is known of the world.

    `maker` names the code, the weights and the knowledge that an analysis comes from, by their hashes.
    """

    def __init__(self, model: str | None = None, knowledge: Sequence[str] = ()) -> None:
        self.model = load_model(model)
        self.vectors = load_vectors()
        self._knowledge = tuple(knowledge)
        if knowledge:
            load_knowledge(self._knowledge)
        self.maker = f"{_hash_code()}-{self.model.maker}" + _hash_files(knowledge)

    @property
    def knowledge(self) -> Knowledge:
        """Read when the first report without a date needs it, a user's own at once."""
        return load_knowledge(self._knowledge)


def _hash_files(paths: Sequence[str]) -> str:
    """The hash of a user's own knowledge, empty for none."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(Path(path).read_bytes() + b"\0")
    return f"-{digest.hexdigest()[:12]}" if paths else ""


@cache
def _hash_code() -> str:
    """The hash of all code and word lists that an analysis depends on: no edit can leave an old analysis in use."""
    root = Path(__file__).parent
    files = [
        f
        for name in _CODE
        for f in [root / name, *(root / name).rglob("*")]
        if f.suffix in (".py", ".txt", ".json", ".jsonl", ".npz")
    ]
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def extract(report: Report, reader: Reader) -> Analysis:
    """What `reader` finds in `report` alone. A report that is not English is kept as it is, with nothing found."""
    found = Analysis(
        id=report.id,
        key=report.key,
        url=report.url,
        outlet=report.outlet,
        author=report.author,
        title=report.title,
        language=report.language,
        text=report.text,
        noise=find_noise(report.text, report.title),
        published=find_publication(report),
        entities=(),
        timexes=(),
        attributions=(),
        events=(),
    )
    if report.language not in (None, "en"):
        return found
    parsed = parse(report.text, reader.model)
    entities = find_entities(parsed, found.noise, report.outlet)
    timexes = find_timexes(parsed, found.published)
    hints: tuple[Hint, ...] = ()
    if not found.published.given:
        hints = find_hints(parsed, timexes, entities, found.noise, reader.knowledge)
        found = replace(found, published=find_publication(report, hints))
        timexes = resolve_timexes(timexes, found.published)
    attributions, entities = find_attributions(parsed, entities, found.noise, report.outlet, timexes)
    vectors = reader.vectors.of(report.text)
    events = find_events(
        parsed,
        entities,
        timexes,
        found.noise,
        vectors,
        attributions,
        found.published,
        lambda: reader.knowledge,
    )
    attributions = place_in_contacts(parsed, attributions, events, timexes)
    return replace(
        found,
        entities=entities,
        timexes=timexes,
        attributions=attributions,
        events=events,
        hints=hints,
        vectors=_read_vectors(parsed, attributions, events, vectors),
    )


def _read_vectors(
    parsed: Parse, attributions: Sequence[Attribution], events: Sequence[Event], vectors: TextVectors
) -> Meanings:
    """The vectors of the sentences, of the contents from their first to their last character, and of the triggers."""
    contents = [Span(a.content[0].start, a.content[-1].end) for a in attributions if a.content]
    spans = [*parsed.sentences, *contents, *(span for e in events for span in e.trigger)]
    return pack(spans, vectors.read(spans))


def build(analyses: Sequence[Analysis], keys: Mapping[str, Sequence[str]]) -> Record:
    """The record of `analyses`, in any order; `keys` are the keys under which each report id was given."""
    given = sorted(analyses, key=lambda a: a.id)
    copies = link.find_copies(given)
    order = sorted(redate(given, copies, link.link_affairs(given)), key=_canonical)
    by_id = {a.id: a for a in order}
    entities = {link.fact(a.id, e.id): (a, e) for a in order for e in a.entities}
    attributions = {link.fact(a.id, x.id): (a, x) for a in order for x in a.attributions}
    events = {link.fact(a.id, e.id): (a, e) for a in order for e in a.events}
    copies = link.find_copies(order)
    roots = fold_copies(by_id, copies)
    affairs = link.cluster(list(by_id), link.link_stories(order, copies))
    same = [*link.link_contacts(order, copies), *link.link_unnamed(order, affairs), *link.link_events(order, copies)]
    told, contacts = corroborate.build_contacts(link.cluster(list(events), same), events, roots)
    return Record(
        reports=corroborate.build_reports(order, keys),
        analyses=tuple(order),
        copies=copies,
        stories=corroborate.build_stories(affairs, by_id),
        entities=corroborate.build_entities(link.cluster(list(entities), link.link_entities(order)), entities),
        events=told,
        contacts=contacts,
        claims=corroborate.build_claims(
            link.cluster(list(attributions), link.link_claims(order, copies)), attributions, roots
        ),
        absent=corroborate.build_absent(order),
    )


def _canonical(analysis: Analysis) -> tuple[str, str, str]:
    """By the date given: one that is worked out may change with each report that is added, and ids must not."""
    day = analysis.published.earliest if analysis.published.given else None
    return (day.isoformat() if day else "9999-12-31", analysis.outlet or "", analysis.id)
