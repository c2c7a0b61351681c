import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ingest import find_noise
from onrecord.ingest.marks import mark_line

BODY = """The mayor of Lower Tamsin said on Friday that the pier would be mended before the winter comes.

Odalys Brandt, who has led the town for nine years, told the council that the work would cost two million florins.

Nobody voted against the plan. The fishermen's union, which had asked for it since the storm, welcomed the decision.

"We have waited long enough," its chairman, Rurik Falk, said after the meeting."""

MORE = """The pier was built by prisoners of war and has lost its lamps, benches and most of its planks to storms.

An engineer from the province, who examined the piles in spring, found shipworm in every third and rot elsewhere.

Several shopkeepers along the promenade fear that scaffolding will drive away visitors during the summer holidays."""


def found(text: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(noise.kind, text[noise.span.start : noise.span.end]) for noise in find_noise(text, title)]


def test_a_body_alone_holds_no_noise() -> None:
    assert found(BODY) == []
    assert found(BODY, "Pier to be mended") == []
    assert found(BODY.replace("\n\n", "\n")) == []


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("© Tamsin Post 2021", "copyright"),
        ("(c) Tamsin Post 2021", "copyright"),
        ("Copyright 2021 Tamsin Post. All rights reserved.", "copyright"),
        ("Reproduction reserved", "copyright"),
        ("This material may not be published, broadcast or rewritten.", "copyright"),
        ("Advertisement", "interface"),
        ("SHARE:", "interface"),
        ("READ MORE: How the pier was lost", "interface"),
        ("More from the Tamsin Post: Ten walks by the sea", "interface"),
        ("Most read: A cat on the roof | Who stole the anchor?", "interface"),
        ("Sign up for the Harbour Letter", "interface"),
        ("Want this every day? Get it delivered to your inbox.", "interface"),
        ("Follow us on Chirper", "interface"),
        ("(This story was updated with the mayor's answer)", "newsroom_note"),
        ("[Automatic translation]", "newsroom_note"),
        ("This article has been corrected: the pier is 300 yards long.", "newsroom_note"),
        ("Editor’s note: the Post is owned by the town.", "newsroom_note"),
        (
            "(Our coastal desk is keeping you updated through the night. All times are those of the island.)",
            "newsroom_note",
        ),
        ("(Photo: Post/I. Lund)", "credit"),
        ("(AP Photo/Ines Lund)", "credit"),
        ("Picture: Ines Lund", "credit"),
        ("Photo by: Ines Lund.", "credit"),
        ("Picture by Ines Lund", "credit"),
        ("Photo: iLund", "credit"),
        ("Image source, Tamsin Lifeboats", "credit"),
        ("Ines Lund/Tamsin Post", "credit"),
        ("Image caption, The pier on Thursday", "caption"),
        ("(Corrects the length of the pier in paragraph 2)", "newsroom_note"),
        ("This text has been automatically translated and may contain errors.", "newsroom_note"),
        ("Media contact: the mayor's office, +00 12 345 67", "newsroom_note"),
        ("(Norvia/Ines Lund)", "credit"),
        ("Getty Images", "credit"),
        ("PICTURED: the pier on Thursday", "caption"),
        ("By Oda Brill", "byline"),
        ("By Oda Brill and Jens van Aalst in Port Hesper", "byline"),
        ("BY ODA BRILL, political correspondent", "byline"),
        ("(Reporting by Oda Brill; editing by Jens Aalst)", "byline"),
    ],
)
def test_a_line_of_the_newsroom_is_marked_wherever_it_stands(line: str, kind: str) -> None:
    for text in (f"{line}\n\n{BODY}", f"{BODY}\n\n {line} \n", f"{BODY}\r\n{line}"):
        assert found(text) == [(kind, line)]


@pytest.mark.parametrize(
    "line",
    [
        "(With agency reporting from Norvia)",
        "By Reuters",
        "By Oda Brill, Associated Press",
        "(Reporting by Reuters; editing by Jens Aalst)",
        "Norvia Press Agency",
        "Source: AFP",
        "With information from AFP",
        "Karl Dunmore/AP",
        "(Additional reporting by Reuters)",
        "The Associated Press contributed to this report.",
        "By Monday, the ferries were running again.",
        '"Listen: nobody asked us," Falk said.',
        "Listen: nobody asked us, Falk said.",
        "Copyright law is older than the pier, Brandt said.",
        "The paper reserves all rights.",
        "Sign up for the militia began on Monday, the ministry said.",
        "“Get it delivered to your inbox” is the slogan of the post office",
        "He posted a photo: Brandt on the pier.",
        "The plan (see above) was not discussed.",
        "This article of the treaty was dropped.",
        "(The council responded on Sunday with an editor's note on its page.)",
        "Pictures of the pier were shown.",
        "Photo finish: the vote was 8 to 7.",
        "Share prices of the shipyard fell.",
        "PORT HESPER, March 3",
        "PORT HESPER, Varland (AP) _",
        "14:32",
        "Brandt 61",
        "Falk and Brandt shook hands and",
    ],
)
def test_the_reports_own_words_are_left_alone(line: str) -> None:
    for text in (f"{line}\n\n{BODY}", f"{BODY}\n\n{line}\n"):
        assert [words for kind, words in found(text) if kind != "headline"] == []


def test_a_bracketed_credit_ends_its_caption() -> None:
    text = f"The pier on Thursday, after the storm. (Photograph: Ines Lund/Post)\n\n{BODY}"
    assert found(text) == [
        ("caption", "The pier on Thursday, after the storm."),
        ("credit", "(Photograph: Ines Lund/Post)"),
    ]
    text = f"The pier after the storm | Photo: Ines Lund\n\n{BODY}"
    assert found(text) == [("caption", "The pier after the storm"), ("credit", "Photo: Ines Lund")]


def test_a_paragraph_that_quotes_is_no_caption_of_the_credit_behind_it() -> None:
    text = (
        '"We have waited long enough, and I shall believe it when I see the first plank of it," the chairman of the '
        "fishermen's union, Rurik Falk, told the council on Friday. (Photo: Post/I. Lund)"
    )
    assert found(f"{BODY}\n\n{text}") == [("credit", "(Photo: Post/I. Lund)")]


@pytest.mark.parametrize("caption", ["The pier on Thursday", "Odalys Brandt and fishermen at the pier"])
def test_a_line_without_a_stop_above_a_credit_is_a_caption(caption: str) -> None:
    first, rest = BODY.split("\n\n", 1)
    text = f"{first}\n\n{caption}\nCredit: Alamy\n\n{rest}"
    assert found(text) == [("caption", caption), ("credit", "Credit: Alamy")]


def test_a_caption_below_a_credit_stands_on_top() -> None:
    head, caption = "Lower Tamsin to mend its pier", "Fishermen wait at the pier"
    assert found(f"{head}\n\nGetty Images\n{caption}\n\n{BODY}") == [
        ("headline", head),
        ("credit", "Getty Images"),
        ("caption", caption),
    ]
    assert found(f"{BODY}\n{BODY}\n{BODY}\n{BODY}\nGetty Images\n{caption}\n{BODY}") == [("credit", "Getty Images")]


def test_a_photographers_name_is_glued_to_a_caption_printed_twice() -> None:
    text = f"Odalys Brandt and Rurik Falk\nOdalys Brandt and Rurik FalkInes Lund\n\n{BODY}"
    assert found(text) == [
        ("caption", "Odalys Brandt and Rurik Falk"),
        ("caption", "Odalys Brandt and Rurik Falk"),
        ("credit", "Ines Lund"),
    ]


def test_a_library_is_glued_to_what_follows() -> None:
    text = f"Getty ImagesThe pier was built by the grandfather of the mayor.\n{BODY}"
    assert found(text) == [("credit", "Getty Images")]


def test_the_title_is_a_headline_but_a_sentence_is_not() -> None:
    assert found(f"‘Mend it now’\n{BODY}", "'Mend it  now'") == [("headline", "‘Mend it now’")]
    post = "The pier is closed."
    assert found(post, post) == []
    assert found(f"{post}\n\n{BODY}", post) == []


def test_a_headline_printed_twice() -> None:
    head = "Lower Tamsin to mend its pier before winter"
    text = f"{head}\n\nThe work costs two million florins, the mayor said.\n\n{head}\n\n{BODY}"
    assert found(text) == [("headline", head), ("headline", head)]


def test_headline_and_second_line_above_a_body() -> None:
    head, second = "Lower Tamsin to mend its pier", "Fishermen welcome what they long asked for"
    assert found(f"{head}\n\n{second}\n\n{BODY}") == [("headline", head), ("headline", second)]
    assert found(f"{head}\n{BODY}") == []
    long = " ".join(BODY.split("\n\n")[:2])
    assert found(f"{head}\n{long}\n{long}\n{long}") == [("headline", head)]


def test_a_headline_below_a_menu() -> None:
    head = "Lower Tamsin to mend its pier"
    assert found(f"Skip to content\nHome > News\n{head}\n3 min read\n{BODY}") == [
        ("interface", "Skip to content"),
        ("interface", "Home > News"),
        ("headline", head),
        ("interface", "3 min read"),
    ]
    assert found(f"Varland\n\n{head}\n\n{BODY}") == [("headline", head)]


def test_a_line_above_a_known_title_is_no_headline() -> None:
    head = "On the mending of the pier"
    assert found(f"THE TOWN COUNCIL OF LOWER TAMSIN\n\n{head}\n\n{BODY}", head) == [("headline", head)]


def test_what_stands_between_marked_lines_on_top_is_of_the_page() -> None:
    text = f"Skip to content\nFishermen welcome the plan\nOda Brill\nMarch 3, 2021\nShare\n{BODY}"
    assert [kind for kind, _ in found(text)] == ["interface", "headline", "byline", "interface", "interface"]


@pytest.mark.parametrize("line", ["PORT HESPER, March 3", "Norvia", "14:32", "“Mend it now”", "Norvia news agency"])
def test_datelines_and_agencies_between_marked_lines_are_left_alone(line: str) -> None:
    head = "Lower Tamsin to mend its pier"
    assert found(f"{head}\n{line}\nShare\n{BODY}", head) == [("headline", head), ("interface", "Share")]


@pytest.mark.parametrize(
    "first",
    ["PORT HESPER, Varland, March 3, 2021", "PRESS RELEASE No. 12 of 2021", "She said on Friday that,", "The pier"],
)
def test_not_every_first_line_is_a_headline(first: str) -> None:
    assert found(f"{first}\n\n{BODY}") == []


def test_text_that_is_broken_at_a_fixed_width_has_no_headline() -> None:
    words = BODY.split()
    text = "\n".join(" ".join(words[i : i + 8]) for i in range(0, len(words), 8))
    assert found(text) == []


def test_lines_broken_in_small_letters_are_read_by_their_words_alone() -> None:
    text = "\n".join(
        [
            "Falk has said so in a book which will be",
            "published on July 5. The council has not read it, and the pier is still",
            "closed.",
            "",
            "Copyright 2021 Tamsin Post. All rights reserved.",
        ]
    )
    assert found(text) == [("copyright", "Copyright 2021 Tamsin Post. All rights reserved.")]


def test_what_a_label_of_a_note_announces_is_a_note() -> None:
    note = "An article on Monday misstated the length of the pier. It is 300 yards long."
    assert found(f"{BODY}\n\nCORRECTION:\n\n{note}\n\nMarch 5, 2021") == [
        ("newsroom_note", "CORRECTION:"),
        ("newsroom_note", note),
        ("newsroom_note", "March 5, 2021"),
    ]
    assert found(f"Editor's note:\n{note}\n{BODY}\n{BODY}") == [
        ("newsroom_note", "Editor's note:"),
        ("newsroom_note", note),
    ]


def test_a_name_above_a_button_or_a_date_is_a_byline() -> None:
    head = "Lower Tamsin to mend its pier"
    for below in ("New Update", "March 3, 2021 at 9:05"):
        text = f"{head}\n\nOda Brill\n{below}\n\n{BODY}"
        assert [kind for kind, _ in found(text, head)] == ["headline", "byline", "interface"]
    assert found("\n".join([BODY] * 4 + ["Oda Brill", "March 3, 2021"])) == []


def test_key_points_are_headlines() -> None:
    points = ["- Pier to be mended before winter", "- Work to cost two million florins"]
    text = "\n".join(["Key points", *points, BODY])
    assert found(text) == [("interface", "Key points"), *(("headline", point) for point in points)]
    assert found("\n".join(["What we know so far", *points, BODY])) == []


def test_stories_and_topics_below_a_label_are_of_the_page() -> None:
    first, rest = BODY.split("\n\n", 1)
    text = (
        f"{first}\n\nRelated articles\nA cat on the roof of the town hall\nWho stole the anchor from the pier?\n{rest}"
    )
    assert found(text) == [
        ("interface", "Related articles"),
        ("teaser", "A cat on the roof of the town hall"),
        ("teaser", "Who stole the anchor from the pier?"),
    ]
    assert found(f"{BODY}\n\nTopics\nLower Tamsin\nPiers") == [
        ("interface", "Topics"),
        ("interface", "Lower Tamsin"),
        ("interface", "Piers"),
    ]


def test_what_has_no_stop_below_the_first_button_at_the_end_is_of_the_page() -> None:
    signed = f"{BODY}\n\nR. Havel\nClerk to the council of Lower Tamsin"
    assert found(signed) == []
    below = ["Share", "The cat that came to the council", "Harbour Letter"]
    assert found("\n".join([signed, *below])) == [
        ("interface", below[0]),
        ("teaser", below[1]),
        ("interface", below[2]),
    ]
    assert found("\n".join([signed, "Share", "Norvia news agency", "1. Brandt", "Falk 61"])) == [("interface", "Share")]
    assert found("\n".join([signed, "Share", "The work begins in May."])) == [("interface", "Share")]


def test_the_life_of_the_author_is_a_byline() -> None:
    life = "Oda Brill is the daughter of a fisherman and covers harbours."
    reach = "Follow Oda Brill on any pier."
    assert [words for _, words in found(f"By ODA BRILL\n\n{BODY}\n\n{life}\n{reach}")] == ["By ODA BRILL", life, reach]
    assert found(f"{BODY}\n\n{life}") == []


def test_somebody_in_a_picture_has_written_nothing() -> None:
    text = f"Skip to content\nRurik Falk\nGetty Images\n{BODY}\n\nRurik Falk is the chairman of the union."
    assert [words for _, words in found(text)] == ["Skip to content", "Rurik Falk", "Getty Images"]


def test_other_stories_cut_off_at_the_end_are_teasers() -> None:
    teasers = [
        "Goalkeeper Ivo Stanek signs for Dynamo Kestel after months of rumours about his knee and a lucrat",
        "Getty ImagesAstronomers at Mount Ardal believe that a comet will light up southern skies next spri",
    ]
    assert found("\n".join([BODY, *teasers])) == [
        ("teaser", teasers[0]),
        ("credit", "Getty Images"),
        ("teaser", teasers[1][len("Getty Images") :]),
    ]
    longer = f"{BODY}\n\n{MORE}"
    assert found(f"{longer}\n{teasers[0]}") == [("teaser", teasers[0])]
    # Of a short body, the rest may be for sale.
    assert found(f"{BODY}\n{teasers[0]}") == []


@pytest.mark.parametrize(
    "last",
    [
        "Brandt told the council that the fishermen's union welcomed the decision to mend the pier before winter",
        "• Goalkeeper Ivo Stanek, 34, who was travelling with both of his daughters to Kestel",
        "“Astronomers at Mount Ardal believe that comets light up southern skies every spring",
        "Goalkeeper Ivo Stanek signs for Dynamo Kestel after months of rumours about his knee.",
    ],
)
def test_a_last_line_of_the_body_is_no_teaser(last: str) -> None:
    assert found(f"{BODY}\n{last}") == []


def test_verse_without_stops_is_no_list_of_teasers() -> None:
    lines = [f"{word} over harbours where nobody ever sings about anything at night" for word in "abcdefghijklmnop"]
    assert found("\n".join(lines)) == []


HOSTILE = {
    "one line": "a" * 10**6,
    "brackets": ("(" * 290 + "\n") * 3_400,
    "words": "word\n" * 10**5,
    "capitals": ("Ab " * 95 + "\n") * 3_500,
    "names": ("By " + "Aa, Bb and " * 10 + "!\n") * 8_000,
    "desk": ("Editing by " + "Staff Chief " * 24 + "!\n") * 1_000,
    "credit lines": ("Photo by " * 33 + "\n") * 1_000,
    "stamps": ("updated 1 " * 11 + "\n") * 2_000,
    "menus": ("a | " * 29 + "\n") * 2_000,
    "markup": ("<a" + " b=c" * 70 + "\n") * 1_000,
    "lists": ("Related\n" + "Aa bb cc\n" * 3) * 5_000,
    "dots": ("Photo: A" + "." * 280 + "\n") * 3_400,
    "quotes": "!" + "'" * 10**6,
    "slashes": ("(" + "A/A" * 95 + ")\n") * 3_400,
    "labels": ("more on " + "The " * 60 + "\n") * 4_000,
    "same": "Aa Bb Cc Dd\n" * 80_000,
    "cut": ("abcd efgh " * 50 + "\n") * 2_000,
    "empty lines": "\n" * 10**6,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_million_hostile_characters_take_no_time(text: str) -> None:
    start = time.process_time()
    find_noise(text, "Aa Bb Cc Dd")
    assert time.process_time() - start < 60  # quadratic work would take hours


LINES = st.sampled_from(
    [
        *BODY.split("\n\n"),
        "Share",
        "Photo: A B",
        "By Oda Brill",
        "Oda Brill",
        "Getty ImagesA b",
        "© 1",
        "",
        " ",
        "(c) A 2000",
    ]
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.one_of(LINES, st.text(max_size=40)), max_size=12),
    st.sampled_from(["\n", "\r\n", "\n\n", "\u2028", " "]),
    st.one_of(st.none(), st.text(max_size=20)),
)
def test_spans_are_in_order_apart_and_tight(lines: list[str], between: str, title: str | None) -> None:
    text = between.join(lines)
    end = 0
    for noise in find_noise(text, title):
        assert end <= noise.span.start < noise.span.end <= len(text)
        words = text[noise.span.start : noise.span.end]
        assert words == words.strip()
        end = noise.span.end


def test_a_byline_stands_at_an_end() -> None:
    assert mark_line("By Oda Brill", edge=True) == [(0, 12, "byline")]
    assert mark_line("By Oda Brill", edge=False) == []
