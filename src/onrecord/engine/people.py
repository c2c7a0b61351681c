"""The people and bodies of affairs that were built anew to who is one with whom in the whole record.

All entities of single affairs that share a key stand in one block, with what was judged of each two of them: that
hangs on the block alone. What a build changes are blocks of the keys of what it took out and put in, and clusters only
where a judgement has changed, or somebody in them is new. The rest of the record is not looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct

from onrecord import link, pipeline
from onrecord.knowledge import load_knowledge
from onrecord.link import Judgement, Party
from onrecord.record import Correction, EntityEntry, Interval
from onrecord.store import Affairs, Completion


class _Block(Struct, frozen=True, array_like=True):
    """The entities of one key, by their ids, and what was judged of them."""

    parties: tuple[Party, ...] = ()
    judgements: tuple[Judgement, ...] = ()


_decode = msgspec.msgpack.Decoder(_Block).decode


def list_ids(block: bytes) -> list[str]:
    """The ids of the entities that a block holds, in their order."""
    return [party.id for party in _decode(block).parties]


class People:
    """What a build does to the people and bodies of a record; made before the affairs `touched` are taken out."""

    def __init__(self, affairs: Affairs, touched: Iterable[str]) -> None:
        self._affairs = affairs
        self._gone = affairs.entities_of(touched)
        self._keys = affairs.entity_keys(self._gone)
        self._put: dict[str, EntityEntry] = {}
        self._put_keys: dict[str, Sequence[str]] = {}

    def add(self, entities: Iterable[EntityEntry], keys: Mapping[str, Sequence[str]]) -> None:
        """Note the entities of an affair that was put, and the keys of each by its id."""
        self._put |= {entity.id: entity for entity in entities}
        self._put_keys |= keys

    def settle(self, completion: Completion, corrections: Sequence[Correction]) -> None:
        """Put the blocks of all keys that have changed, and the clusters that this changes."""
        new = self._find_new()
        keys, before = self._read_before(self._keys | new.keys())
        blocks, seeds = dict[str, _Block](), set(self._put)
        for key in sorted(keys):
            held, own = before.get(key, _Block()), new.get(key, [])
            left = [p for p in held.parties if p.id not in self._gone and p.id not in self._put]
            parties = tuple(sorted([*left, *own], key=lambda p: p.id))
            blocks[key] = _Block(parties, tuple(_judge(key, parties)))
            changed = set(held.judgements) ^ set(blocks[key].judgements)
            seeds.update(id for judgement in changed for id in judgement[:2])
            if not _is_judged(key):
                seeds.update(p.id for p in parties)
            completion.put_entity_block(key, msgspec.msgpack.encode(blocks[key]) if parties else None)
        seeds -= self._gone - self._put.keys()
        completion.home(self._cluster(seeds, blocks, corrections))

    def _find_new(self) -> dict[str, list[Party]]:
        """What was put, by keys."""
        days = self._affairs.days({entity.mentions[0].report for entity in self._put.values()})
        found: dict[str, list[Party]] = defaultdict(list)
        for id, keys in self._put_keys.items():
            party = link.party(self._put[id], days.get(self._put[id].mentions[0].report, Interval()))
            for key in keys:
                found[key].append(party)
        return found

    def _read_before(self, keys: set[str]) -> tuple[Collection[str], dict[str, _Block]]:
        """The keys whose blocks are to be made, and their blocks of before; all, where the record has none yet."""
        if self._affairs.is_blocked():
            return keys, {key: _decode(block) for key, block in self._affairs.entity_blocks(keys).items()}
        known = self._affairs.all_entity_keys()
        entries = self._affairs.entities({id for ids in known.values() for id in ids} - self._put.keys())
        days = self._affairs.days({entry.mentions[0].report for entry in entries})
        parties = {e.id: link.party(e, days.get(e.mentions[0].report, Interval())) for e in entries}
        blocks = {key: _Block(tuple(parties[id] for id in ids if id in parties)) for key, ids in known.items()}
        return keys | known.keys(), blocks

    def _cluster(
        self, seeds: set[str], blocks: dict[str, _Block], corrections: Sequence[Correction]
    ) -> list[list[str]]:
        """The clusters of all that hang together with `seeds`; `blocks` are those that were made."""
        beside: dict[str, list[str]] = defaultdict(list)
        judged, told = list[Judgement](), set[str]()
        reached, seen, edge = set[str](), set[str](), seeds
        while edge:
            reached |= edge
            keys = self._affairs.entity_keys(edge) - seen
            seen |= keys
            stored = self._affairs.entity_blocks(keys - blocks.keys())
            for key in sorted(keys):
                block = blocks.get(key) or _decode(stored.get(key) or _NOTHING)
                judged += block.judgements
                pairs = [(j.left, j.right) for j in block.judgements if j.relation == "same"]
                if not _is_judged(key):
                    ids = [p.id for p in block.parties]
                    told.update(ids)
                    pairs = [(ids[0], id) for id in ids[1:]]
                for left, right in pairs:
                    beside[left].append(right)
                    beside[right].append(left)
            edge = {other for id in edge for other in beside[id]} - reached
        links = link.join_judgements(j for j in judged if j.left in reached and j.right in reached)
        said = pipeline.entity_links(self._affairs.entities(told), corrections) if told else []
        return link.cluster(sorted(reached), links, said)


_NOTHING = msgspec.msgpack.encode(_Block())


def _is_judged(key: str) -> bool:
    """Whether those of a key are judged by it; that of a correction only says that somebody spoke of them."""
    return "/" in key


def _judge(key: str, parties: Sequence[Party]) -> list[Judgement]:
    return link.judge_block(key, parties, load_knowledge) if _is_judged(key) else []
