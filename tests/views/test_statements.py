from __future__ import annotations

from onrecord.views.statements import list_statements
from tests.records import RECORD

ROWS = list_statements(RECORD)


def test_every_statement_is_quoted_from_its_text() -> None:
    texts = {a.id: a.text for a in RECORD.analyses}
    for row in ROWS:
        assert row.words.quote == " … ".join(texts[row.words.report][start:end] for start, end in row.words.spans)


def test_chain_leads_from_the_reader_to_the_speaker() -> None:
    row = ROWS[3]
    assert (row.speaker, row.speaker_class) == ("a Norvian official", "unnamed official")
    assert row.chain == "Radio Sarn ← a Norvian official"
    assert [r.words.report for r in ROWS].count("r3") == 1


def test_plain_words_have_no_stance() -> None:
    assert [row.stance for row in ROWS] == ["", "", "promised", "predicted", "denied", "threatened", ""]


def test_addressee_and_channel_are_given() -> None:
    assert (ROWS[0].addressee, ROWS[0].channel) == ("Omar Teshk", "by phone")


def test_missing_source_is_said() -> None:
    assert (ROWS[-1].speaker, ROWS[-1].speaker_class, ROWS[-1].chain) == ("source not stated", "not stated", "")
