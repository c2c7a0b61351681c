"""The order of the work: a report to its analysis, and the analyses of all reports to the record."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from onrecord import corroborate, link
from onrecord.attribute import find_attributions, place_in_contacts
from onrecord.correct import correct, correction_links, standing
from onrecord.dating import (
    TOLD,
    Habits,
    find_habits,
    find_hints,
    find_publication,
    find_timexes,
    hang,
    redate,
    resolve_timexes,
    with_date,
)
from onrecord.events import find_events
from onrecord.ingest import find_noise
from onrecord.knowledge import Knowledge, OwnNames, load_knowledge, load_own_names
from onrecord.language import (
    Parse,
    TextVectors,
    Tree,
    find_clauses,
    find_entities,
    load_model,
    load_vectors,
    pack,
    parse,
    unwrap,
)
from onrecord.record import (
    Analysis,
    Attribution,
    Correction,
    EntityEntry,
    Event,
    Hint,
    Interval,
    Link,
    Meanings,
    Record,
    Report,
    Span,
    Target,
)

# What an analysis depends on, beside the report and the model; `build` may change without one being made again.
_CODE = ("record.py", "pipeline.py", "knowledge", "ingest", "language", "attribute", "dating", "events")
# What the record depends on, beside the analyses.
_LINKING = (*_CODE, "link", "corroborate", "correct")


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
        self.maker = f"{_hash_code(_CODE)}-{self.model.maker}" + _hash_files(knowledge)

    @property
    def names(self) -> OwnNames:
        """The names in a user's own knowledge."""
        return load_own_names(self._knowledge)

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


def linker() -> str:
    """The name of the code that links: what another one made is linked anew."""
    return _hash_code(_LINKING)


@cache
def _hash_code(rooms: tuple[str, ...]) -> str:
    """The hash of the code and word lists of some rooms: no edit can leave in use what an older one made."""
    root = Path(__file__).parent
    files = [
        f
        for name in rooms
        for f in [root / name, *(root / name).rglob("*")]
        if f.suffix in (".py", ".txt", ".json", ".jsonl", ".npz")
    ]
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def extract(report: Report, reader: Reader) -> Analysis:
    """What `reader` finds in `report` alone. A report that is not English is kept as it is, with nothing found."""
    # Of the same length, so that every span is one of the report's own text.
    text = unwrap(report.text)
    found = Analysis(
        id=report.id,
        key=report.key,
        url=report.url,
        outlet=report.outlet,
        author=report.author,
        title=report.title,
        language=report.language,
        text=report.text,
        noise=find_noise(text, report.title),
        published=find_publication(report),
        entities=(),
        timexes=(),
        attributions=(),
        events=(),
        owner=reader.names.find_owner(report.outlet) if report.outlet else None,
    )
    if report.language not in (None, "en"):
        return found
    parsed = parse(text, reader.model)
    entities = find_entities(parsed, found.noise, report.outlet)
    timexes = find_timexes(parsed, found.published)
    hints: tuple[Hint, ...] = ()
    if not found.published.given:
        hints = find_hints(parsed, timexes, entities, found.noise, reader.knowledge)
        found = replace(found, published=find_publication(report, hints))
        timexes = resolve_timexes(timexes, found.published)
    attributions, entities = find_attributions(parsed, entities, found.noise, report.outlet, timexes)
    vectors = reader.vectors.of(text)
    events, hung = find_events(
        parsed,
        entities,
        timexes,
        found.noise,
        vectors,
        attributions,
        found.published,
        lambda: reader.knowledge,
    )
    timexes, events = hang(timexes, events, hung, found.published)
    attributions = place_in_contacts(parsed, attributions, events, timexes)
    entities = tuple(replace(e, ids=reader.names.find_ids((e.name,), e.type)) for e in entities)
    return replace(
        found,
        entities=entities,
        timexes=timexes,
        attributions=attributions,
        events=events,
        hints=hints,
        vectors=read_meanings(parsed, attributions, events, vectors),
    )


def read_meanings(
    parsed: Parse, attributions: Sequence[Attribution], events: Sequence[Event], vectors: TextVectors
) -> Meanings:
    """The vectors of sentences, contents that say something, their clauses, and triggers."""
    tree = Tree(parsed)
    wholes = (Span(a.content[0].start, a.content[-1].end) for a in attributions if a.content)
    # "Holm spoke of the harbour project": without a verb or a number nothing is said that another could say too.
    contents = [c for c in wholes if any(parsed.tokens[n].tag in ("VERB", "AUX", "NUM") for n in tree.words_in(c))]
    clauses = [clause for c in contents for clause in find_clauses(parsed, tree, c)]
    sentences = [s for s in parsed.sentences if parsed.text[s.start : s.end].strip()]
    spans = [*sentences, *contents, *clauses, *(span for e in events for span in e.trigger)]
    return pack(spans, vectors.read(spans))


def build(
    analyses: Sequence[Analysis], keys: Mapping[str, Sequence[str]], corrections: Sequence[Correction] = ()
) -> Record:
    """The record of `analyses`, in any order; `keys` are the keys under which each report id was given.

    It is that of its affairs, none of which depends on another, and of the people and bodies that several of them name.
    """
    amended = {a.id: a for a in correct(analyses, corrections, with_date)}
    habits = find_habits(amended.values())
    groups = link.group_reports([link.mark(a) for a in amended.values()], reports_joined(corrections))
    parts = [build_affair([amended[r] for r in group], keys, habits, corrections) for group in groups]
    entities = [e for part in parts for e in part.entities]
    days = {a.id: Interval(a.published.earliest, a.published.latest) for a in amended.values()}
    homes = {id: min(ids) for ids in join_entities(entities, days, corrections) for id in ids}
    return corroborate.join_affairs(parts, homes)


def build_affair(
    analyses: Sequence[Analysis],
    keys: Mapping[str, Sequence[str]],
    habits: Habits,
    corrections: Sequence[Correction] = (),
) -> Record:
    """The record of one affair, of which `analyses` are all, corrected; in any order."""
    order = sorted(date_affair(analyses, habits), key=corroborate.rank)
    by_id = {a.id: a for a in order}
    entities = {link.fact(a.id, e.id): (a, e) for a in order for e in a.entities}
    attributions = {link.fact(a.id, x.id): (a, x) for a in order for x in a.attributions}
    events = {link.fact(a.id, e.id): (a, e) for a in order for e in a.events}
    people = correction_links(order, corrections)
    copies = link.find_copies(order)
    roots = corroborate.fold_copies(by_id, copies)
    stories = link.link_stories(order, copies)
    told_together = link.cluster(list(by_id), stories, people)
    named = link.cluster(list(entities), link.link_entities(order, load_knowledge), people)
    parties = link.Parties(order, named)
    same = [
        *link.link_contacts(order, copies, parties),
        *link.link_events(order, copies),
    ]
    contents = [sight for a in order for sight in link.see_contents(a)]
    claims = link.link_claims(link.compare_claims(contents, parties), order, copies)
    one = link.cluster(list(events), same, people)
    told, contacts = corroborate.build_contacts(
        one, events, roots, link.weigh_clusters(one, [*same, *people]), parties.who
    )
    said = link.cluster(list(attributions), claims, people)
    claimed = corroborate.build_claims(
        said,
        attributions,
        roots,
        link.weigh_clusters(said, [*claims, *people]),
        link.shared_clauses(claims),
        parties.who,
    )
    unlike = link.find_disagreements(order, contents, said, claims, contacts, copies, parties)
    return Record(
        reports=corroborate.build_reports(order, keys, link.fold_url),
        analyses=tuple(order),
        copies=copies,
        stories=corroborate.build_stories(told_together, by_id),
        entities=corroborate.build_entities(named, entities),
        events=told,
        contacts=contacts,
        claims=claimed,
        expectations=corroborate.build_expectations(order, told, claimed),
        disagreements=corroborate.build_disagreements(unlike, order),
        links=tuple(sorted((*people, *stories, *same, *claims), key=lambda k: (k.left, k.right, k.by, k.relation))),
    )


def date_affair(analyses: Sequence[Analysis], habits: Habits) -> tuple[Analysis, ...]:
    """The reports of one affair by id, those without a date by what the others and the habits of outlets prove.

    Nothing else of `build_affair` hangs on `habits`.
    """
    given = sorted(analyses, key=lambda a: a.id)
    copies = link.find_copies(given)
    told = link.compare_undated(given, copies, TOLD)
    return redate(given, copies, link.link_affairs(given), habits, told)


def join_entities(
    entities: Sequence[EntityEntry], days: Mapping[str, Interval], corrections: Sequence[Correction]
) -> list[list[str]]:
    """The ids of the entities of single affairs that are one, each in one list; `days` are those of their reports."""
    links = link.link_across(entities, days, load_knowledge)
    return link.cluster(sorted(e.id for e in entities), links, entity_links(entities, corrections))


def entity_links(entities: Sequence[EntityEntry], corrections: Sequence[Correction]) -> list[Link]:
    """What people said of who is one and who are two among entities of single affairs, the latest first."""
    told = [c for c in reversed(standing(corrections)) if c.about == "entity"]
    at = {(place.report, place.span): e.id for e in entities for place in e.mentions} if told else {}
    return [
        Link(left=left, right=right, relation=c.kind, score=1.0, evidence=(), by=c.by)
        for c in told
        if c.kind in ("same", "different")
        for left in _entries_at(at, c.target)
        for right in _entries_at(at, c.other)
        if left != right
    ]


def entity_keys(entities: Sequence[EntityEntry], corrections: Sequence[Correction]) -> dict[str, list[str]]:
    """The keys, by id, of which two entities of single affairs share one if they may be one, or if a person says so."""
    keys = {e.id: list(link.entry_keys(e)) for e in entities}
    at = {(place.report, place.span): e.id for e in entities for place in e.mentions}
    for c in standing(corrections):
        for id in sorted({*_entries_at(at, c.target), *_entries_at(at, c.other)}) if c.about == "entity" else ():
            keys[id].append(c.id)
    return keys


def _entries_at(at: Mapping[tuple[str, Span], str], target: Target | None) -> set[str]:
    """The ids of the entities that are mentioned where a correction points."""
    return {at[target.report, s] for s in target.spans if (target.report, s) in at} if target else set()


def reports_joined(corrections: Sequence[Correction]) -> list[tuple[str, str]]:
    """The pairs of reports on both of which one correction has a word: they are of one affair."""
    return [(c.target.report, c.other.report) for c in standing(corrections) if c.other]
