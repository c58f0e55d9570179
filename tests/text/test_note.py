from provenance.errors import Code
from provenance.text.note import Note


def test_a_note_may_be_about_the_text_as_a_whole() -> None:
    assert Note(Code.CARD_EMPTY, "nothing").span is None
