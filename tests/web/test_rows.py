from onrecord.views.readouts import list_sheets
from onrecord.web.rows import list_sides
from tests import harbour


def test_each_origin_of_a_contact_has_its_own_account() -> None:
    record = harbour.record()
    sheets = list_sheets(record)
    assert len(sheets) == len(record.contacts)
    for sheet in sheets:
        contact = next(c for c in record.contacts if c.id == sheet.call.id)
        told = {e.report for side in sheet.readouts for e in side.words}
        assert told == {m.report for m in contact.members}
        assert len(sheet.places) == len(contact.members)
        names = [side.name.removesuffix(" (unnamed)") for side in sheet.readouts if side.name != "source not stated"]
        assert names == [origin.name for origin in contact.origins]


def test_what_one_account_leaves_out_stands_with_that_one() -> None:
    for sheet in list_sheets(harbour.record()):
        for side in sheet.readouts:
            assert {e.report for e in side.left_out}.isdisjoint({e.report for e in side.words})


def test_the_differing_words_of_both_sides_are_marked() -> None:
    sides = list_sides(harbour.record())
    assert len(sides) == len(harbour.record().disagreements)
    both = [s for s in sides if s.b is not None and s.row.kind != "omission"]
    assert both
    assert all("<mark>" in s.a or "<mark>" in s.b for s in both if s.b is not None)
    assert all("<mark>" not in s.a for s in sides if s.row.kind == "omission")
