from __future__ import annotations

from pathlib import Path

import bench.contact_texts
from bench.contact_texts import finds, read_rows, same_name, score, shares
from onrecord.record import Event
from tests.events.reading import contacts

HOLM, RENKO = "Ada Holm", "Bela Renko"


def _gold(kind: str = "call", day: str | None = "2031-03-03", status: str = "happened") -> dict[str, object]:
    return {"kind": kind, "participants": [HOLM, RENKO], "day": day, "status": status}


def _told() -> list[Event]:
    return list(contacts("Foreign Minister Ada Holm telephoned Bela Renko on Monday."))


def test_names_agree_by_the_surname_or_the_whole_of_one() -> None:
    assert same_name("Ada Holm", "President Ada Holm")
    assert same_name("Ada Holm", "Holm")
    assert same_name("Foreign Minister of Norra", "Norra")
    assert not same_name("Ada Holm", "Ada Renko")


def test_a_contact_is_found_by_an_akin_kind_and_two_of_its_parties() -> None:
    (told,) = _told()
    assert finds(_gold(), told)
    assert finds(_gold("virtual_meeting"), told)
    assert not finds(_gold("meeting"), told)
    assert not finds({**_gold(), "participants": [HOLM, "Ina Sorel"]}, told)


def test_the_shares_are_of_what_was_given_and_of_gold() -> None:
    row = {"outlet": None, "contacts": [_gold(), _gold("visit")]}
    found = shares(score(row, _told()))
    assert (found["precision"], found["recall"], found["day"], found["status"]) == (1.0, 0.5, 1.0, 1.0)


def test_both_files_hold_reports_with_names_that_stand_in_them() -> None:
    folder = Path(bench.contact_texts.__file__).parent / "contact_texts"
    for name in ("read", "aside"):
        rows = read_rows(folder / f"{name}.jsonl")
        assert len(rows) == 90
        for row in rows:
            for contact in row["contacts"]:  # type: ignore[attr-defined]
                assert all(str(p).split()[-1] in str(row["text"]) for p in contact["participants"]), row["id"]
