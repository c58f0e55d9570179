from datetime import UTC, datetime
from pathlib import Path

from provenance.flows.auditing.audit import audit
from provenance.flows.auditing.published import published_at
from provenance.flows.resolving.resolve import resolve
from provenance.sources.local import LocalSource
from provenance.testing.hub import LoopbackHub
from provenance.values.settings import Budget, Mirror, Settings
from provenance.values.source import HowPinned
from tests.charlm import MODEL, noon

CARD = b"# M\n\nTrained with [our code](https://github.com/o/r).\n"
WEIGHTS = (MODEL / "model-00001-of-00002.safetensors").read_bytes()


def release(hub: LoopbackHub) -> None:
    """Publish a release in March, whose code is older and newer than that."""
    made = hub.add_model("org/m")
    made.commit({"model.safetensors": WEIGHTS}, message="w", date="2024-03-01T00:00:00+0000")
    made.commit({"README.md": CARD}, message="c", date="2024-09-01T00:00:00+0000")


def test_a_release_is_as_old_as_its_weights(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        release(hub)
        source = resolve("org/m", settings=Settings(endpoint=hub.url), clock=noon)

        found = published_at(source, source.listing())

    assert found == datetime(2024, 3, 1, tzinfo=UTC)


def test_nobody_says_when_a_folder_was_published() -> None:
    source = LocalSource(MODEL, budget=Budget(), clock=noon)

    assert published_at(source, source.listing()) is None


def test_a_hub_that_does_not_say_leaves_it_open(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        release(hub)
        source = resolve("org/m", settings=Settings(endpoint=hub.url), clock=noon)
        listing = source.listing()
        hub.fault("POST", "/paths-info/", status=403)

        assert published_at(source, listing) is None


def test_code_that_is_linked_without_a_revision_is_looked_at_as_it_was(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        release(hub)
        code = hub.add_git("github.com/o/r")
        old = code.commit({"train.py": b"x = 1\n"}, message="o", date="2024-02-01T00:00:00+0000")
        code.commit({"train.py": b"x = 2\n"}, message="n", date="2024-06-01T00:00:00+0000")
        mirror = Mirror("https://github.com/", f"{hub.url}/git/github.com/")
        settings = Settings(endpoint=hub.url, cache=tmp_path / "cache", mirrors=(mirror,), jobs=1)

        found = audit("org/m", settings=settings, clock=noon)

    (source,) = found.sources
    assert (str(source.commit), source.how_pinned) == (old, HowPinned.RELEASE_DATE)
