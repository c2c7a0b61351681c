"""Treebanks written by hand against what is read from them."""

from __future__ import annotations

import gzip
from pathlib import Path

from bench.data import Example, iob_names
from bench.language_scores import sentences_of
from bench.treebank import read_ewt, read_gum

TREEBANK = """\
# newdoc id = letters-one
# newpar id = letters-one-p1
# sent_id = letters-one-1
# text = Ada Holm didn't go to Norra.
1	Ada	Ada	PROPN	NNP	_	5	nsubj	_	_
2	Holm	Holm	PROPN	NNP	_	1	flat	_	_
3-4	didn't	_	_	_	_	_	_	_	_
3	did	do	AUX	VBD	_	5	aux	_	_
4	n't	not	PART	RB	_	5	advmod	_	_
5	go	go	VERB	VB	_	0	root	_	_
6	to	to	ADP	IN	_	7	case	_	_
7	Norra	Norra	PROPN	NNP	_	5	obl:to	_	SpaceAfter=No
8	.	.	PUNCT	.	_	5	punct	_	_

# sent_id = letters-one-2
# text = She cannot.
1	She	she	PRON	PRP	_	2	nsubj	_	_
2-3	cannot	_	_	_	_	_	_	_	SpaceAfter=No
2	can	can	AUX	MD	_	0	root	_	_
3	not	not	PART	RB	_	2	advmod	_	_
4	.	.	PUNCT	.	_	2	punct	_	_

# newpar id = letters-one-p2
# sent_id = letters-one-3
# text = Write.
1	Write	write	VERB	VB	_	0	root	_	SpaceAfter=No
2	.	.	PUNCT	.	_	1	punct	_	_

# newdoc id = letters-two
# newpar id = letters-two-p1
# sent_id = letters-two-1
# text = Yes.
1	Yes	yes	INTJ	UH	_	0	root	_	SpaceAfter=No
2	.	.	PUNCT	.	_	1	punct	_	_

"""
# The names' own file prints other spaces.
NAMES = """\
# sent_id = letters-one-1
# text = Ada Holm did n't go to Norra .
1	Ada	B-PER	-	x
2	Holm	I-PER	-	x
3	did	O	-	x
4	n't	O	-	x
5	go	O	-	x
6	to	O	-	x
7	Norra	B-LOC	-	x
8	.	O	-	x

# sent_id = letters-one-2
# text = She can not .
1	She	B-OTH	-	x
2	can	O	-	x
3	not	O	-	x
4	.	O	-	x

# sent_id = letters-one-3
# text = Write !
1	Write	O	-	x
2	!	O	-	x

"""
GUM = """\
# newdoc id = GUM_news_ferry
# newpar
# sent_id = GUM_news_ferry-1
# text = President Ada Holm of the Norra Ferry Company left her island.
1	President	president	PROPN	NNP	_	9	nsubj	_	Entity=(1-person-new-n-cf1-1,2,3-sgl
2	Ada	Ada	PROPN	NNP	_	1	flat	_	_
3	Holm	Holm	PROPN	NNP	_	1	flat	_	_
4	of	of	ADP	IN	_	8	case	_	_
5	the	the	DET	DT	_	8	det	_	Entity=(2-organization-new-n-cf2-4-sgl
6	Norra	Norra	PROPN	NNP	_	8	compound	_	Entity=(3-place-new-n-cf3-1-sgl)
7	Ferry	Ferry	PROPN	NNP	_	8	compound	_	_
8	Company	Company	PROPN	NNP	_	1	nmod	_	Entity=2)1)
9	left	leave	VERB	VBD	_	0	root	_	_
10	her	her	PRON	PRP$	_	11	nmod:poss	_	Entity=(4-place-new-n-cf4-2-sgl(1-person-giv-n-cf1-1-ana)
11	island	island	NOUN	NN	_	9	obj	_	Entity=4)|SpaceAfter=No
12	.	.	PUNCT	.	_	9	punct	_	_

# newdoc id = GUM_fiction_tale
# newpar
# sent_id = GUM_fiction_tale-1
# text = No.
1	No	no	INTJ	UH	_	0	root	_	SpaceAfter=No
2	.	.	PUNCT	.	_	1	punct	_	_

"""


def packed_away(folder: Path, **texts: str) -> list[Path]:
    paths = [folder / f"{name}.gz" for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_bytes(gzip.compress(text.encode()))
    return paths


def ewt(folder: Path, packed: bool) -> list[Example]:
    treebank, names = packed_away(folder, treebank=TREEBANK, names=NAMES)
    return list(read_ewt(treebank, names, packed))


def words(example: Example) -> list[str]:
    return [example.text[w.start : w.end] for w in example.words or ()]


def named(example: Example) -> list[tuple[str, str]]:
    return [(example.text[a:b], kind) for a, b, kind in example.mentions or ()]


def test_words_of_one_token_share_its_letters(tmp_path: Path) -> None:
    first, second, *_ = ewt(tmp_path, packed=False)
    assert words(first) == ["Ada", "Holm", "did", "n't", "go", "to", "Norra", "."]
    assert words(second) == ["She", "can", "not", "."]


def test_names_are_found_though_their_file_prints_other_spaces(tmp_path: Path) -> None:
    first, second, third, _ = ewt(tmp_path, packed=False)
    assert named(first) == [("Ada Holm", "person"), ("Norra", "place")]
    assert second.mentions == ()
    # Other letters are another sentence, of whose names nothing is known.
    assert third.mentions is None


def test_a_packed_text_has_its_paragraphs_on_lines(tmp_path: Path) -> None:
    first, second = ewt(tmp_path, packed=True)
    assert first.text == "Ada Holm didn't go to Norra. She cannot.\nWrite."
    assert second.text == "Yes."
    assert words(first)[8:10] == ["She", "can"]


def test_heads_count_the_words_of_the_text_and_relations_have_no_subtype(tmp_path: Path) -> None:
    (first, _) = ewt(tmp_path, packed=True)
    assert first.words is not None
    assert [w.head for w in first.words] == [4, 0, 4, 4, -1, 6, 4, 4, 9, -1, 9, 9, -1, 12]
    assert first.words[6].relation == "obl"
    assert sentences_of(first.words) == [0] * 8 + [1] * 4 + [2] * 2


def test_unknown_tags_are_read_as_outside(tmp_path: Path) -> None:
    (names,) = packed_away(tmp_path, names=NAMES)
    assert iob_names(names)["letters-one-2"] == ("Shecannot.", [])


def test_of_entities_the_heads_of_all_and_the_proper_ones_as_names(tmp_path: Path) -> None:
    (path,) = packed_away(tmp_path, gum=GUM)
    (report,) = read_gum(path, packed=True)
    assert named(report) == [("Ada Holm", "person"), ("Norra Ferry Company", "organisation")]
    heads = [(report.text[a:b], kind) for a, b, kind in report.nominals or ()]
    assert heads == [
        ("President", "person"),
        ("Norra", "place"),
        ("Company", "organisation"),
        ("her", "person"),
        ("island", "place"),
    ]


PAIR = """\
# newdoc id = GUM_news_pair
# sent_id = GUM_news_pair-1
# text = Ada Holm and Bela met; they left.
1	Ada	Ada	PROPN	NNP	_	5	nsubj	_	Entity=(1-person-new-n-cf1-1,4-sgl(2-person-new-n-cf2-1,2-sgl
2	Holm	Holm	PROPN	NNP	_	1	flat	_	Entity=2)
3	and	and	CCONJ	CC	_	4	cc	_	_
4	Bela	Bela	PROPN	NNP	_	1	conj	_	Entity=(3-person-new-n-cf3-1-sgl)1)
5	met	meet	VERB	VBD	_	0	root	_	SpaceAfter=No
6	;	;	PUNCT	:	_	8	punct	_	_
7	they	they	PRON	PRP	_	8	nsubj	_	Entity=(1-person-giv-n-cf1-1-ana)
8	left	leave	VERB	VBD	_	5	parataxis	_	SpaceAfter=No
9	.	.	PUNCT	.	_	5	punct	_	_

"""


def test_clusters_hold_names_of_several_words_and_no_coordinations(tmp_path: Path) -> None:
    """The pair of both has no head of its own, so "they" stands alone."""
    path = tmp_path / "pair.conllu.gz"
    path.write_bytes(gzip.compress(PAIR.encode()))
    (example,) = read_gum(path, True)
    words = example.words or ()

    def shown(first: int, last: int) -> str:
        return example.text[words[first].start : words[last].end]

    clusters = [[(shown(m.first, m.last), shown(m.head, m.head)) for m in c] for c in example.clusters or ()]
    assert clusters == [[("Ada Holm", "Ada")], [("Bela", "Bela")], [("they", "they")]]
