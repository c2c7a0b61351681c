"""The people and bodies of a user's own FollowTheMoney files to their ids, by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from onrecord.knowledge.public import fold, read_lines

_PEOPLE, _BODIES = (
    frozenset(("Person", "LegalEntity")),
    frozenset(("Organization", "Company", "PublicBody", "LegalEntity")),
)
# FollowTheMoney's schemata for each type of entity; a LegalEntity may be either a person or a body.
_SCHEMATA = {"person": _PEOPLE, "organisation": _BODIES, "outlet": _BODIES, "group": _BODIES}
_NAMES = ("name", "alias", "weakAlias")


class OwnNames:
    """The ids of entities by their names, aliases and weak aliases."""

    def __init__(self, entities: Iterable[dict[str, Any]] = ()) -> None:
        self._ids: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._owners: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, str] = {}
        for entity in entities:
            schema = entity.get("schema", "")
            if schema == "Ownership":
                for asset in entity["properties"].get("asset", ()):
                    self._owners[asset].update(entity["properties"].get("owner", ()))
            self._names[entity["id"]] = next(iter(entity["properties"].get("name", ())), entity["id"])
            for name in {fold_own(n) for p in _NAMES for n in entity["properties"].get(p, ())} - {""}:
                self._ids[schema][name].add(entity["id"])

    def find_id(self, name: str, type: str) -> str | None:
        """The id of the only entity that may be of that type and bears that name; None for none and for several.

        Case, accents, marks and an article before it make no difference.
        """
        found = {
            id
            for schema in _SCHEMATA.get(type, frozenset())
            for id in self._ids.get(schema, {}).get(fold_own(name), ())
        }
        return next(iter(found)) if len(found) == 1 else None

    def find_ids(self, names: Iterable[str], type: str) -> tuple[str, ...]:
        """The ids that `names` of one entity have, sorted: several where the user's file has it several times."""
        return tuple(sorted({id for name in names if (id := self.find_id(name, type))}))

    def find_owner(self, outlet: str) -> str | None:
        """The name of an outlet's owner in the end, by the file's Ownership entities; None for none and for several."""
        at = self.find_id(outlet, "outlet")
        seen: list[str] = []
        while at and at not in seen:
            seen.append(at)
            above = self._owners.get(at, set())
            at = next(iter(above)) if len(above) == 1 else None
        return self._names.get(seen[-1], seen[-1]) if len(seen) > 1 else None


def fold_own(name: str) -> str:
    """A name as it is compared: in lower case, without accents, marks and article."""
    return fold(name).removeprefix("the ")


@cache
def load_own_names(paths: tuple[str, ...]) -> OwnNames:
    """The names in the user's files `paths`.

    Raises OnrecordError, naming the file and the line, for one that is not FollowTheMoney's JSON, and OSError.
    """
    return OwnNames(e for path in paths for e in read_lines(Path(path).read_text("utf-8"), path))
