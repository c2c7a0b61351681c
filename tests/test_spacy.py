import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

TEXT = (
    "DORVAL, Thursday - The harbour will reopen next week, Transport Minister Ada Norra told reporters on Thursday.\n"
    "“The dredging,” she said, “is finished.”\n"
    "An official of Lothia, who declined to be named, denied that the talks with Vellmark had failed."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    made = spacy.blank("en")
    made.add_pipe("onrecord")
    return made


def test_a_doc_has_its_attributions_as_spans(nlp: Language) -> None:
    doc = nlp(TEXT)
    found = doc._.onrecord.attributions
    assert found == sorted(found, key=lambda a: a.content[0].start)
    by_source = {" ".join(s.text for s in a.source): a for a in found}
    assert [s.text for s in by_source["she"].content] == ["“The dredging,”", "“is finished.”"]
    assert by_source["she"].record.quote == "direct"
    assert by_source["An official of Lothia"].record.polarity == "denied"
    assert all(s.doc is doc for a in found for part in (a.content, a.cue, a.source) for s in part)


def test_a_doc_has_entities_with_mentions_and_time_expressions(nlp: Language) -> None:
    facts = nlp(TEXT)._.onrecord
    named = {e.record.name: [m.text for m in e.mentions] for e in facts.entities}
    assert named["Ada Norra"][0] == "Ada Norra"
    assert "Thursday" in [t.span.text for t in facts.timexes]


def test_a_part_covers_what_the_record_has_whatever_the_tokens_are(nlp: Language) -> None:
    cut = [TEXT[n : n + 7] for n in range(0, len(TEXT), 7)]
    doc = nlp(Doc(nlp.vocab, words=cut, spaces=[False] * len(cut)))
    for found in doc._.onrecord.attributions:
        for spans, record in ((found.content, found.record.content), (found.source, found.record.source)):
            pairs = zip(spans, record, strict=True)
            assert all(s.start_char <= r.start and r.end <= s.end_char for s, r in pairs)


def test_the_analysis_is_that_of_extract(nlp: Language) -> None:
    analysis = nlp(TEXT)._.onrecord.analysis
    assert analysis.text == TEXT
    assert all(TEXT[s.start : s.end].strip() for a in analysis.attributions for s in a.content)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "No."])
def test_a_doc_with_nothing_in_it_has_no_facts(nlp: Language, text: str) -> None:
    facts = nlp(text)._.onrecord
    assert facts is not None
    assert facts.attributions == []


def test_a_doc_that_was_not_read_has_none() -> None:
    assert spacy.blank("en")(TEXT)._.onrecord is None


def test_what_is_known_of_the_report_is_used(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc._.onrecord_report = {"outlet": "Norra Ledger", "published": "2019-04-05"}
    facts = nlp(doc)._.onrecord
    assert facts.analysis.outlet == "Norra Ledger"
    days = {t.span.text: str(t.record.earliest) for t in facts.timexes}
    assert days["Thursday"] == "2019-04-04"


def test_an_unknown_name_says_which_are_known(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc._.onrecord_report = {"paper": "Norra Ledger"}
    with pytest.raises(ValueError, match=r"paper unknown \(known are outlet"):
        nlp(doc)


def test_many_docs_in_two_processes_are_as_one_by_one(nlp: Language) -> None:
    texts = [TEXT, "", "Ada Norra said no.", TEXT]
    apart = [d._.onrecord.analysis for d in nlp.pipe(texts, n_process=2, batch_size=1)]
    assert apart == [nlp(t)._.onrecord.analysis for t in texts]


def test_a_doc_and_a_pipeline_come_back_from_disk(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    doc = again(TEXT)
    back = Doc(again.vocab).from_bytes(doc.to_bytes())
    assert back._.onrecord.analysis == doc._.onrecord.analysis
    assert [s.text for a in back._.onrecord.attributions for s in a.source]


def test_nothing_of_onrecord_need_be_imported_and_nothing_else_imports_spacy() -> None:
    found = "import spacy; n = spacy.blank('en'); n.add_pipe('onrecord'); print(n.pipe_names)"
    lazy = "import sys, onrecord.cli, onrecord.pipeline; print('spacy' in sys.modules)"
    shown = [
        subprocess.run([sys.executable, "-c", c], capture_output=True, text=True, check=True) for c in (found, lazy)
    ]
    assert [s.stdout.strip() for s in shown] == ["['onrecord']", "False"]


def test_spans_stand_in_order(nlp: Language) -> None:
    for facts in nlp(TEXT)._.onrecord.attributions:
        assert all(a.end <= b.start for a, b in pairwise(facts.content))
