from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.export import replace_file, replace_folder
from onrecord.export.manifest import NAME, Contents, Options
from onrecord.record import OnrecordError


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


def put(folder: Path, name: str = "claims.csv") -> None:
    """Fill a folder as an export does."""
    (folder / name).write_text("new")
    (folder / NAME).write_bytes(Contents().manifest("csv", Options(), None, [folder / name]))


def test_folder_is_in_place_once_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out"
    with replace_folder(path) as folder:
        put(folder)
        assert not path.exists()
    assert sorted(p.name for p in path.iterdir()) == ["claims.csv", NAME]
    assert list(tmp_path.iterdir()) == [path]


def test_earlier_export_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "out"
    for name in ("old.csv", "new.csv"):
        with replace_folder(path) as folder:
            put(folder, name)
    assert sorted(p.name for p in path.iterdir()) == [NAME, "new.csv"]
    assert list(tmp_path.iterdir()) == [path]


def test_empty_folder_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.mkdir()
    with replace_folder(path) as folder:
        put(folder)
    assert (path / "claims.csv").exists()


@pytest.mark.parametrize("earlier", [True, False])
def test_failure_leaves_the_folder_as_it_was(tmp_path: Path, earlier: bool) -> None:
    path = tmp_path / "out"
    if earlier:
        with replace_folder(path) as folder:
            put(folder, "old.csv")
    with pytest.raises(KeyboardInterrupt), replace_folder(path) as folder:
        put(folder)
        raise KeyboardInterrupt
    assert [p.name for p in tmp_path.iterdir()] == (["out"] if earlier else [])
    assert not earlier or (path / "old.csv").read_text() == "new"


def test_folder_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "out"
    with replace_folder(path) as folder:
        put(folder)
    (path / "mine.txt").write_text("mine")
    with (
        pytest.raises(OnrecordError, match=r"out: holds mine\.txt, which no export wrote and which would be lost"),
        replace_folder(path),
    ):
        pass
    assert (path / "mine.txt").read_text() == "mine"


def test_file_where_a_folder_is_wanted_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("mine")
    with pytest.raises(OnrecordError, match="a folder of files, and that is a file"), replace_folder(path):
        pass
    assert path.read_text() == "mine"


def test_error_names_the_folder_that_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "out"
    with pytest.raises(FileNotFoundError) as error, replace_folder(path):
        pass
    assert error.value.filename == str(path)
