import pytest

from provenance.errors import Code, TextError
from provenance.recipe.sample import small_document_of
from provenance.values.component import Component
from tests.building import WHERE

TEXT = b"one two three four five six seven eight nine ten eleven twelve 13"


@pytest.mark.parametrize(
    ("path", "data", "component"),
    [
        ("samples/a.txt", TEXT, Component.SAMPLE_MODEL_OUTPUTS),
        ("samples/a.png", b"\x89PNG\r\n\x1a\n", Component.SAMPLE_MODEL_OUTPUTS),
        ("contamination.md", TEXT, Component.CONTAMINATION_REPORT),
        ("contamination.md", TEXT.replace(b"13", b"more"), None),
        ("samples/a.txt", b"too few", None),
        ("notes.txt", TEXT, None),
    ],
)
def test_a_small_document_is_what_its_name_and_its_bytes_say(
    path: str, data: bytes, component: Component | None
) -> None:
    found = small_document_of(path, data, WHERE)

    assert (found.component if found else None) is component


def test_a_sample_in_bytes_of_no_known_kind_is_not_passed_over() -> None:
    with pytest.raises(TextError):
        small_document_of("samples/a.bin", TEXT + b"\0", WHERE)


def test_a_report_in_bytes_of_an_unknown_kind_is_unread() -> None:
    with pytest.raises(TextError) as caught:
        small_document_of("contamination.md", b"\0\1\2" * 99, WHERE)

    assert caught.value.code is Code.NOT_COVERED
