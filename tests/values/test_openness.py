from provenance.values.openness import LicenseSet, Openness, Standing


def test_each_list_has_its_own_answer() -> None:
    found = Openness(
        "X", Standing.OPEN, Standing.NOT_OPEN, Standing.NOT_OPEN, Standing.FOR_A_PERSON
    )

    answers = [found.by(one) for one in LicenseSet]
    assert answers == [found.osi, found.fsf, found.mof, found.osaid]
