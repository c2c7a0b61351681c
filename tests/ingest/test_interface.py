import pytest

from onrecord.ingest.interface import is_interface, is_stamp, list_kind


@pytest.mark.parametrize(
    "line",
    [
        "Share on Facebook Share on Twitter",
        "Facebook Twitter WhatsApp SMS Email",
        "0 SHARES 41 VIEWS",
        "14 comments",
        "Comments (14)",
        "Leave a Reply Cancel reply",
        "Loading comments…",
        "1 of 3",
        "Home » Politics » Pier vote reaches council",
        "by pierman | Oct 5, 2019 | Politics, Piers | 6 comments",
        "Imprint | Privacy policy | Contact | Advertise with us",
        "Tags: pier, council, Brandt",
        "PUBLISHED: 07:12, 9 April 2021 | UPDATED: 11:40, 9 April 2021",
        "Last updated: 2021/08/07 at 9:14 AM",
        "Reading time: 3 min.",
        "11th Nov 2021, 10:02 GMT",
        "Follow Oda Brill on Chirper @oda.",
        "Get the Post's evening letter: five stories, no shouting",
        "Already a subscriber? Sign in here.",
        "You have 2 free articles left this month.",
        "Your email address will not be published. Required fields are marked *",
        "https://tamsin.example/pier",
        "Source page: https://tamsin.example/pier",
        '<img src="pier.jpg" alt="The pier" />',
    ],
)
def test_buttons_menus_counters_and_appeals(line: str) -> None:
    assert is_interface(line)


@pytest.mark.parametrize(
    "line",
    [
        "No more comments, the mayor said.",
        "Chirper.",
        "Facebook.",
        "Facebook and ... what?",
        "The contact line",
        "Brandt | 61 | 58",
        "PORT HESPER, March 3",
        "March 3, 2021",
        "Posted 61 to 58",
        "Brandt posted a letter on Friday.",
        "Get the pier mended, the letter said.",
        "The council will publish a newsletter.",
        '"Your subscription is a disgrace," Falk wrote to the paper.',
        "Follow the money, Falk told the council on Friday.",
        "See https://tamsin.example/pier for the plan.",
    ],
)
def test_the_reports_own_words(line: str) -> None:
    assert not is_interface(line)


def test_a_day_alone_is_a_stamp_only_where_asked() -> None:
    for day in ("March 3, 2021", "3/3/2021", "11th Nov 2021", "2 years ago"):
        assert not is_stamp(day)
        assert is_stamp(day, bare=True)
    for other in ("14:32", "61 to 58", "Port Hesper, 3 March", "March", ""):
        assert not is_stamp(other, bare=True)


def test_labels_of_lists() -> None:
    assert list_kind("MOST READ IN NEWS") == list_kind("Related articles:") == list_kind("More from Tamsin") == "teaser"
    assert list_kind("Key points") == "headline"
    assert list_kind("Related to the pier is the quay") is list_kind("The related articles") is None
