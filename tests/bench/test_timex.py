from bench.timex import count, figures, match


def test_equal_spans_are_matched_before_others() -> None:
    gold = [(0, 10, "DATE"), (12, 20, "TIME")]
    given = [(5, 14, "DATE"), (0, 10, "DATE")]
    assert match(gold, given) == [(gold[0], given[1]), (gold[1], given[0])]


def test_spans_that_touch_are_no_match() -> None:
    assert match([(0, 5, "DATE")], [(5, 9, "DATE")]) == []


def test_figures_count_spans_that_share_and_types_that_agree() -> None:
    gold = [(0, 10, "DATE"), (12, 20, "TIME"), (30, 35, "SET")]
    found = figures(count(gold, [(0, 10, "DATE"), (12, 15, "DATE"), (40, 44, "SET")]))
    assert found["relaxed_f1"] == round(2 / 3, 4)
    assert found["strict_f1"] == found["type_f1"] == round(1 / 3, 4)
