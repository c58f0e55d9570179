from provenance.values.label import Label


def test_labels_rise_from_closed_to_reproduced() -> None:
    assert [one.level for one in Label] == [0, 0, 1, 2, 3, 4, 5]


def test_no_label_says_that_anything_is_safe() -> None:
    assert not [one for one in Label if "safe" in one]
