from provenance.values.license import License, Terms


def test_no_licence_and_an_unknown_one_are_two_things() -> None:
    assert License(Terms.NONE) != License(Terms.UNKNOWN)
    assert (License(Terms.NONE).claimed, License(Terms.NONE).evident) == (None, None)
