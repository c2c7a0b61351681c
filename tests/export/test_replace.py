from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.export import replace_file


def test_file_is_in_place_once_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_text("old")
    with replace_file(path) as out:
        out.write(b"new")
        out.flush()
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_failure_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt), replace_file(path) as out:
        out.write(b"ne")
        raise KeyboardInterrupt
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_link_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "record.json", tmp_path / "latest.json"
    link.symlink_to(path)
    with replace_file(link) as out:
        out.write(b"new")
    assert link.is_symlink()
    assert path.read_text() == "new"


def test_error_names_the_file_that_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "record.json"
    with pytest.raises(FileNotFoundError) as error, replace_file(path):
        pass
    assert error.value.filename == str(path)
