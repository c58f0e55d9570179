from provenance.frameworks.license_sets import FSF, MOF, OPEN_DATA, OSI


def test_each_list_is_as_long_as_its_publisher_s() -> None:
    assert (len(OSI), len(FSF), len(OPEN_DATA), len(MOF)) == (149, 127, 31, 226)


def test_the_lists_differ_where_their_publishers_do() -> None:
    assert "CC-BY-4.0" in FSF - OSI
    assert "CDLA-Sharing-1.0" in OPEN_DATA - OSI - FSF
    assert "NASA-1.3" in OSI - FSF
    assert "OpenMDW-1.0" in MOF - OPEN_DATA
    assert "CC-BY-NC-4.0" not in OSI | FSF | MOF
