from __future__ import annotations

from typing import get_args, get_type_hints

from onrecord.record import Disagreement
from onrecord.views.disagreements import KINDS, list_disagreements
from tests.records import RECORD


def test_both_sides_speak_in_their_own_words() -> None:
    denial, omission = list_disagreements(RECORD)
    assert denial.a.quote == "Norvia will close the grain road before summer"
    assert denial.b is not None
    assert denial.b.quote == "Ilse Varrun denied that Norvia would close the grain road"
    assert (omission.kind, omission.b) == ("omission", None)


def test_every_kind_has_its_words() -> None:
    assert set(KINDS) == set(get_args(get_type_hints(Disagreement)["kind"]))
