import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from onrecord.ingest import Notice, isolation
from onrecord.ingest.entries import read_entries
from onrecord.ingest.frames import Entry, Found, Request
from onrecord.ingest.isolation import Worker
from onrecord.ingest.pages import PageReader
from onrecord.record import OnrecordError
from tests.ingest.pages.written import BODY, MAYOR, READ, TITLE, page

TEXT = READ


def worker_of(pages: PageReader) -> subprocess.Popen[bytes]:
    assert pages._worker
    return pages._worker


def refusal(pages: PageReader, html: bytes | str) -> str:
    with pytest.raises(OnrecordError) as caught:
        pages.read(html)
    # The next page is none the worse for it.
    assert pages.read(page()).text == TEXT
    return str(caught.value)


def test_one_worker_reads_all_pages() -> None:
    with PageReader() as pages:
        assert pages.read(page()).text == TEXT
        worker = worker_of(pages)
        assert pages.read(page().encode(), "https://tamsin.example/pier").url == "https://tamsin.example/pier"
        assert worker_of(pages) is worker
    assert worker.returncode is not None


def test_no_worker_is_started_for_nothing() -> None:
    with PageReader() as pages:
        assert pages._worker is None


def test_a_worker_that_was_killed_while_idle_lost_nothing() -> None:
    with PageReader() as pages:
        pages.read(page())
        worker_of(pages).kill()
        worker_of(pages).wait()
        assert pages.read(page()).text == TEXT


def test_an_answer_that_is_none_costs_one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    with PageReader() as pages:
        with monkeypatch.context() as patch:
            patch.setattr(isolation, "read_frame", lambda _: b"\xc1")
            with pytest.raises(OnrecordError, match="no answer"):
                pages.read(page())
        assert pages.read(page()).text == TEXT


def test_workers_are_renewed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "RENEWED_AFTER", 2)
    with PageReader() as pages:
        ids = []
        for _ in range(4):
            pages.read(page())
            ids.append(worker_of(pages).pid)
    assert ids[0] == ids[1] != ids[2] == ids[3]


def test_a_worker_ends_with_the_one_that_asks() -> None:
    code = (
        "from onrecord.ingest.pages import PageReader\n"
        f"pages = PageReader(); pages.read({page()!r}); print(pages._worker.pid, flush=True); import os; os._exit(9)"
    )
    pid = int(subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True).stdout)
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{pid}/stat").exists() and ") Z " in Path(f"/proc/{pid}/stat").read_text():
            return
        time.sleep(0.05)
    raise AssertionError("the worker lives on")


def test_modules_of_the_working_folder_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lxml.py").write_text("raise SystemExit(5)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    with PageReader() as pages:
        assert pages.read(page()).text == TEXT


@pytest.mark.parametrize("call", ["socket.socket()", "subprocess.run('true')", "os.fork()", "os.system('true')"])
def test_a_worker_calls_nobody(call: str) -> None:
    code = (
        "import os, socket, subprocess, sys\n"
        "from onrecord.ingest.worker import forbid\n"
        f"sys.addaudithook(forbid)\ntry:\n    {call}\nexcept PermissionError:\n    print('refused')"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)
    assert ran.stdout == "refused\n"


def paragraphs(count: int) -> str:
    return page("".join(f"<p>Paragraph {i} of a long report</p>" for i in range(count)))


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on processor time there but that on waiting")
def test_two_hundred_thousand_paragraphs_take_too_long() -> None:
    with PageReader(cpu_seconds=2) as pages:
        started = time.monotonic()
        assert refusal(pages, paragraphs(200_000)) == "took more than 2 seconds to parse"
        assert time.monotonic() - started < 30


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on processor time there but that on waiting")
def test_the_limit_is_on_each_page_and_not_on_all() -> None:
    with PageReader(cpu_seconds=1) as pages:
        pages.read(page())
        worker, started = worker_of(pages), time.monotonic()
        while time.monotonic() - started < 2.5:
            assert pages.read(paragraphs(1_000)).text
        assert worker_of(pages) is worker


@pytest.mark.skipif(sys.platform != "linux", reason="address space is bounded on Linux alone")
@pytest.mark.parametrize("html", [page(f"<p>{'x ' * 4_900_000}</p>"), page("<b>x</b>" * 1_000_000)])
def test_memory_is_bounded(html: str) -> None:
    with PageReader(memory=400 * 2**20, cpu_seconds=60) as pages:
        assert refusal(pages, html) == "took more than 400 MB of memory to parse"


def test_one_that_waits_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "WALL_PER_CPU", 0.1)
    with PageReader(cpu_seconds=5) as pages, pytest.raises(OnrecordError, match="ended"):
        pages.read(paragraphs(200_000))


KILLERS: dict[str, tuple[bytes | str, str | None]] = {
    "attributes": (page(f"<p {' '.join(f'a{i}=1' for i in range(300_000))}>x</p>"), "more than 5,000 attributes"),
    "nested": (page("<div>" * 100_000 + BODY + "</div>" * 100_000), "more than 512 deep"),
    "word": (page(f"<p>{'x' * 20 * 2**20}</p>"), "21 MB; the limit for one report is 10 MB"),
    "zeros": (b"\0" * 2**20, "binary, not text"),
    "image": (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(range(256)) * 99, None),
    "comments": ("<!--" * 2_000_000, "nothing in it"),
    "open tags": ("<a b='" * 1_000_000, "5,000 attributes"),
    "brackets": (f'<script type="application/ld+json">{"[" * 1_000_000}</script>', "no main text"),
}


def test_known_killers_cost_one_page_each() -> None:
    with PageReader() as pages:
        worker = None
        for name, (html, reason) in KILLERS.items():
            assert (reason or "") in refusal(pages, html), name
            assert worker in (None, worker_of(pages).pid), name
            worker = worker_of(pages).pid


BOMB = "<!DOCTYPE html [<!ENTITY a0 'ha '>" + "".join(f"<!ENTITY a{i + 1} '{f'&a{i};' * 10}'>" for i in range(12))


@pytest.mark.parametrize(
    "html",
    [
        f"{BOMB}]>{page(f'<p>&a12;</p>{BODY}')}",
        page().replace("pier", "pi\0er"),
        page(f"{BODY}<table><tr><td colspan=9000000000000000>oak</td></tr></table>"),
        page(BODY + " " * 5_000_000),
        "<meta charset='utf-16'>" + page(),
    ],
    ids=["entities", "zeros", "columns", "spaces", "charset"],
)
def test_what_only_looks_deadly_is_read(html: str) -> None:
    with PageReader() as pages:
        for given in (html, html.encode()):
            assert TEXT.removeprefix(TITLE) in pages.read(given).text


def test_a_lone_surrogate_is_survived() -> None:
    with PageReader() as pages:
        assert "\ufffd" in pages.read(page(f"<p>{MAYOR} \ud83d</p>{BODY}")).text
        head = '<script type="application/ld+json">{"@type": "Article", "headline": "Pier \\ud83d"}</script>'
        assert pages.read(page(head=head)).title == "Pier \ufffd"


def feed(count: int, body: str = MAYOR) -> bytes:
    items = "".join(f"<item><title>Pier {i}</title><description>{body}</description></item>" for i in range(count))
    return f"<rss version='2.0'><channel><title>Post</title>{items}</channel></rss>".encode()


def test_a_file_of_many_is_answered_one_by_one() -> None:
    with Worker() as files:
        found = list(files.ask(Request("feed", feed(3))))
        assert [one.number for one in found if isinstance(one, Entry)] == [1, 2, 3]
        worker = files._worker
        assert len(list(files.ask(Request("feed", feed(5))))) == 5
        assert files._worker is worker


def test_one_that_is_left_in_the_middle_does_not_answer_the_next() -> None:
    with Worker() as files:
        asked = files.ask(Request("feed", feed(500)))
        next(asked)
        asked.close()
        assert files._worker is None
        assert len(list(files.ask(Request("feed", feed(2))))) == 2


def test_a_worker_that_dies_costs_the_rest_of_its_file() -> None:
    with Worker() as files:
        # More than a pipe holds, so that it is not done before it is killed.
        asked = files.ask(Request("feed", feed(500, "x" * 10_000)))
        first = next(asked)
        assert isinstance(first, Entry) and first.number == 1
        assert files._worker
        files._worker.kill()
        *_, last = asked
        assert isinstance(last, str) and "ended" in last
        assert len(list(files.ask(Request("feed", feed(2))))) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on processor time there but that on waiting")
def test_a_file_that_takes_too_long_is_named_and_the_next_one_read(tmp_path: Path) -> None:
    with Worker(cpu_seconds=1) as files:
        assert list(files.ask(Request("feed", feed(100_000, "x" * 99)))) == ["took more than 1 seconds to parse"]
        assert len(list(files.ask(Request("feed", feed(2))))) == 2


def test_the_rest_of_a_file_is_named(tmp_path: Path) -> None:
    found: list[Found] = [Entry(number=1, text=MAYOR), "the process that parsed it ended (status 1)"]
    with PageReader() as pages:
        *_, last = read_entries("post.rss", "post", found, "entry", None, pages)
    assert last == Notice("post.rss", None, "the process that parsed it ended (status 1); the rest is left out", True)
