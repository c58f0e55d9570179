from collections.abc import Callable, Mapping
from pathlib import Path

import attrs
import pytest

from provenance.errors import Code, SourceError
from provenance.flows.auditing.own_links import LARGEST
from provenance.flows.inspect import inspect
from provenance.testing.hub import LoopbackHub
from provenance.values.access import Access
from provenance.values.inspection import Inspection
from provenance.values.settings import Settings
from tests.charlm import MODEL, Charlm, noon

CARD = b"""---
datasets:
- org/data
---
See [code](https://github.com/o/r/tree/v1), or [not](http://10.0.0.1/).

```
https://github.com/o/sample
```
"""


def looked(
    folder: Path, files: Mapping[str, bytes], *, faults: int = 0, gated: bool = False
) -> tuple[Inspection, int]:
    """Inspect a release on a Hub, and return what was found and how many requests it took."""
    with LoopbackHub(folder / "hub") as hub:
        hub.add_model("org/m", gated="manual" if gated else False).commit(files, message="m")
        if faults:
            hub.fault("GET", "/resolve/", times=faults, status=403)
        found = inspect("org/m", settings=Settings(endpoint=hub.url), clock=noon)
        return found, len(hub.requests)


def test_an_inspection_says_what_is_listed_linked_and_pinned(charlm: Charlm) -> None:
    found = inspect(charlm.published.model, settings=charlm.settings, clock=noon)

    assert str(found.ref) == f"hf:{charlm.published.model}@{charlm.published.model_commit}"
    assert (found.files, found.digested, found.complete) == (12, 12, True)
    assert [(one.format, one.files) for one in found.copies] == [("safetensors", 2)]
    pinned = [one.locator.uri for one in found.linked if one.pinned and one.said]
    assert "https://github.com/provenance-examples/charlm" in pinned
    assert found.limits == ()


def test_a_folder_is_inspected_as_well(charlm: Charlm) -> None:
    local = inspect(MODEL, settings=Settings(offline=True), clock=noon)
    hub = inspect(charlm.published.model, settings=charlm.settings, clock=noon)

    assert local.linked == hub.linked
    assert local.copies == hub.copies


def test_a_link_stands_where_it_is_said_to(tmp_path: Path) -> None:
    found, _ = looked(tmp_path, {"README.md": CARD})

    (code,) = (one for one in found.linked if one.locator.uri.endswith("/o/r"))
    assert CARD[code.start : code.end] == b"https://github.com/o/r/tree/v1"
    assert (code.context, code.said, str(code.locator.revision)) == ("prose", True, "v1")


def test_samples_say_nothing_and_forbidden_addresses_are_hazards(tmp_path: Path) -> None:
    found, _ = looked(tmp_path, {"README.md": CARD})

    (sample,) = (one for one in found.linked if one.locator.uri.endswith("sample"))
    assert not sample.said
    assert [one.code for one in found.hazards] == [Code.URL_FORBIDDEN]


def test_an_inspection_downloads_no_weights(tmp_path: Path) -> None:
    found, asked = looked(tmp_path, {"README.md": CARD, "model.safetensors": b"w" * 10**6})

    assert found.size > 10**6
    assert asked <= 5


def test_a_file_that_cannot_be_read_for_links_is_a_hazard(tmp_path: Path) -> None:
    found, _ = looked(tmp_path, {"README.md": b"# M\x00"})

    assert [(one.code, one.path) for one in found.hazards] == [(Code.CARD_CTRL, "README.md")]


def test_a_gate_leaves_the_list_and_hides_the_links(tmp_path: Path) -> None:
    found, _ = looked(tmp_path, {"README.md": CARD}, gated=True)

    assert found.access is Access.MANUAL_GATE
    assert found.files == 1
    assert [one.code for one in found.limits] == [Code.HUB_GATED]
    assert found.linked == ()


def test_a_large_file_is_not_read_for_links(tmp_path: Path) -> None:
    found, _ = looked(tmp_path, {"README.md": b"x" * (LARGEST + 1)})

    assert [(one.code, one.what) for one in found.limits] == [(Code.RECIPE_UNSEEN, "README.md")]


def test_what_is_offline_is_not_inspected(charlm: Charlm) -> None:
    with pytest.raises(SourceError) as caught:
        inspect(
            charlm.published.model,
            settings=attrs.evolve(charlm.settings, offline=True),
            clock=noon,
        )

    assert caught.value.code is Code.OFFLINE


def test_a_list_of_many_files_takes_few_requests(
    tmp_path: Path, how_many: Callable[[int, int], int]
) -> None:
    count = how_many(4_000, 20_000)
    files = {f"d{at % 100}/f{at}.txt": b"%d" % at for at in range(count)}

    found, asked = looked(tmp_path, files)

    assert (found.files, found.digested) == (count, count)
    assert asked <= count // 1000 + 5


def test_a_pointer_in_a_folder_is_told(tmp_path: Path) -> None:
    text = b"version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 12\n" % (b"0" * 64)
    (tmp_path / "model.safetensors").write_bytes(text)

    found = inspect(tmp_path, settings=Settings(), clock=noon)

    assert [(one.code, one.path) for one in found.hazards] == [(Code.GIT_LFS, "model.safetensors")]
