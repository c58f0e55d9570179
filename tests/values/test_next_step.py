from provenance.values.next_step import Cost


def test_costs_are_in_order_and_each_has_a_title_of_its_own() -> None:
    assert sorted(Cost) == list(Cost)
    assert Cost.LOOK < Cost.LINE < Cost.PUBLISH_DATA < Cost.RUN
    assert len({one.title for one in Cost}) == len(Cost)
