"""Forms that no page of ours sends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.engine import read_log
from tests.web.changing import TOKEN, make_record, open_client

PATHS = ("/fix", "/undo", "/add", "/remove", "/add/x/cancel")
FORM = "application/x-www-form-urlencoded"
MULTI = "multipart/form-data; boundary=b"
HEAD = b'--b\r\nContent-Disposition: form-data; name="token"\r\n\r\n'


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    with open_client(make_record(tmp_path / "quay.onrecord", monkeypatch)) as made:
        yield made
    assert not read_log(str(tmp_path / "quay.onrecord")).corrections


def send(client: TestClient, path: str, kind: str, body: bytes) -> int:
    return client.post(path, content=body, headers={b"content-type": kind.encode("latin-1")}).status_code


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "charset",
    [
        *("idna", "punycode", "undefined", "unicode_escape", "utf-16", "rot13", "zip", "bz2", "hex", "mbcs"),
        *("\x00", "utf-8\x00", "x" * 5000, "..", "é", ""),
    ],
)
def test_an_encoding_that_is_none_is_refused(client: TestClient, path: str, charset: str) -> None:
    for token in (TOKEN.encode(), b"\xff\xfe-", b"xn--\xff", b"a..b" * 50, b"\\x", b"\\N{"):
        status = send(client, path, f"{MULTI}; charset={charset}", HEAD + token + b"\r\n--b--\r\n")
        assert 400 <= status < 500 or (status, token) in {(303, TOKEN.encode()), (303, b"a..b")}


@pytest.mark.parametrize("path", PATHS)
def test_a_form_that_is_none_is_refused(client: TestClient, path: str) -> None:
    parts = (b"Content-Disposition: form-data", b"Content-Disposition:", b"X", b"A: b\r\n" * 3000, b"A" * 100_000)
    named = (b"name*=utf-8''%ff; filename*=idna''%ff%fe", b"name=\"files\"; filename*=undefined''%ff", b'name="\xff"')
    heads = (*parts, *(b"Content-Disposition: form-data; " + name for name in named))
    bodies = (
        *(b"--b\r\n" + head + b"\r\n\r\nx\r\n--b--" for head in heads),
        b"",
        b"--b",
        b"--b--",
        b"--b\r\n\r\n",
        b"x" * 999,
    )
    for kind in (MULTI, "multipart/form-data", "multipart/form-data; boundary=\xff", FORM, "text/plain", ""):
        for body in bodies:
            assert 400 <= send(client, path, kind, body) < 500, (kind, body[:60])


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("kind", [FORM, "Application/X-WWW-Form-Urlencoded; a=multipart/form-data", ""])
def test_without_files_a_form_is_small_and_says_how_long_it_is(client: TestClient, path: str, kind: str) -> None:
    assert send(client, path, kind, b"token=x&other=" + b"%" * 2**20) == 413
    answer = client.post(path, content=iter([b"token=x"]), headers={"content-type": kind})
    assert answer.status_code == 413
    # The escapes of one field are not undone if it is longer than any that a page has.
    assert send(client, path, FORM, b"token=" + TOKEN.encode() + b"&other=" + b"%" * 2**16) == 400
