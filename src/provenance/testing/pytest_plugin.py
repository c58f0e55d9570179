"""The fixture ``hub`` for pytest, in every project that has this package installed.

pytest imports this module at its own start, before coverage is measured and whether or not a test
asks for a Hub: all else is imported when the first test does.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from provenance.testing.hub import LoopbackHub


@pytest.fixture
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator["LoopbackHub"]:
    """Serve an empty Hub of its own to each test, on 127.0.0.1, until the test ends.

    The environment is left as it is: hand ``endpoint=hub.url`` to the client.
    """
    from provenance.testing.hub import LoopbackHub  # noqa: PLC0415 - not before it is asked for

    with LoopbackHub(tmp_path_factory.mktemp("hub")) as running:
        yield running
