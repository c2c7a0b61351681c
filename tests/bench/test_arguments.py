import csv
import io
import tarfile
from pathlib import Path

from bench.arguments import Verb, read_qasrl, score
from onrecord.language import load_model


def archive(path: Path, files: dict[str, list[dict[str, str]]]) -> Path:
    with tarfile.open(path, "w:gz") as made:
        for name, rows in files.items():
            text = io.StringIO()
            writer = csv.DictWriter(text, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
            data = text.getvalue().encode()
            info = tarfile.TarInfo(f"./data/{name}.csv")
            info.size = len(data)
            made.addfile(info, io.BytesIO(data))
    return path


def test_questions_of_a_verb_are_read_with_their_answers(tmp_path: Path) -> None:
    row = {"qasrl_id": "one", "verb_idx": "2", "is_redundant": "False", "answer_range": "0:2~!~3:4"}
    path = archive(
        tmp_path / "q.tar.gz",
        {
            "sentences/wikinews.dev.full": [{"qasrl_id": "one", "tokens": "The ferry hit rocks"}],
            "gold/wikinews.dev.gold": [row, row | {"is_redundant": "True"}, row | {"answer_range": ""}],
        },
    )
    (verb,) = read_qasrl(path, "wikinews", "dev")
    assert verb.text[slice(*verb.place)] == "hit"
    assert [[verb.text[a:b] for a, b in q] for q in verb.questions] == [["The ferry", "rocks"]]


def test_a_plain_sentence_is_answered() -> None:
    text = "The minister signed the treaty ."
    place = (text.index("signed"), text.index("signed") + 6)
    answers = (((0, 12),), ((text.index("the treaty"), text.index(" .")),))
    found = score([Verb(text, place, answers)], load_model())
    assert found["f1"] == found["verbs_found"] == 1.0
