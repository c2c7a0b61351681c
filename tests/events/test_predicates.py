from __future__ import annotations

import pytest

from onrecord.record import Noise, Span
from tests.events.reading import events, told, words


def triggers(text: str) -> list[list[str]]:
    return [words(text, e.trigger) for e in events(text)]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Norran troops attacked Port Senn on Monday.", "attacked"),
        ("A strike in Port Senn killed eleven people on Monday.", "strike"),
        ("A strike in Port Senn killed eleven people on Monday.", "killed"),
        ("The killing of General Bela Renko on Monday shook Norra.", "killing"),
        ("The bombing of the harbour by the Norran air force angered Senn.", "bombing"),
        ("General Bela Renko was arrested in Port Senn on Tuesday.", "arrested"),
        ("The Norran navy, which seized the trawler on Tuesday, has left the strait.", "seized"),
        ("The trawler seized by the Norran navy on Tuesday was taken to Port Senn.", "seized"),
        ("Norra has decided to close its border with Senn.", "close"),
        ("Norran troops tried to seize the harbour of Port Senn.", "seize"),
        ("A strong earthquake hit the coast of Senn on Monday.", "earthquake"),
        ("Norra has imposed a curfew in Port Senn.", "curfew"),
    ],
)
def test_words_that_tell_of_an_event(text: str, trigger: str) -> None:
    assert any(words[-1] == trigger for words in triggers(text))


@pytest.mark.parametrize(
    ("text", "light", "noun"),
    [
        ("Rebels carried out a strike in Port Senn on Monday.", "carried", "strike"),
        ("The Norran army launched an attack on Port Senn on Monday.", "launched", "attack"),
        ("An air strike was carried out by the Norran army on Port Senn.", "carried", "strike"),
        ("The meeting between President Ada Holm and Bela Renko took place on Monday.", "took", "meeting"),
        ("President Ada Holm paid a visit to Port Senn on Monday.", "paid", "visit"),
    ],
)
def test_a_light_verb_and_its_noun_are_one_event(text: str, light: str, noun: str) -> None:
    holding = [t for t in triggers(text) if {light, noun} & set(t)]
    assert [sorted(t) for t in holding] == [sorted((light, noun))]


@pytest.mark.parametrize(
    ("text", "noun", "actor"),
    [
        ("Rebels carried out a strike in Port Senn on Monday.", "strike", "Rebels"),
        ("The Norran army launched an attack on Port Senn on Monday.", "attack", "Norran army"),
        ("An air strike was carried out by the Norran army on Port Senn.", "strike", "Norran army"),
    ],
)
def test_the_subject_of_a_light_verb_acts(text: str, noun: str, actor: str) -> None:
    assert told(text, noun).actors == (actor,)


@pytest.mark.parametrize("cue", ["said", "added", "told reporters"])
def test_the_cue_of_what_is_said_is_no_event(cue: str) -> None:
    text = f"President Ada Holm {cue} on Monday that Norran troops had attacked Port Senn."
    assert ["attacked"] in triggers(text)
    assert not [t for t in triggers(text) if cue.split(maxsplit=1)[0] in t]


def test_a_text_without_events_has_none() -> None:
    assert events("") == ()
    assert events("Ada Holm said on Monday that it was so.") == ()


@pytest.mark.parametrize(
    ("kept", "noise"),
    [
        ("Norran troops attacked Harn.", "Police arrested Bela Renko in Port Senn."),
        ("Ada Holm telephoned Bela Renko on Monday.", "Norran troops attacked Harn on Tuesday."),
    ],
)
def test_nothing_in_noise_is_read(kept: str, noise: str) -> None:
    text = f"{kept} {noise}"
    span = Span(len(kept) + 1, len(text))
    found = events(text, [Noise(span, "headline")])
    assert found
    assert all(end <= span.start for e in found for _, end in e.trigger)
    assert any(start >= span.start for e in events(text) for start, _ in e.trigger)
    assert events(text, [Noise(Span(0, len(text)), "headline")]) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Two sailors were killed. “Norran troops attacked Port Senn,” Ada Holm said.\r\n\r\nSenn denied it.",
        "Ze\u0301lie Holm met Ada Holm in Port\u00a0Senn on Monday 🚢. Troops attacked Harn.",
        "  Rebels attacked Port Senn on Monday.  \n\n  The army shelled Harn.  ",
    ],
)
def test_trigger_and_evidence_quote_the_text(text: str) -> None:
    found = events(text)
    assert found
    for event in found:
        for part in (event.trigger, event.evidence):
            assert part
            assert list(part) == sorted(part)
            assert all(w and w == w.strip() for w in words(text, part))
        assert all(any(a <= t.start and t.end <= b for a, b in event.evidence) for t in event.trigger)
