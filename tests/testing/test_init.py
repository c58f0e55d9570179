from pathlib import Path

import pytest

from provenance import testing
from tests.test_init import homes, imported_for_types


def test_every_name_is_there_and_of_the_type_that_a_checker_sees() -> None:
    here = Path(testing.__file__)
    seen = imported_for_types(here)

    assert seen == {name: f"{home}:{name}" for name, home in homes(here).items()}
    assert dir(testing) == sorted(testing.__all__) == sorted(seen)
    assert all(getattr(testing, name).__name__ == name for name in seen)


def test_another_name_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Space'"):
        _ = testing.Space
