import pytest

from onrecord.language import Name, Parse, find_entities, is_outlet, trim_name
from onrecord.record import Entity, Noise, Span


def parsed(text: str, *names: tuple[str, str], surer: float = 0.9) -> Parse:
    """A parse of `text` with these names in order, each behind the one before it; the first as sure as `surer`."""
    found: list[Name] = []
    at = 0
    for words, kind in names:
        start = text.index(words, at)
        at = start + len(words)
        found.append(Name(Span(start, at), kind, 0.9 if found else surer))
    return Parse(text=text, sentences=(Span(0, len(text)),), quotations=(), names=tuple(found), relations=())


def people(text: str, *names: str) -> list[tuple[str, int]]:
    """The people of `text`, each with the number of mentions."""
    return [(e.name, len(e.mentions)) for e in find_entities(parsed(text, *((n, "person") for n in names)))]


def only(text: str, *names: tuple[str, str]) -> Entity:
    (entity,) = find_entities(parsed(text, *names))
    return entity


def trimmed(name: str, kind: str = "person") -> str:
    span = trim_name(f"{name} left.", Span(0, len(name)), kind)
    return name[span.start : span.end]


def test_no_names_no_entities() -> None:
    assert find_entities(parsed("Nobody came.")) == ()


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ada Holm", "Ada Holm"),
        ("Mr. Holm", "Holm"),
        ("Dr Ada Holm", "Ada Holm"),
        ("President Holm", "Holm"),
        ("Lt. Gen. Silas Orme", "Silas Orme"),
        ("Ada Holm’s", "Ada Holm"),
        ("Ada Holm's", "Ada Holm"),
        ("Silas Ormes'", "Silas Ormes"),
        ("the Emil Vorac", "Emil Vorac"),
        ("General", "General"),
    ],
)
def test_titles_articles_and_endings_are_trimmed(written: str, name: str) -> None:
    assert trimmed(written) == name


def test_what_is_nothing_but_an_article_is_no_name() -> None:
    assert trimmed("A  's") == ""
    assert find_entities(parsed("A  's left.", ("A  's", "person"))) == ()


def test_an_article_goes_and_a_title_stays_with_what_is_no_person() -> None:
    assert trimmed("the Lower Tamsin", "place") == "Lower Tamsin"
    assert trimmed("General Orme Shipping", "organisation") == "General Orme Shipping"


def test_a_surname_joins_the_full_name() -> None:
    text = "Ada Holm met Emil Vorac. Holm left. Mr. Vorac stayed, and Ada came back."
    assert people(text, "Ada Holm", "Emil Vorac", "Holm", "Mr. Vorac", "Ada") == [("Ada Holm", 3), ("Emil Vorac", 2)]


def test_a_full_name_joins_the_surname_before_it() -> None:
    text = "HOLM LEAVES\nHolm left. Ada Holm is seventy."
    assert people(text, "Holm", "Ada Holm") == [("Ada Holm", 2)]


def test_a_middle_name_parts_nobody() -> None:
    assert people("Ada M. Holm left. Ada Holm is seventy.", "Ada M. Holm", "Ada Holm") == [("Ada M. Holm", 2)]


def test_two_people_of_one_surname_are_kept_apart() -> None:
    text = "Ada Holm left. Holm wept. Bela Holm stayed. Holm laughed. Ada Holm wrote. Holm signed."
    assert people(text, "Ada Holm", "Holm", "Bela Holm", "Holm", "Ada Holm", "Holm") == [
        ("Ada Holm", 4),
        ("Bela Holm", 2),
    ]


def test_names_are_counted_over_line_breaks_and_case() -> None:
    text = "Ada\nHolm left. ADA HOLM stayed."
    assert people(text, "Ada\nHolm", "ADA HOLM") == [("Ada Holm", 2)]


def test_mentions_point_at_the_name_itself() -> None:
    text = "President Ada Holm’s office; Holm."
    entity = only(text, ("President Ada Holm’s", "person"), ("Holm", "person"))
    assert [text[m.span.start : m.span.end] for m in entity.mentions] == ["Ada Holm", "Holm"]
    assert {m.form for m in entity.mentions} == {"name"}


def test_entities_are_numbered_in_order_of_place() -> None:
    text = "In Norra, Ada Holm of the Harbour Union met Emil Vorac."
    names = (("Norra", "place"), ("Ada Holm", "person"), ("Harbour Union", "organisation"), ("Emil Vorac", "person"))
    assert [(e.id, e.name, e.type) for e in find_entities(parsed(text, *names))] == [
        ("e1", "Norra", "place"),
        ("e2", "Ada Holm", "person"),
        ("e3", "Harbour Union", "organisation"),
        ("e4", "Emil Vorac", "person"),
    ]


def test_a_person_is_not_the_place_of_that_name() -> None:
    text = "Ada Norra was born in Upper Norra."
    assert [e.type for e in find_entities(parsed(text, ("Ada Norra", "person"), ("Upper Norra", "place")))] == [
        "person",
        "place",
    ]


def test_a_name_read_in_two_ways_takes_the_surer_one() -> None:
    text = "Ostrene spoke. Later Ostrene left."
    names = (("Ostrene", "organisation"), ("Ostrene", "place"))
    assert [e.type for e in find_entities(parsed(text, *names, surer=0.95))] == ["organisation"]
    assert [e.type for e in find_entities(parsed(text, *names, surer=0.5))] == ["place"]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Norran Foreign Minister Emil Vorac left.", "Emil Vorac", "Norran Foreign Minister"),
        ("The harbour master, Silas Orme, left.", "Silas Orme", "harbour master"),
        ("a foreign ministry spokesman Emil Vorac", "Emil Vorac", "foreign ministry spokesman"),
        ("said Norra’s president, Ada Holm", "Ada Holm", "Norra’s president"),
        ("Norran Secretary of Defence Ada Holm left.", "Ada Holm", "Norran Secretary of Defence"),
        ("Echoing President Holm, he left.", "Holm", "President"),
        ("On Monday President Holm left.", "Holm", "President"),
        ("But Foreign Minister Emil Vorac stayed.", "Emil Vorac", "Foreign Minister"),
    ],
)
def test_a_role_stands_before_the_name(text: str, name: str, role: str) -> None:
    assert only(text, (name, "person")).roles == (role,)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Silas Orme, the harbour master, said so.", ("harbour master",)),
        ("Silas Orme, minister of the sea, said so.", ("minister of the sea",)),
        ("Silas Orme, who is minister, said so.", ()),
        ("Silas Orme, 54, said so.", ()),
        ("Silas Orme, a minister\nsaid so.", ("minister",)),
        ("Silas Orme, a minister", ()),
        ("Silas Orme said so.", ()),
        ("Mr. Silas Orme said so.", ()),
        ("Minister Emil Vorac, Silas Orme and others", ()),
    ],
)
def test_a_role_stands_behind_the_name(text: str, roles: tuple[str, ...]) -> None:
    names = tuple((n, "person") for n in ("Emil Vorac", "Silas Orme") if n in text)
    assert find_entities(parsed(text, *names))[-1].roles == roles


def test_roles_are_gathered_and_the_fullest_kept() -> None:
    text = "Minister Emil Vorac left. Norran Foreign Minister Vorac came back. Vorac, the party leader, slept."
    entity = only(text, ("Emil Vorac", "person"), ("Vorac", "person"), ("Vorac", "person"))
    assert entity.roles == ("Norran Foreign Minister", "party leader")


@pytest.mark.parametrize("name", ["Reuters", "the Associated Press", "Lower Tamsin Ledger", "The Norra Times", "AFP"])
def test_outlets_are_recognised_by_name_or_last_word(name: str) -> None:
    assert is_outlet(name)
    text = f"According to {name}, nobody came."
    assert only(text, (name, "organisation")).type == "outlet"


@pytest.mark.parametrize("name", ["Harbour Union", "Times", "Ledger of Debts", "Norra", ""])
def test_other_names_are_no_outlets(name: str) -> None:
    assert not is_outlet(name)


def test_words_beside_a_name_tell_an_outlet() -> None:
    assert only("The NTK broadcaster said so.", ("NTK", "organisation")).type == "outlet"
    assert only("Broadcaster NTK said so. The broadcaster NTK erred.", ("NTK", "organisation")).type == "outlet"
    assert only("The newspaper said so. NTK erred.", ("NTK", "organisation")).type == "organisation"


def types(text: str, outlet: str, *names: tuple[str, str]) -> list[str]:
    return [e.type for e in find_entities(parsed(text, *names), outlet=outlet)]


def test_the_report_s_own_outlet_is_known_by_its_full_and_its_short_name() -> None:
    text = "The Norra Courier learned this. He told the Courier so."
    names = (("Norra Courier", "organisation"), ("Courier", "organisation"))
    assert set(types(text, "The Norra Courier", *names)) == {"outlet"}


def test_the_place_in_an_outlet_s_name_is_a_place() -> None:
    assert types("The president of Norra left.", "The Norra Courier", ("Norra", "place")) == ["place"]
    assert types("In Port Hesper it rained.", "Port Hesper Today", ("Port Hesper", "place")) == ["place"]


def test_names_in_noise_are_left_out() -> None:
    text = "By Oda Brill\n\nAda Holm left."
    names = (("Oda Brill", "person"), ("Ada Holm", "person"))
    byline = Noise(Span(0, 12), "byline")
    assert [e.name for e in find_entities(parsed(text, *names), [byline])] == ["Ada Holm"]


def test_a_name_that_was_passed_over_is_found_again() -> None:
    text = "Ada Holm left. Nobody but Holm knew; Holmes-Holm and Holmby did not."
    assert people(text, "Ada Holm") == [("Ada Holm", 2)]


def test_a_station_is_an_outlet_whole_whatever_was_read_in_it() -> None:
    text = "Radio Norra has reported that Norra opens its port. TV 7 was told the same."
    found = find_entities(parsed(text, ("Radio", "person"), ("Norra", "place")))
    assert {(e.name, e.type) for e in found} >= {("Radio Norra", "outlet"), ("TV 7", "outlet")}
    assert not any(e.name == "Radio" for e in found)


def named(text: str, *names: tuple[str, str]) -> list[tuple[str, str, int]]:
    """The entities of `text`: name, type and number of mentions."""
    return [(e.name, e.type, len(e.mentions)) for e in find_entities(parsed(text, *names))]


def test_a_name_that_was_read_as_ended_by_an_initial_is_whole() -> None:
    text = "Antony J. Berl left. Nobody but Berl knew."
    assert named(text, ("Antony J", "person")) == [("Antony J. Berl", "person", 2)]
    assert named(text, ("Antony J", "person"), ("Berl", "person")) == [("Antony J. Berl", "person", 2)]


def test_what_ends_in_no_initial_of_a_person_ends_there() -> None:
    assert named("He asked Antony Jo. Berl left.", ("Antony Jo", "person")) == [("Antony Jo", "person", 1)]
    assert named("He left Pier J. Berl wept.", ("Pier J", "place")) == [("Pier J", "place", 1)]
    assert named("He asked Antony J. and left.", ("Antony J", "person")) == [("Antony J", "person", 1)]


@pytest.mark.parametrize("kind", ["person", "place", "organisation"])
def test_whoever_bears_a_style_is_a_person(kind: str) -> None:
    assert named("They asked Mr Emil Veck.", ("Mr Emil Veck", kind)) == [("Emil Veck", "person", 1)]
    assert named("They asked Dame Ada Holm.", ("Dame Ada Holm", kind)) == [("Ada Holm", "person", 1)]


def test_a_title_before_a_name_makes_a_person_of_it() -> None:
    assert named("They asked Secretary Veck.", ("Veck", "place")) == [("Veck", "person", 1)]
    assert named("They asked about Veck.", ("Veck", "place")) == [("Veck", "place", 1)]


@pytest.mark.parametrize("title", ["Secretary", "Cardinal", "Mr President", "President"])
def test_a_word_of_office_alone_is_no_person(title: str) -> None:
    assert named(f"The {title} left with Ada Holm.", (title, "person"), ("Ada Holm", "person")) == [
        ("Ada Holm", "person", 1)
    ]


@pytest.mark.parametrize(("country", "people"), [("Sarovia", "Sarovian"), ("Norra", "Norran"), ("Azmar", "Azmari")])
def test_what_has_a_people_in_the_text_is_a_place(country: str, people: str) -> None:
    read = (country, "person")
    assert named(f"{country} spoke. The {people} fleet left.", read) == [(country, "place", 1)]
    # Without its people it stays what it was read as, and so does an organisation.
    assert named(f"{country} spoke. The fleet left.", read) == [(country, "person", 1)]
    assert named(f"{country} spoke. The {people} fleet left.", (country, "organisation")) == [
        (country, "organisation", 1)
    ]


def test_the_adjective_of_a_people_is_no_name() -> None:
    read = {"Sarovia": "person", "Sarovian": "organisation"}
    assert named("Sarovia spoke. The Sarovian fleet left.", *read.items()) == [("Sarovia", "place", 1)]


@pytest.mark.parametrize("office", ["Prime Minister", "Foreign Minister", "Secretary"])
def test_an_office_of_two_words_is_no_person(office: str) -> None:
    assert named(f"The {office} left.", (office, "person")) == []


def test_a_surname_with_a_longer_one_beside_it_stays_a_person() -> None:
    text = "Ada Varruni met Bela Varrun. Varrun left."
    found = named(text, ("Ada Varruni", "person"), ("Bela Varrun", "person"), ("Varrun", "person"))
    assert {kind for _, kind, _ in found} == {"person"}


def test_the_end_of_an_address_is_no_part_of_an_office() -> None:
    text = "Bela Renko flew to Washington, D.C. Secretary Ada Holm met him."
    assert only(text, ("Ada Holm", "person")).roles == ("Secretary",)


@pytest.mark.parametrize(
    ("read", "names"),
    [
        ("Ada Holm and Emil Veck", ["Ada Holm", "Emil Veck"]),
        ("Ada Holm rang Emil Veck", ["Ada Holm", "Emil Veck"]),
        ("Ada Holm of Norra", ["Ada Holm", "Norra"]),
        ("Ada Holm of", ["Ada Holm"]),
        ("Ada van der Holm", ["Ada van der Holm"]),
        ("Prince of Senn", ["Prince of Senn"]),
    ],
)
def test_nobodys_name_holds_a_word_in_small_letters_but_for_particles(read: str, names: list[str]) -> None:
    assert [e.name for e in find_entities(parsed(f"{read} twice.", (read, "person")))] == names


def test_the_country_between_an_office_and_a_name_is_one_of_its_own() -> None:
    text = "The President of Norra Emil Veck left."
    found = find_entities(parsed(text, ("Norra Emil Veck", "person")))
    assert [(e.name, e.type) for e in found] == [("Norra", "place"), ("Emil Veck", "person")]


def test_what_somebody_is_minister_of_is_no_person() -> None:
    text = "The foreign ministers of Norra and Senn met."
    found = find_entities(parsed(text, ("Norra", "person"), ("Senn", "person")))
    assert [e.type for e in found] == ["place", "place"]


def test_the_name_behind_an_office_and_whose_it_is_is_a_persons() -> None:
    text = "The Foreign Minister of the Kingdom of Norra, Leyla Haddan, left."
    assert only(text, ("Leyla Haddan", "place")).type == "person"
    # The town is no minister.
    assert only("He left the capital of Norra, Port Leyla, today.", ("Port Leyla", "place")).type == "place"


def test_a_body_ends_with_no_preposition() -> None:
    assert only("The Council of the Bank met.", ("Council of", "organisation")).name == "Council"
