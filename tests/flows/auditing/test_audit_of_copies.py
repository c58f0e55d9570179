"""Audits of what a client downloaded: what is not here is not absent from the release."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from huggingface_hub import hf_hub_download, snapshot_download

from provenance.flows.auditing.audit import audit
from provenance.testing.hub import LoopbackHub
from provenance.values.component import Component
from provenance.values.label import Label
from provenance.values.manifest import Manifest
from provenance.values.settings import Settings
from tests.charlm import noon

FILES = {
    "README.md": b"---\nlicense: mit\n---\n# M\n",
    "config.json": b'{"architectures": ["LlamaForCausalLM"], "model_type": "llama", '
    b'"hidden_size": 8, "num_hidden_layers": 1, "vocab_size": 16}',
    "tokenizer.json": b'{"model": {"type": "BPE", "vocab": {"a": 0}, "merges": []}}',
}


def audited(place: Path) -> Manifest:
    return audit(place, settings=Settings(offline=True, jobs=1), clock=noon)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LoopbackHub]:
    with LoopbackHub(tmp_path / "hub") as running:
        running.add_model("org/m").commit(FILES, message="m")
        yield running


def _at_most(manifest: Manifest, component: Component) -> int:
    return next(one.reach.at_most for one in manifest.components if one.component is component)


@pytest.mark.parametrize("kind", ["one file", "patterns", "broken link", "beside"])
def test_what_was_not_downloaded_is_not_absent(hub: LoopbackHub, tmp_path: Path, kind: str) -> None:
    cache, name = tmp_path / "cache", "org/m"
    if kind == "one file":
        got = hf_hub_download(name, "config.json", endpoint=hub.url, cache_dir=cache)
        place = Path(got).parent
    elif kind == "beside":
        place = tmp_path / "m"
        hf_hub_download(name, "config.json", endpoint=hub.url, local_dir=place)
    else:
        patterns = ["config.json"] if kind == "patterns" else None
        place = Path(
            snapshot_download(name, endpoint=hub.url, cache_dir=cache, allow_patterns=patterns)
        )
    if kind == "broken link":
        (place / "tokenizer.json").resolve().unlink()

    manifest = audited(place)

    assert _at_most(manifest, Component.TOKENIZER) >= 3
    assert _at_most(manifest, Component.FINAL_PARAMETERS) >= 3
    assert manifest.label_at_most is not Label.CLOSED
