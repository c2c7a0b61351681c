import errno
import os
from pathlib import Path

import py3langid
import pytest

from onrecord.ingest import find_language, read_reports
from onrecord.ingest.languages import language_name, load_languages, primary_subtag
from onrecord.record import OnrecordError

ENGLISH = (
    "The harbour master of Ostrava Bay said on Friday that no ship had left since the storm began on Monday night."
)
TEXTS = {
    "fr": "Le maire de la ville a déclaré vendredi que le port resterait fermé jusqu'à la fin de la semaine, "
    "car les dégâts de la tempête sont plus graves que prévu.",
    "de": "Der Hafenmeister sagte am Freitag, dass seit dem Beginn des Sturms in der Nacht zum Montag kein Schiff mehr "
    "ausgelaufen sei und dass die Schäden groß seien.",
    "ru": "Начальник порта заявил в пятницу, что с начала шторма из гавани не вышло ни одно судно.",
}


@pytest.mark.parametrize(("code", "text"), TEXTS.items())
def test_a_foreign_report_is_known(code: str, text: str) -> None:
    assert find_language(text) == code


def test_english_is_known() -> None:
    assert find_language(ENGLISH) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "12 34 56",
        "Jorvik Hjalmarsen, Vigdis Thorsdatter",
        "Le maire",
        "Ambassador Vigdis Thorsdatter met Ketil Brandvold, Oyvind Aasgaard and Sigrun Lillehaug at Fjellheim, where "
        "Ragnhild Myklebust and Halvard Nesset of Solbakken had waited since Monday.",
    ],
)
def test_what_is_short_or_full_of_names_passes_for_english(text: str) -> None:
    assert find_language(text) == "en"


def test_another_script_is_foreign_however_short() -> None:
    assert find_language("Мэр города заявил") != "en"
    assert find_language("市長は金曜日に") == "ja"


def test_only_the_beginning_is_read() -> None:
    assert find_language(ENGLISH * 60 + TEXTS["ru"] * 10_000) == "en"


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en-GB", "en"), ("EN_us", "en"), ("eng", "en"), (" fr ", "fr"), ("und", None), ("English", None), ("", None)],
)
def test_a_tag_is_cut_to_its_language(tag: str, language: str | None) -> None:
    assert primary_subtag(tag) == language


def test_a_language_has_a_name() -> None:
    assert language_name("fr") == "French (fr)"
    assert language_name("xx") == "xx"


def test_no_room_to_unpack_is_told_of_the_temporary_folder_and_of_no_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: str) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "a.txt").write_text("The council of Orlenz met.", encoding="utf-8")
    monkeypatch.setattr(py3langid, "rank", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    load_languages.cache_clear()
    with pytest.raises(OnrecordError, match=f"^{tmp_path}: No space left on device; .*TMPDIR"):
        list(read_reports([str(tmp_path / "a.txt")]))
