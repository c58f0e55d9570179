from provenance.recipe.licenses.names_of_licenses import families_in


def test_a_name_in_prose_and_one_in_metadata_meet_in_their_family() -> None:
    assert families_in("apache-2.0") == families_in("the Apache License 2.0") == {"apache"}
    assert families_in("llama3") == {"llama"}
    assert families_in("nothing known") == frozenset()
    assert families_in("submit") == frozenset()
