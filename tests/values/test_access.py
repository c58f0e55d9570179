from provenance.values.access import Access


def test_what_could_not_be_seen_is_not_called_public() -> None:
    assert Access("unknown") is not Access("public")
    assert {str(one) for one in Access} >= {"public", "auto-gate", "manual-gate", "paid"}
