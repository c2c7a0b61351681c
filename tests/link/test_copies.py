from __future__ import annotations

from msgspec.structs import replace

from onrecord.link import find_copies
from onrecord.link.copies import body_words
from onrecord.record import Analysis, Noise, Span
from tests.records import analysis, attribution, given

DAY = given("2031-03-04")
SENTENCES = (
    "Dock workers in Port Ansel walked out on Tuesday over pay and hours.",
    "Their union wants nine florins an hour and a warm canteen.",
    "The harbour board called the demand a dream with a price tag.",
    "Ships from four countries were waiting outside the mole by noon.",
    "A cook on one of them said that the bread would last until Friday.",
    "No talks have been set.",
)
OTHERS = (
    "Nothing moved at the quays of Port Ansel this Tuesday.",
    "The men want more money, and somewhere dry to eat.",
    "Management is not amused, to put it mildly.",
    "From the lighthouse one could count eleven freighters riding at anchor.",
    "Whoever sails with little flour aboard has begun to count loaves.",
    "When both sides will meet again is anybody's guess.",
)
QUOTE = "“We have carried this town on our backs for a hundred winters and we are cold.”"


def report(id: str, *sentences: str, url: str | None = None) -> Analysis:
    return analysis(id, f"Outlet {id}", " ".join(sentences), DAY, url=url)


def with_quote(id: str, *sentences: str) -> Analysis:
    plain = report(id, *sentences)
    return replace(plain, attributions=(attribution("a1", plain.text, QUOTE, speaker="Ada Holm", quote="direct"),))


def test_a_copy_is_found_though_lines_were_added_and_cut() -> None:
    (found,) = find_copies([report("r1", *SENTENCES), report("r2", "By our staff.", *SENTENCES[:5], OTHERS[5])])
    assert (found.a, found.b, found.relation) == ("r1", "r2", "copy")
    assert 0.6 <= found.share < 1
    (whole,) = find_copies([report("r1", *SENTENCES), report("r2", *SENTENCES)])
    assert (whole.relation, whole.share) == ("copy", 1.0)


def test_a_rewrite_keeps_a_part() -> None:
    (found,) = find_copies([report("r1", *SENTENCES), report("r2", *SENTENCES[:2], *OTHERS[2:])])
    assert found.relation == "rewrite"
    assert 0.12 <= found.share < 0.6


def test_reports_of_the_same_matter_in_other_words_are_independent() -> None:
    assert find_copies([report("r1", *SENTENCES), report("r2", *OTHERS)]) == ()
    assert find_copies([]) == find_copies([report("r1")]) == find_copies([report("r1"), report("r2")]) == ()


def test_a_quotation_tells_of_a_rewrite_where_words_beside_it_agree() -> None:
    one = with_quote("r1", *SENTENCES, QUOTE, "Ada Holm of the dockers’ union in Port Ansel said so.")
    two = with_quote("r2", *OTHERS, QUOTE, "Words of Ada Holm of the dockers’ union in Port Ansel.", *OTHERS)
    (found,) = find_copies([one, two])
    assert found.relation == "rewrite"
    heard = with_quote("r3", *OTHERS, QUOTE, "Thus the speaker.", *OTHERS)
    assert find_copies([one, heard]) == ()


def test_versions_under_one_address_are_no_copies() -> None:
    url = "https://news.example/a"
    assert find_copies([report("r1", *SENTENCES, url=url), report("r2", *SENTENCES, url=url)]) == ()
    assert len(find_copies([report("r1", *SENTENCES, url=url), report("r2", *SENTENCES, url=f"{url}b")])) == 1


def test_noise_is_not_compared() -> None:
    footer = "Sign up for our letter with all the news of the harbour and none of the shouting."
    reports = []
    for id, sentences in (("r1", SENTENCES), ("r2", OTHERS)):
        plain = report(id, *sentences, footer)
        at = plain.text.index(footer)
        reports.append(replace(plain, noise=(Noise(Span(at, len(plain.text)), "interface"),)))
    assert find_copies(reports) == ()
    assert "letter" not in body_words(reports[0])
    assert body_words(reports[0])[:3] == ["dock", "workers", "in"]


def test_a_stands_before_b_in_the_order_given() -> None:
    reports = [report(id, *SENTENCES) for id in ("r3", "r1", "r2")]
    assert [(c.a, c.b) for c in find_copies(reports)] == [("r3", "r1"), ("r3", "r2"), ("r1", "r2")]
