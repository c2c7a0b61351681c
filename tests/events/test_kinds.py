from __future__ import annotations

import pytest

from tests.events.reading import told


@pytest.mark.parametrize(
    ("text", "trigger", "kind"),
    [
        ("The Norran air force carried out an air strike on Port Senn.", "strike", "air strike"),
        ("The Norran strike on Port Senn killed eleven people.", "strike", "strike"),
        ("A strong earthquake shook the island of Harn on Monday.", "earthquake", "strong earthquake"),
        ("The killing of General Bela Renko shook Norra.", "killing", "killing"),
        ("President Ada Holm visited the town after two planned strikes on Harn.", "strikes", "strikes"),
    ],
)
def test_a_noun_with_the_plain_words_before_it(text: str, trigger: str, kind: str) -> None:
    assert told(text, trigger).kind == kind


@pytest.mark.parametrize(
    ("text", "trigger", "kind"),
    [
        ("The border crossing at Port Senn was reopened on Monday.", "reopened", "border crossing reopened"),
        ("The harbour was closed on Monday by the Norran government.", "closed", "harbour closed"),
        ("Norra did not sign the fishing treaty.", "sign", "fishing treaty signed"),
        ("Norra has decided to close its border with Senn.", "close", "border closed"),
        ("Norra will send grain to Senn next month.", "send", "grain sent"),
        ("The rebels captured a town near Harn on Monday.", "captured", "town captured"),
    ],
)
def test_a_verb_with_what_it_is_done_to(text: str, trigger: str, kind: str) -> None:
    assert told(text, trigger).kind == kind


@pytest.mark.parametrize(
    ("text", "trigger", "kind"),
    [
        ("General Bela Renko was arrested in Port Senn on Tuesday.", "arrested", "arrested"),
        ("Norran troops attacked Port Senn on Monday.", "attacked", "attacked"),
        ("The president of Norra, Ada Holm, resigned on Monday.", "resigned", "resigned"),
        ("Norran police beat Bela Renko in Port Senn on Monday.", "beat", "beaten"),
        ("Norra may attack Port Senn within days, officials said.", "attack", "attacked"),
    ],
)
def test_a_verb_alone_is_what_was_done(text: str, trigger: str, kind: str) -> None:
    assert told(text, trigger).kind == kind
