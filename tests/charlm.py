"""Our own release on a loopback Hub: what tests audit when they want the whole thing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import attrs

from provenance.testing.hub import LoopbackHub
from provenance.testing.releases import Published, publish_release
from provenance.values.settings import Mirror, Settings
from tests.building import NOW

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
TABLE = FIXTURES / "releases" / "charlm" / "release.toml"
MODEL = FIXTURES / "releases" / "charlm" / "model"


@attrs.frozen
class Charlm:
    """The Hub, what stands on it, and settings that reach it."""

    hub: LoopbackHub
    published: Published
    settings: Settings


def noon() -> datetime:
    """Return a moment that does not move."""
    return NOW


@contextmanager
def served(folder: Path) -> Iterator[Charlm]:
    """Serve charlm from a folder of its own."""
    with LoopbackHub(folder / "hub") as hub:
        published = publish_release(hub, TABLE, FIXTURES)
        mirror = Mirror("https://github.com/", f"{hub.url}/git/github.com/")
        settings = Settings(endpoint=hub.url, cache=folder / "cache", mirrors=(mirror,), jobs=1)
        yield Charlm(hub, published, settings)
