import pytest

from provenance.errors import ReleaseError, SourceError
from provenance.flows.digesting.in_file import in_file


def test_an_error_says_in_which_file_it_is_and_the_innermost_is_right() -> None:
    with pytest.raises(ReleaseError) as caught, in_file("outer"), in_file("inner"):
        raise ReleaseError("broken")

    assert caught.value.path == "inner"


def test_what_is_no_fault_of_a_file_passes_as_it_is() -> None:
    with pytest.raises(SourceError), in_file("a"):
        raise SourceError("no network")
