from __future__ import annotations

import os
import subprocess
import sys
from itertools import permutations

from msgspec.structs import replace

from onrecord.link import find_copies
from onrecord.link.copies import NEIGHBOURS, body_words, copy_keys, judge_copy
from onrecord.record import Analysis, Copy, Noise, Publication, Span
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
REWORDED = (
    "Dock workers in Port Ansel left their posts on Tuesday over pay and hours.",
    "The union wants a warm canteen and nine florins an hour.",
    "A dream with a price tag, the harbour board called the demand.",
    "By noon ships from four countries waited outside the mole.",
    "The bread would last until Friday, a cook on one of them said.",
)
# What two reporters at one news conference both write down.
QUOTE = "“We have carried this town on our backs for a hundred winters and we are cold, and nobody has thanked us.”"


def report(id: str, *sentences: str, url: str | None = None) -> Analysis:
    return analysis(id, f"Outlet {id}", " ".join(sentences), DAY, url=url)


def only(*reports: Analysis) -> Copy:
    (found,) = find_copies(reports)
    return found


def test_a_copy_is_found_though_lines_were_added_and_cut() -> None:
    found = only(report("r1", *SENTENCES), report("r2", "By our staff.", *SENTENCES[:5], OTHERS[5]))
    assert (found.a, found.b, found.relation) == ("r1", "r2", "copy")
    assert 0.7 <= found.share < 1
    whole = only(report("r1", *SENTENCES), report("r2", *SENTENCES))
    assert (whole.relation, whole.share) == ("copy", 1.0)


def test_a_cut_is_a_copy_however_long_the_model_is() -> None:
    words = [f"{a}{b}" for a in ("ba", "do", "fu", "gi", "ke", "lo", "ma") for b in ("ran", "sel", "tov", "win", "zug")]
    long = [" ".join(words[(n * k) % len(words)] for k in range(1, 12)).capitalize() + "." for n in range(1, 80)]
    found = only(report("r1", *long[:40], *SENTENCES, *long[40:]), report("r2", *SENTENCES[:3]))
    assert (found.a, found.relation, found.share) == ("r1", "copy", 1.0)


def test_a_rewrite_changes_sentences_and_keeps_a_part() -> None:
    found = only(report("r1", *SENTENCES), report("r2", *REWORDED))
    assert found.relation == "rewrite"
    assert found.share > 0.8


def test_a_part_taken_over_is_a_rewrite() -> None:
    found = only(report("r1", *SENTENCES), report("r2", *SENTENCES[:2], *OTHERS[2:]))
    assert found.relation == "rewrite"
    assert 0.2 < found.share < 0.6


def test_reports_of_the_same_matter_in_other_words_are_independent() -> None:
    assert find_copies([report("r1", *SENTENCES), report("r2", *OTHERS)]) == ()
    assert find_copies([]) == find_copies([report("r1")]) == find_copies([report("r1"), report("r2")]) == ()
    assert copy_keys(report("r1", "Too short.")) == ()


def test_a_quotation_alone_tells_of_no_copying() -> None:
    one = report("r1", *SENTENCES, QUOTE)
    assert find_copies([one, report("r2", *OTHERS, QUOTE, "Thus the speaker.")]) == ()
    # The same words are a report's own where neither quotes them.
    bare = QUOTE.strip("“”")
    assert only(report("r1", *SENTENCES[:2], bare), report("r2", *OTHERS[:2], bare)).relation == "rewrite"


def test_a_quotation_with_sentences_beside_it_tells_of_a_rewrite() -> None:
    beside = "Ada Holm of the dockers’ union in Port Ansel said so to the men at the gate.", QUOTE
    told = "To the men at the gate Ada Holm of the union in Port Ansel said it.", QUOTE
    assert only(report("r1", *SENTENCES[:2], *beside), report("r2", *REWORDED[:1], *told)).relation == "rewrite"


def test_the_same_choice_of_quotations_tells_of_a_rewrite_in_other_words() -> None:
    second = "“Nobody on this quay will load another sack of that man’s flour,” she said."
    model, other = report("r1", *SENTENCES, QUOTE, second), report("r2", *OTHERS, second, QUOTE)
    assert only(model, other).relation == "rewrite"
    third = "“The mole was built by our grandfathers, and it will outlive you all,” she added."
    assert find_copies([model, report("r2", *OTHERS, second, QUOTE, third)]) == ()


def test_versions_under_one_address_are_no_copies() -> None:
    url = "https://news.example/a"
    same = "http://www.news.example/a/?utm_source=letter#top"
    assert find_copies([report("r1", *SENTENCES, url=url), report("r2", *SENTENCES, url=same)]) == ()
    assert len(find_copies([report("r1", *SENTENCES, url=url), report("r2", *SENTENCES, url=f"{url}b")])) == 1
    assert len(find_copies([report("r1", *SENTENCES), report("r2", *SENTENCES)])) == 1


def marked(plain: Analysis, *pieces: str) -> Analysis:
    spans = sorted(Span(plain.text.index(p), plain.text.index(p) + len(p)) for p in pieces)
    return replace(plain, noise=tuple(Noise(span, "interface") for span in spans))


def test_noise_is_not_compared_even_where_only_one_report_marks_it() -> None:
    footer = "Sign up for our letter with all the news of the harbour and none of the shouting, every day."
    known = marked(report("r1", *SENTENCES[:2], footer), footer)
    unknown = report("r2", *OTHERS[:2], footer)
    assert find_copies([known, marked(unknown, footer)]) == find_copies([known, unknown]) == ()
    assert len(find_copies([report("r1", *SENTENCES[:2], footer), unknown])) == 1
    assert "letter" not in body_words(known)
    assert body_words(known)[:3] == ["dock", "workers", "in"]


def test_a_headline_that_one_report_marks_makes_a_cut_no_shorter() -> None:
    headline = "Dockers of Port Ansel say that they have had enough of cold soup and promises\n"
    long = marked(report("r1", headline, *SENTENCES), headline)
    found = only(long, report("r2", headline, *SENTENCES[:2]))
    assert (found.relation, found.share) == ("copy", 1.0)


def test_the_earlier_is_the_model_then_the_one_that_is_credited_then_the_longer() -> None:
    def pair(one: Analysis, other: Analysis) -> tuple[str, str]:
        found = only(one, other)
        assert found == only(other, one)
        return found.a, found.b

    one, two = report("r1", *SENTENCES), report("r2", *SENTENCES)
    assert pair(one, two) == ("r1", "r2")
    assert pair(one, replace(two, published=given("2031-03-03"))) == ("r2", "r1")
    assert pair(one, replace(two, published=replace(DAY, earliest=None, given=False))) == ("r1", "r2")
    credit = attribution("a1", one.text, SENTENCES[0], speaker="Outlet r2", class_="outlet")
    assert pair(replace(one, attributions=(credit,)), two) == ("r2", "r1")
    assert pair(report("r1", *SENTENCES[:4]), two) == ("r2", "r1")
    early = replace(one, attributions=(credit,), published=given("2031-03-01"))
    assert pair(early, two) == ("r1", "r2")


def test_a_date_that_was_worked_out_gives_no_direction() -> None:
    guess = Publication(earliest=DAY.earliest, latest=DAY.latest, edtf="2031-03-04")
    early = replace(report("r2", *SENTENCES), published=replace(guess, earliest=given("2031-01-01").earliest))
    found = only(replace(report("r1", *SENTENCES), published=guess), early)
    assert (found.a, found.b) == ("r1", "r2")


def test_an_agency_is_known_by_its_sign() -> None:
    wire = replace(report("r2", "PORT ANSEL —", *SENTENCES), outlet="Reuters")
    paper = report("r1", "PORT ANSEL (Reuters) —", *SENTENCES)
    found = only(paper, wire)
    assert (found.a, found.b) == ("r2", "r1")


def test_pairs_stand_in_the_order_given_and_do_not_depend_on_it() -> None:
    reports = [report("r3", *SENTENCES), report("r1", *REWORDED), report("r2", *SENTENCES[:5]), report("r4", *OTHERS)]
    found = {tuple(sorted(find_copies(order), key=lambda c: (c.a, c.b))) for order in permutations(reports)}
    assert len(found) == 1
    assert len(found.pop()) == 3
    order = [(c.a, c.b) for c in find_copies([report(id, *SENTENCES) for id in ("r3", "r1", "r2")])]
    assert order == [("r1", "r3"), ("r2", "r3"), ("r1", "r2")]


def test_what_two_reports_are_depends_on_no_third() -> None:
    one, two = report("r1", *SENTENCES), report("r2", *REWORDED)
    many = [report(f"s{n:02}", *OTHERS, SENTENCES[n % 6]) for n in range(60)]
    assert judge_copy(one, two) == judge_copy(two, one) == only(one, two)
    assert only(one, two) in find_copies([one, *many, two])
    assert set(copy_keys(one)) & set(copy_keys(two))


def test_a_report_is_compared_with_the_next_ones_of_a_key_only() -> None:
    many = [report(f"r{n:03}", *SENTENCES) for n in range(60)]
    pairs = find_copies(many)
    assert len(pairs) == sum(min(NEIGHBOURS, 59 - n) for n in range(60))
    assert {c.b for c in pairs if c.a == "r000"} == {f"r{n:03}" for n in range(1, NEIGHBOURS + 1)}


def test_keys_are_the_same_in_every_process() -> None:
    one = report("r1", *SENTENCES, QUOTE)
    code = "from tests.link.test_copies import *; print(copy_keys(report('r1', *SENTENCES, QUOTE)))"
    env = os.environ | {"PYTHONHASHSEED": "7"}
    out = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert out.stdout.strip() == str(copy_keys(one))
    assert all(0 <= key < 2**64 for key in copy_keys(one))
    assert list(copy_keys(one)) == sorted(set(copy_keys(one)))


def test_odd_text_is_compared_too() -> None:
    odd = analysis("r1", None, "\ud800 \x00 ½ ²³ " + " ".join(SENTENCES), DAY)
    assert only(odd, replace(odd, id="r2")).share == 1.0
