import pytest

from onrecord.knowledge import fullest_roles


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ([], ()),
        (["minister", "Norran foreign minister"], ("Norran foreign minister",)),
        (["minister", "foreign minister", "Norran foreign minister"], ("Norran foreign minister",)),
        (["Foreign Minister", "foreign minister"], ("Foreign Minister",)),
        (["minister for foreign affairs", "party leader"], ("minister for foreign affairs", "party leader")),
        (["U.S. envoy", "US Envoy"], ("U.S. envoy",)),
        (["Defense Minister", "Norran Defence Minister"], ("Norran Defence Minister",)),
        (["mayor", "mayor", "mayor"], ("mayor",)),
    ],
)
def test_a_role_that_another_says_in_full_is_left_out(given: list[str], kept: tuple[str, ...]) -> None:
    assert fullest_roles(given) == kept


def test_roles_keep_their_order() -> None:
    assert fullest_roles(iter(["mayor", "chair of the harbour board", "envoy"])) == (
        "mayor",
        "chair of the harbour board",
        "envoy",
    )
