from provenance.errors import Code
from provenance.values.component import Component
from provenance.values.unread import Unread


def test_what_was_not_read_names_the_components_that_it_could_hold() -> None:
    one = Unread(Code.NOT_COVERED, "a.c", "only Python is", frozenset({Component.SEEDS}))

    assert Component.SEEDS in one.about
    assert Component.DATASETS not in one.about
