from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.events.reading import contacts, events, told, words

ROWS = Path(__file__).parents[2] / "training" / "events" / "status.jsonl"


@pytest.mark.parametrize(
    ("text", "trigger", "status"),
    [
        ("Norra signed the fishing treaty on Monday.", "signed", "happened"),
        ("Norra said that it had signed the fishing treaty.", "signed", "happened"),
        ("The navy, which seized the trawler on Tuesday, has left the strait.", "seized", "happened"),
        ("Norra will sign the fishing treaty on Monday.", "sign", "planned"),
        ("Norra plans to sign the fishing treaty.", "sign", "planned"),
        ("Norra has agreed to sign the fishing treaty.", "sign", "planned"),
        ("Norra is to sign the fishing treaty next week.", "sign", "planned"),
        ("The island will probably be flooded within a year, experts said.", "flooded", "predicted"),
        ("Norra may attack Port Senn within days, officials said.", "attack", "predicted"),
        ("Analysts forecast that the coalition in Senn would collapse.", "collapse", "predicted"),
        ("If Senn frees the sailors, Norra will sign the fishing treaty.", "sign", "conditional"),
        ("Norra would impose sanctions on Senn if the trawler was not freed.", "impose", "conditional"),
        ("Norra will not sign the treaty unless Senn frees the sailors.", "frees", "conditional"),
        ("Norra did not sign the fishing treaty.", "sign", "denied"),
        ("Norra denied that its navy had seized the trawler.", "seized", "denied"),
        ("Norra refused to sign the fishing treaty.", "sign", "denied"),
        ("No shots were fired in Port Senn on Monday.", "fired", "denied"),
        ("Norra has not yet signed the fishing treaty.", "signed", "not_yet"),
        ("Norra has yet to sign the fishing treaty.", "sign", "not_yet"),
        ("The fishing treaty has still not been signed by Norra.", "signed", "not_yet"),
    ],
)
def test_status_of_an_event(text: str, trigger: str, status: str) -> None:
    assert told(text, trigger).status == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Foreign Minister Ada Holm will meet Bela Renko in Port Senn.", "planned"),
        ("Foreign Minister Ada Holm is due to meet President Bela Renko in Port Senn.", "planned"),
        ("Foreign Minister Ada Holm plans to meet Bela Renko.", "planned"),
        ("Foreign Minister Ada Holm agreed to meet Bela Renko.", "planned"),
        ("Foreign Minister Ada Holm hopes to sit down with Bela Renko.", "planned"),
        ("Foreign Minister Ada Holm did not meet Bela Renko.", "denied"),
        ("Ada Holm refused to meet Bela Renko in Port Senn.", "denied"),
        ("Foreign Minister Ada Holm denied having met Bela Renko.", "denied"),
        ("Ada Holm denied that she had met Bela Renko in Port Senn.", "denied"),
        ("The meeting between President Ada Holm and Bela Renko was cancelled.", "denied"),
        ("Foreign Minister Ada Holm did not say that she had met Bela Renko.", "happened"),
        ("President Ada Holm promised help when Holm met Bela Renko in Harn.", "happened"),
        ("Foreign Minister Ada Holm has not yet met Bela Renko.", "not_yet"),
        ("Ada Holm said no, and Ina Sorel will go. Ada Holm met Bela Renko.", "happened"),
        ("Foreign Minister Ada Holm spoke to Bela Renko on Monday.", "happened"),
    ],
)
def test_status_of_a_contact(text: str, status: str) -> None:
    assert [e.status for e in contacts(text)] == [status]


@pytest.mark.parametrize(
    ("when", "status"), [("on Tuesday, 4 March 2031", "happened"), ("on 11 March 2031", "planned")]
)
def test_what_is_dated_later_than_the_report_is_planned(when: str, status: str) -> None:
    assert [e.status for e in contacts(f"Foreign Minister Ada Holm meets Bela Renko in Harn {when}.")] == [status]


def test_the_labelled_sentences() -> None:
    rows = [json.loads(line) for line in ROWS.read_text(encoding="utf-8").splitlines()]
    right = 0
    for row in rows:
        start = row["text"].index(row["trigger"])
        at = range(start, start + len(row["trigger"]))
        found = [e.status for e in events(row["text"]) if any(a in at or start in range(a, b) for a, b in e.trigger)]
        right += found[:1] == [row["status"]]
    assert len(rows) >= 80
    assert right / len(rows) >= 0.85


def test_two_statuses_in_one_sentence() -> None:
    text = "Norran troops attacked Harn on Monday, and the army will shell Port Senn on Tuesday."
    assert {words(text, e.trigger)[0]: e.status for e in events(text)} == {"attacked": "happened", "shell": "planned"}
