from pathlib import Path

import pytest

from provenance.sources.hub_kinds import other_kind
from provenance.testing.hub import LoopbackHub
from provenance.values.locator import LocatorKind
from provenance.values.ref import Ref
from provenance.values.settings import Settings


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("org/d", LocatorKind.HUB_DATASET),
        ("org/s", LocatorKind.HUB_SPACE),
        ("org/nothing", None),
    ],
)
def test_an_id_is_known_as_what_it_is(tmp_path: Path, name: str, kind: LocatorKind | None) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_dataset("org/d").commit({"a": b"1"}, message="m")
        hub.add_space("org/s").commit({"a": b"1"}, message="m")

        assert other_kind(Ref.parse(name), Settings(endpoint=hub.url)) is kind


def test_where_nobody_answers_nothing_is_said() -> None:
    settings = Settings(endpoint="http://127.0.0.1:9")

    assert other_kind(Ref.parse("org/d"), settings) is None
