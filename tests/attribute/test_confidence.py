from __future__ import annotations

from onrecord.attribute.confidence import confidence
from onrecord.record import Speaker

NAMED = Speaker("e1", "Ada Holm", "named_person", None)
SOMEBODY = Speaker(None, "an aide", "anonymous_official", 1)


def test_it_grows_with_the_model_s_and_stays_a_probability() -> None:
    given = [confidence(p, "Ada Holm", NAMED, False) for p in (0.0, 0.2, 0.5, 0.9, 1.0)]
    assert given == sorted(given)
    assert all(0 < c < 1 for c in given)


def test_a_name_is_surer_than_a_description_and_that_than_a_pronoun() -> None:
    name, description = confidence(0.8, "Ada Holm", NAMED, False), confidence(0.8, "an aide", SOMEBODY, False)
    assert name > description > confidence(0.8, "She", NAMED, False)
