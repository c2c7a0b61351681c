import pytest

from onrecord.record import Span
from onrecord.views.index import Evidence
from onrecord.web.links import FileLinks, ServerLinks
from onrecord.web.render import outside

WORDS = Evidence(report="r1", key="k", outlet=None, published=None, spans=(Span(3, 9), Span(12, 20)), quote="a … b")


def test_words_lead_to_their_place_in_the_report() -> None:
    assert ServerLinks(lambda name: None).words(WORDS) == "/report/r1?char=3,9;12,20#here"
    assert FileLinks({}).words(WORDS) == "#r1-c3"


def test_a_name_leads_to_its_page_where_there_is_one() -> None:
    names = {"Ada Holm": "e-1"}
    assert ServerLinks(names.get).name("Ada Holm") == "/entity/e-1"
    assert ServerLinks(names.get).name("Bela Renko") is None
    assert FileLinks(names).name("Ada Holm") == "#e-1"


def test_what_an_address_cannot_hold_is_quoted() -> None:
    links = ServerLinks(lambda name: None)
    assert links.page("statements", speaker='"><script>', q=None) == "/statements?speaker=%22%3E%3Cscript%3E"
    assert links.report("../x?") == "/report/..%2Fx%3F"


@pytest.mark.parametrize("url", ["https://example.org/a?b#c", "http://example.org"])
def test_an_address_of_the_web_may_be_followed(url: str) -> None:
    assert outside(url) == url


@pytest.mark.parametrize(
    "url",
    [
        *(
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            " javascript:alert(1)",
            "data:text/html,x",
        ),
        *(
            "vbscript:x",
            "file:///etc/passwd",
            "//evil.example",
            "https:",
            "http://",
            "ftp://example.org",
            "https://[",
            "",
        ),
        *("https://example.org/\nx", "https://example.org/a b", "\x01https://example.org"),
    ],
)
def test_no_other_address_may(url: str) -> None:
    assert outside(url) is None
