from __future__ import annotations

import contextlib
import inspect
import io
import json
import re
import subprocess
import sys
import tempfile
import typing
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas
import polars
import pytest

import onrecord
from onrecord import public as api
from onrecord.record import OnrecordError
from onrecord.store import read_record
from tests import harbour
from tests.processor import to_the_letter
from tests.records import HOSTILE
from tests.web.site import make_record

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs" / "python.md"
REPORTS = harbour.FOLDER / "reports.jsonl"
TEXT = "Transport Minister Ada Norra said on Thursday that the harbour would reopen next week."
# As docs/python.md has them: what is run, and what it prints.
BLOCKS = re.compile(r"```python\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder from which the examples of the documentation run."""
    made = tmp_path_factory.mktemp("library")
    (made / "examples").symlink_to(ROOT / "examples")
    return made


@pytest.fixture(scope="module")
def record(folder: Path) -> Iterator[onrecord.RecordFile]:
    with onrecord.build(REPORTS, folder / "harbour.onrecord") as made:
        yield made


def public() -> Iterator[tuple[str, Any]]:
    """The functions that a user calls: those of the package, and the methods of its classes."""
    for name in onrecord.__all__:
        value = getattr(onrecord, name)
        if inspect.isfunction(value):
            yield name, value
        elif not issubclass(value, Exception):
            yield from ((f"{name}.{n}", f) for n, f in vars(value).items() if n[0] != "_" and inspect.isfunction(f))


def test_the_public_names_are_few_and_there() -> None:
    assert len(onrecord.__all__) <= 12
    assert set(onrecord.__all__) <= set(dir(onrecord))
    for name in onrecord.__all__:
        assert inspect.getdoc(getattr(onrecord, name))
    with pytest.raises(AttributeError, match="gone"):
        onrecord.gone  # noqa: B018


@pytest.mark.parametrize(("name", "function"), list(public()), ids=[name for name, _ in public()])
def test_what_is_public_is_typed_and_documented(name: str, function: Callable[..., object]) -> None:
    assert inspect.getdoc(function)
    signature = inspect.signature(function)
    assert signature.return_annotation is not inspect.Signature.empty
    assert all(p.annotation is not p.empty for p in signature.parameters.values() if p.name != "self")
    names = {"pandas": pandas, "polars": polars}
    assert typing.get_type_hints(function, vars(api) | names)


def test_to_import_it_loads_no_model_and_no_arrays() -> None:
    script = "import onrecord, sys; print(sorted({'numpy', 'onnxruntime', 'msgspec', 'pandas'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "['msgspec']\n"


def test_a_record_is_built_opened_and_shown(record: onrecord.RecordFile) -> None:
    assert repr(record) == f"<record of 8 reports at {record.path}>"
    with onrecord.open(str(record.path)) as again:
        assert again.data() == record.data() == read_record(record.path)
    assert len(record.data().reports) == 8


def test_statements_are_those_that_meet_all_conditions(record: onrecord.RecordFile) -> None:
    rows = record.statements(by="Catrin Averill", kinds=["direct"], since="2019-09-20")
    assert [row.words.quote for row in rows] == ['"We have a tide and a date," … "and last week we had neither."']
    assert rows.summary == "1 statement in these 8 reports"
    assert {row.speaker for row in record.statements(by="Averill")} == {"Catrin Averill"}
    assert all("boom" in row.words.quote for row in record.statements(about='"boom across the basin"'))
    assert {row.addressee for row in record.statements(to="Emil Vorac")} == {"Emil Vorac"}
    assert {row.words.outlet for row in record.statements(outlet="Mercury")} == {"The Anselhaven Mercury"}
    assert all(row.also for row in record.statements(min_reports=2))
    unnamed = {row.speaker for row in record.statements(unnamed=True)}
    assert "A Treasury official who has seen the file" in unnamed
    assert "Catrin Averill" not in unnamed
    assert all(row.confidence >= 0.8 for row in record.statements(min_confidence=0.8))
    assert len(record.statements(limit=3)) == 3


def test_days_are_words_or_dates(record: onrecord.RecordFile) -> None:
    by_words = record.contacts(when="2019-09-12")
    assert [row.kind for row in by_words] == ["call"]
    assert list(record.contacts(since=date(2019, 9, 12), until=date(2019, 9, 12))) == list(by_words)
    assert list(record.contacts(when=datetime(2019, 9, 12, 8, 30))) == list(by_words)
    with pytest.raises(OnrecordError, match="names no days"):
        record.events(since="the day of days")


def test_contacts_come_with_the_accounts_of_their_sides(record: onrecord.RecordFile) -> None:
    (call,) = record.contacts(between=["Averill", "Vorac"], kinds=["call"], when="2019-09-12")
    ministry, *officials, unknown = [readout.name for readout in call.readouts]
    assert (ministry, unknown) == ("the Letharian Foreign Ministry", "source not stated")
    # The ledger's words for the call are read so on some processors only.
    assert all(name.startswith("Two senior Letharian officials") for name in officials)
    standings = ("2 reports, 1 traced origin, 1 doesn't say", "3 reports, 2 traced origins, 1 doesn't say")
    assert call.standing == standings[len(officials)]


def test_events_are_filtered_by_what_is_given(record: onrecord.RecordFile) -> None:
    planned = record.events(statuses=["planned"])
    assert planned
    assert {row.status for row in planned} == {"reported as planned"}
    assert record.events(who="Vorac", types=["REQUEST"])
    assert 0 < len(record.events(place="Casimar")) < len(record.events())


def test_claims_with_their_sources_trace_and_disputes(record: onrecord.RecordFile) -> None:
    claim = record.claims(min_reports=3, min_origins=2)[0]
    assert claim.standing == "3 reports, 2 traced origins"
    assert record.claims(by="Emil Vorac", about="10 million florins")[0].ref == claim.ref
    tree = record.sources(claim.ref)
    assert [origin.name for origin in tree.origins] == list(claim.origins)
    held = record.trace(claim.ref)
    assert held[0].first
    assert {row.report for row in held} == set(claim.reports)
    assert {row.kind for row in record.disputes(kinds=["denial"])} == {"denial"}
    assert 0 < len(record.disputes("quayside")) + len(record.disputes("herald-0915")) < len(record.disputes()) * 2


def test_search_is_for_words_or_for_what_is_like_some(record: onrecord.RecordFile) -> None:
    assert all("[" in hit.excerpt for hit in record.search("boom tug"))
    like = record.search(like="The tug broke the boom at full speed.", limit=2)
    assert [hit.score for hit in like] == sorted((hit.score or 0.0 for hit in like), reverse=True)
    for words, other in ((None, None), ("tug", "tug")):
        with pytest.raises(OnrecordError, match="search for words"):
            record.search(words, like=other)


def test_two_accounts_and_what_is_new(record: onrecord.RecordFile) -> None:
    beside = record.diff("tern-0913", "mercury-0914")
    assert {"both say", "only A says", "only B says"} <= {row.what for row in beside}
    assert len(record.new("today")) + len(record.new(date(1999, 1, 1))) == 16
    with pytest.raises(OnrecordError, match="has no first day"):
        record.new("../2019")


def test_text_to_send_on(record: onrecord.RecordFile) -> None:
    said = record.statements(limit=1)[0]
    assert "sha256" in record.cite(said.ref)
    assert json.loads(record.cite(said.ref, "annotation"))["type"] == "Annotation"
    with pytest.raises(OnrecordError, match="there are: text"):
        record.cite(said.ref, "poem")
    assert record.brief("Averill", limit=2).startswith("# Averill\n")


def test_rows_are_a_sequence_that_says_its_answer(record: onrecord.RecordFile) -> None:
    rows = record.claims(limit=3)
    assert isinstance(rows, onrecord.Rows)
    assert list(rows) == [rows[0], *rows[1:]] == [*rows[:-1], rows[-1]]
    assert repr(rows) == f"<{rows.title}: {rows.summary}>"
    assert rows.summary.endswith(" claims in these 8 reports, of which 3 are shown")


def test_a_name_that_may_be_two_peoples_is_said_to_be(tmp_path: Path) -> None:
    post = tmp_path / "post.txt"
    post.write_text("Mayor Ada Holm said that the port was open. Captain Bela Holm said that the ferry was late.")
    with onrecord.build(str(post), published="2031-03-07") as both:
        said = both.statements(by="Holm")
        assert said.notes[0].startswith('"Holm" may be Ada Holm and Bela Holm')
        assert len(said) == 2


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda r: r.statements(by="Katrin Averil"), 'did you mean "Catrin Averill"'),
        (lambda r: r.contacts(between=["Voracs"]), "did you mean"),
        (lambda r: r.sources("Q-46eff4e2ff"), 'did you mean "Q-46eff4e232"'),
        (lambda r: r.trace("nothing"), "there is no"),
        (lambda r: r.disputes("tern-0914"), 'did you mean "tern-0913"'),
        (lambda r: r.cite("P-0000"), "ids begin with"),
        (lambda r: r.diff("tern-0913", "tern-0914"), 'did you mean "tern-0913"'),
    ],
)
def test_what_is_not_there_is_named_with_what_is(
    record: onrecord.RecordFile, ask: Callable[[onrecord.RecordFile], object], says: str
) -> None:
    with pytest.raises(onrecord.NothingFound, match=re.escape(says)):
        ask(record)


def test_a_frame_of_pandas_has_the_columns_of_the_rows(record: onrecord.RecordFile) -> None:
    rows = record.statements(by="Averill")
    frame = rows.to_frame()
    assert isinstance(frame, pandas.DataFrame)
    assert len(frame) == len(rows)
    assert {"ref", "speaker", "said_earliest", "words_quote", "words_report", "also", "confidence"} <= {*frame.columns}
    assert frame["said_earliest"][0] == date(2019, 9, 12)
    assert list(frame["said_earliest"].isna()) == [row.said.earliest is None for row in rows]
    assert [*map(tuple, frame["also"])] == [row.also for row in rows]
    every = record.statements().to_frame()["also"]
    assert any(held == ["Tern News Agency, 20 September 2019"] for held in every)
    assert frame["confidence"].dtype == float
    assert frame["words_quote"].tolist() == [row.words.quote for row in rows]


def test_a_frame_of_polars_has_days_as_dates(record: onrecord.RecordFile) -> None:
    frame = record.contacts().to_frame("polars")
    assert isinstance(frame, polars.DataFrame)
    assert frame.schema["when_earliest"] == polars.Date
    assert frame.schema["origins"] == polars.List(polars.String)
    assert frame.filter(polars.col("when_earliest") == date(2019, 9, 12))["kind"].to_list() == ["call"]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_every_answer_makes_a_frame_also_an_empty_one(record: onrecord.RecordFile, library: str) -> None:
    claim = record.claims(limit=1)[0].ref
    answers = (
        *(record.events(), record.claims(), record.search("boom"), record.trace(claim), record.disputes()),
        *(record.diff("tern-0913", "mercury-0914"), record.new("today"), record.search("zeppelin")),
    )
    for rows in answers:
        assert len(rows.to_frame(library)) == len(rows)
    assert "words_quote" in answers[-1].to_frame(library).columns


def test_another_library_of_frames_is_refused(record: onrecord.RecordFile, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OnrecordError, match="there are: pandas, polars"):
        record.claims(limit=1).to_frame("os")
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(OnrecordError, match=re.escape("pip install 'onrecord[polars]'")):
        record.claims(limit=1).to_frame("polars")


def test_a_notebook_shows_a_table_in_which_nothing_of_a_report_runs(tmp_path: Path) -> None:
    (analysis,) = HOSTILE.analyses
    (report,) = harbour.reports()[:1]
    held = type(report)(id=analysis.id, key=analysis.key, outlet=analysis.outlet, text=analysis.text)
    path = make_record(tmp_path / "hostile.onrecord", [held], [analysis])
    shown = onrecord.open(path).statements()._repr_html_()
    assert "&lt;b&gt;bold&lt;/b&gt;" in shown
    assert "<b>" not in shown
    assert not re.search(r"[\x00\x1b\u202e]", shown)


def test_a_long_answer_is_shown_in_part(record: onrecord.RecordFile) -> None:
    rows = record.statements()
    shown = rows._repr_html_()
    assert shown.count("<tr>") == 21
    assert f"and {len(rows) - 20} more" in shown


def test_a_record_without_a_path_is_gone_when_it_is_closed(tmp_path: Path) -> None:
    (tmp_path / "post.txt").write_text(TEXT)
    with onrecord.build(tmp_path) as record:
        path = record.path
        assert [row.speaker for row in record.statements()] == ["Ada Norra"]
    assert isinstance(path, Path)
    assert not path.parent.exists()
    assert repr(record) == f"<record at {path}, which is gone>"
    with pytest.raises(OnrecordError):
        record.statements()


def test_what_cannot_be_read_gives_a_warning_where_it_was_asked_for(tmp_path: Path) -> None:
    (tmp_path / "post.txt").write_text(TEXT)
    (tmp_path / "broken.jsonl").write_text("no json\n")
    with pytest.warns(UserWarning, match=r"broken\.jsonl, line 1: ") as warned:
        record = onrecord.build([tmp_path], tmp_path / "built.onrecord")
    with pytest.warns(UserWarning, match="broken") as again:
        onrecord.extract(tmp_path)
    with pytest.warns(UserWarning, match="broken") as added:
        record.add(tmp_path)
    assert {Path(w.filename) for w in (*warned, *again, *added)} == {Path(__file__)}
    assert len(record.statements()) == 1


def test_more_reports_are_added(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT)
    (tmp_path / "two.txt").write_text("Ilse Varrun said that the grain road would stay open.")
    record = onrecord.build(str(tmp_path / "one.txt"), str(tmp_path / "built.onrecord"))
    assert repr(record).startswith("<record of 1 report at")
    record.add([tmp_path / "two.txt"], published="2031-03-05")
    assert {row.speaker for row in record.statements()} == {"Ada Norra", "Ilse Varrun"}


def test_nothing_to_read_is_refused_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = tmp_path / "temporary"
    left.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(left))
    (tmp_path / "empty").mkdir()
    with pytest.raises(OnrecordError, match="nothing was read"), pytest.warns(UserWarning, match="no reports in it"):
        onrecord.build(tmp_path / "empty")
    assert list(left.iterdir()) == []
    with pytest.raises(OnrecordError, match="none"):
        onrecord.open(tmp_path / "none.onrecord")


def test_extract_gives_each_report_alone(tmp_path: Path) -> None:
    (tmp_path / "post.txt").write_text(TEXT)
    (analysis,) = onrecord.extract(tmp_path / "post.txt", published="2031-03-04")
    assert (analysis.key, analysis.text) == ("post", TEXT)
    assert [a.speaker.name for a in analysis.attributions] == ["Ada Norra"]


@to_the_letter
@pytest.mark.skipif(not DOCS.exists(), reason="docs/python.md is not part of this copy")
def test_the_examples_of_the_documentation_run_and_print_what_they_say(
    record: onrecord.RecordFile, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert Path(str(record.path)).samefile("harbour.onrecord")
    blocks = BLOCKS.findall(DOCS.read_text(encoding="utf-8"))
    assert len(blocks) >= 7
    names: dict[str, Any] = {}
    for code, prints in blocks:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(code, names)  # noqa: S102
        assert out.getvalue() == prints
