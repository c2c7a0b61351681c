import gzip
import json
from pathlib import Path

from bench.data import Frame
from bench.frames import Framed, frames_of, read_framed


def write(path: Path, *rows: object) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return path


def test_both_annotations_of_a_sentence_are_read(tmp_path: Path) -> None:
    propbank = write(
        tmp_path / "p.gz", {"sent_id": "a", "preds": [{"i": 2, "roleset": "x.01", "args": [["ARG0", 0, 1]]}]}
    )
    preds = [{"i": 2, "factual": 1.5, "conf": 1.0}, {"i": 4, "factual": -1.0, "conf": 0.1}]
    factuality = write(tmp_path / "f.gz", {"sent_id": "a", "preds": preds}, {"sent_id": "b", "preds": []})
    found = read_framed(propbank, factuality)
    assert found["a"] == Framed({2: [("ARG0", 0, 1)]}, {2: 1.5})
    assert found["b"] == Framed(None, {})


def test_an_argument_is_known_by_the_word_that_heads_it() -> None:
    # The old ferry sank near Norra.
    heads = [2, 2, 3, -1, 5, 3]
    framed = Framed({3: [("ARG1", 0, 2), ("ARGM-LOC", 4, 5)]}, {3: 2.0, 5: -1.0})
    assert list(frames_of(framed, heads, 10)) == [
        Frame(13, (("ARG1", 12), ("ARGM-LOC", 15)), 2.0),
        Frame(15, None, -1.0),
    ]
