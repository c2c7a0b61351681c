from __future__ import annotations

import pytest

from onrecord.attribute.modality import find_modality
from onrecord.language import Tree
from onrecord.record import Modality
from tests.parses import make_parse, with_tree
from tests.records import part


@pytest.mark.parametrize(
    ("text", "cue", "content", "modality"),
    [
        ("Holm said the port is shut.", "said", "the port is shut", "asserted"),
        (
            "Holm threatened to shut the port if no rent came.",
            "threatened",
            "to shut the port if no rent came",
            "threatened",
        ),
        ("Holm demanded that the port open.", "demanded", "that the port open", "requested"),
        ("Holm said the port will open if rent comes.", "said", "the port will open if rent comes", "conditional"),
        ("Holm pledged to open the port.", "pledged", "to open the port", "committed"),
        ("Holm expects the port to open.", "expects", "the port to open", "predicted"),
        ("Holm plans to open the port.", "plans", "to open the port", "intended"),
        ("Holm said the prices would rise in the autumn.", "said", "the prices would rise in the autumn", "predicted"),
        ("“We will open a second gate,” Holm said.", "said", "“We will open a second gate,”", "intended"),
        ("Holm said the wall might fall.", "said", "the wall might fall", "hedged"),
        ("Holm said the wall had probably fallen.", "said", "the wall had probably fallen", "hedged"),
        ("Holm said the men must leave the port.", "said", "the men must leave the port", "requested"),
        ("“Leave the gate open,” Holm said.", "said", "“Leave the gate open,”", "requested"),
        ("Holm warned that she would close the port.", "warned", "that she would close the port", "threatened"),
        ("Holm warned that the dam would burst.", "warned", "that the dam would burst", "predicted"),
        ("Holm said the council was preparing to leave.", "said", "the council was preparing to leave", "intended"),
        # Who is quoted after "asked" may have been the one who was asked.
        ("Holm, asked about a gate: “There is no gate.”", "asked", "“There is no gate.”", "asserted"),
        ("“Will you open the gate?” Holm asked.", "asked", "“Will you open the gate?”", "requested"),
        ("Holm asked: “Open the gate.”", "asked", "“Open the gate.”", "requested"),
        ("Holm asked that the port open.", "asked", "that the port open", "requested"),
        # What an inner speaker says counts for that speaker.
        ("Holm said that Renko had told her he would go.", "said", "that Renko had told her he would go", "asserted"),
    ],
)
def test_modality(text: str, cue: str, content: str, modality: Modality) -> None:
    parse = with_tree(make_parse(text))
    assert find_modality(parse, Tree(parse), part(text, cue), part(text, content), denied=False) == modality


def test_what_is_denied_or_not_told_is_no_plan() -> None:
    text = "Holm denied that she would resign."
    parse = with_tree(make_parse(text))
    assert (
        find_modality(parse, Tree(parse), part(text, "denied"), part(text, "that she would resign"), denied=True)
        == "asserted"
    )
