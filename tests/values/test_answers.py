from provenance.values.answers import Borne, Branches, Proof


def test_what_nobody_answered_proves_nothing() -> None:
    assert not Proof().proven
    assert not Borne().bound
    assert Branches().found == ()


def test_an_answer_does_not_show_the_bytes_that_it_was_read_from() -> None:
    assert "captures" not in repr(Proof(proven=True))
