"""Reports on invented affairs, as many as a test wants."""

from __future__ import annotations

import random
from collections.abc import Iterable

from onrecord.ingest import report_id
from onrecord.record import Report

PEOPLE = ("Maren Oldvik", "Tasso Brehm", "Yelda Corrant", "Piet Rosmar", "Ines Havolt")
OFFICES = ("Foreign Minister", "Defence Minister", "President", "Prime Minister")
COUNTRIES = ("Sundmark", "Valdoria", "Ostrene", "Quessa")
OUTLETS = ("The Sundmark Courier", "Valdoria Today", "Ostrene Wire")
MATTERS = ("the tunnel toll", "the fishing quota", "the closed airfield", "the pipeline under Lake Brun")


def make_reports(count: int, *, seed: int = 0) -> list[Report]:
    """The same `count` different reports for the same seed."""
    draw = random.Random(seed)
    return [make_report(f"r{seed}-{number}", draw) for number in range(count)]


def make_report(key: str, draw: random.Random) -> Report:
    caller, callee = draw.sample(PEOPLE, 2)
    here, there = draw.sample(COUNTRIES, 2)
    matter, outlet, day = draw.choice(MATTERS), draw.choice(OUTLETS), draw.randrange(1, 28)
    text = (
        f"{draw.choice(OFFICES)} {caller} of {here} spoke by telephone with {callee} of {there} about {matter}.\n\n"
        f'"We have asked {there} {draw.randrange(2, 90)} times to talk about {matter}," {caller} told reporters.\n\n'
        f"{callee} denied that, according to an official in {there} who asked not to be named."
    )
    return Report(
        id=report_id(outlet, None, text),
        key=key,
        outlet=outlet,
        published=f"2031-05-{day:02}",
        language="en",
        text=text,
    )


def shuffled(reports: Iterable[Report], seed: int) -> list[Report]:
    """`reports` in another order."""
    order = list(reports)
    random.Random(seed).shuffle(order)
    return order
