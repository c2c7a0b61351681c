import pytest

from onrecord.ingest.lines import Line, is_cut, is_fragment, is_sentence, like_headline, split_lines


def test_lines_are_without_space_and_know_what_follows() -> None:
    text = "\ufeffThe pier \r\n\u200b\r\n\t is closed.\u2028Today"
    assert list(split_lines(text)) == [
        Line(1, "The pier", True),
        Line(17, "is closed.", False),
        Line(28, "Today", True),
    ]
    assert [text[line.start : line.start + len(line.text)] for line in split_lines(text)] == [
        "The pier",
        "is closed.",
        "Today",
    ]


@pytest.mark.parametrize(
    "text", ["Harbour Letter", "A cat on the roof of the town hall", "3 March 2021", "Views: none"]
)
def test_fragments(text: str) -> None:
    assert is_fragment(text)


@pytest.mark.parametrize(
    "text",
    ["", "The pier is closed.", "14:32", "Brandt 61", "- Pier closed", "“Closed", "1. Pier", "Norvia news agency"],
)
def test_what_is_no_fragment(text: str) -> None:
    assert not is_fragment(text)


def test_headlines_sentences_and_what_is_cut() -> None:
    assert like_headline("Lower Tamsin mends its pier") and not like_headline("Pier mended")
    assert not like_headline("| Party | Seats | Votes |") and not like_headline("PORT HESPER, Varland (AP) _")
    assert is_sentence("The mayor said that the pier would be mended.") and not is_sentence("The pier would be mended.")
    cut = "The mayor of Lower Tamsin said that the pier would be mended before"
    assert is_cut(cut) and not is_cut(cut + " long.") and not is_cut("• " + cut)
