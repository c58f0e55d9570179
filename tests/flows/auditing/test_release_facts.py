import json
from pathlib import Path

import attrs
import pytest

from provenance.errors import Code
from provenance.flows.auditing.desk import Desk
from provenance.flows.auditing.release_facts import Gathered, gather
from provenance.flows.digesting.observe import observe
from provenance.ports.silence import Silence
from provenance.sources.local import LocalSource
from provenance.stores.evidence import EvidenceStore
from provenance.values.address import Address
from provenance.values.component import Component
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.settings import Budget, Settings
from tests.building import COMMIT, TOY
from tests.charlm import noon


def read(folder: Path, *, complete: bool = True, unread: bool = False) -> Gathered:
    source = LocalSource(folder, budget=Budget(), clock=noon)
    listing = source.listing()
    seen = observe(source, listing, settings=Settings(jobs=1), progress=Silence())
    inventory = listing.inventory if unread else seen.inventory
    inventory = attrs.evolve(inventory, complete=complete)
    return gather(inventory, Desk(source, EvidenceStore(None), noon, TOY))


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


WHOLE = {
    "README.md": b"---\nlicense: mit\n---\n# M\n\nSeed 7.\n",
    "config.json": json.dumps({"model_type": "x", "n_embd": 8}).encode(),
    "tokenizer.json": json.dumps({"model": {"type": "BPE", "vocab": {"a": 0}}}).encode(),
    "LICENSE": b"anything",
    "train.py": b"for b in d:\n    loss.backward()\n    o.step()\n",
}


def test_a_release_s_own_files_say_what_they_hold(tmp_path: Path) -> None:
    found = read(write(tmp_path, WHOLE))

    looks = (found.card, found.config, found.tokenizer, found.license)
    assert all(isinstance(look, Seen) for look in looks)
    assert [loop.path for loop in found.code.loops] == ["train.py"]
    assert found.code.whole
    assert len(found.claims) == 1


def test_files_that_are_not_there_are_missing(tmp_path: Path) -> None:
    found = read(write(tmp_path, {"a.txt": b"1"}))

    looks = (found.card, found.config, found.tokenizer, found.license)
    assert all(isinstance(look, Missing) for look in looks)


@pytest.mark.parametrize("name", ["readme.md", "README", "README.rst", "MODEL_CARD.md"])
def test_a_card_under_another_name_is_unknown_and_no_claim_of_it_absent(
    tmp_path: Path, name: str
) -> None:
    found = read(write(tmp_path, {name: b"# M\n", "docs/README.md": b"# D\n"}))

    assert isinstance(found.card, Unseen)
    assert name in found.card.reason


@pytest.mark.parametrize("name", ["a.txt", "docs/README.md", "readmes.py"])
def test_what_is_named_otherwise_is_no_card(tmp_path: Path, name: str) -> None:
    assert isinstance(read(write(tmp_path, {name: b"# M\n"})).card, Missing)


@pytest.mark.parametrize(
    "name",
    [
        *("pytorch_lora_weights.safetensors", "my-lora-v1.safetensors", "learned_embeds.bin"),
        "flax_model_lora.msgpack",
    ],
)
def test_weights_that_adapt_others_leave_unknown_what_those_may_have(
    tmp_path: Path, name: str
) -> None:
    found = read(write(tmp_path, {"README.md": b"# M\n", name: b"x"}))

    assert isinstance(found.config, Unseen)
    assert isinstance(found.tokenizer, Unseen)


@pytest.mark.parametrize(
    ("tensor", "seen"),
    [
        ("lora_unet_mid_block.lora_down.weight", Unseen),
        ("model.layers.0.q_proj.lora_a", Unseen),
        ("base_model.model.x.lora_A.default.weight", Unseen),
        ("lycoris_x.hada_w1_a", Unseen),
        ("model.explorer_b.weight", Missing),
    ],
)
def test_tensors_that_adapt_others_do_so_under_any_name_of_a_file(
    tmp_path: Path, tensor: str, seen: type
) -> None:
    header = json.dumps({tensor: {"dtype": "U8", "shape": [1], "data_offsets": [0, 1]}}).encode()
    data = len(header).to_bytes(8, "little") + header + b"x"

    found = read(write(tmp_path, {"README.md": b"# M\n", "style.safetensors": data}))

    assert isinstance(found.config, seen)
    assert isinstance(found.tokenizer, seen)


def test_an_incomplete_listing_shows_no_absence(tmp_path: Path) -> None:
    found = read(write(tmp_path, {"a.txt": b"1"}), complete=False)

    assert isinstance(found.card, Unseen)


def test_files_that_were_not_read_are_unseen(tmp_path: Path) -> None:
    found = read(write(tmp_path, WHOLE), unread=True)

    looks = (found.card, found.config, found.tokenizer, found.license)
    assert all(isinstance(look, Unseen) for look in looks)
    assert not found.code.whole


def test_a_tokenizer_or_configuration_of_no_known_kind_is_unseen_and_told(tmp_path: Path) -> None:
    found = read(write(tmp_path, {"tokenizer.json": b"{}", "config.json": b"[]"}))

    assert isinstance(found.tokenizer, Unseen)
    assert isinstance(found.config, Unseen)
    assert [one.code for one in found.hazards] == [Code.CONFIG_SHAPE]
    assert [one.code for one in found.unread] == [Code.CONFIG_SHAPE, Code.NOT_COVERED]


def test_one_bad_file_is_a_report_and_never_the_end(tmp_path: Path) -> None:
    bad = dict.fromkeys(("tokenizer.json", "config.json", "tokenizer_config.json"), b"\xff{")

    found = read(write(tmp_path, {**bad, "README.md": WHOLE["README.md"]}))

    assert isinstance(found.card, Seen)
    assert {one.path for one in found.hazards} == {"tokenizer.json", "config.json"}
    left_open = {component for one in found.unread for component in one.about}
    assert left_open >= {Component.MODEL_ARCHITECTURE, Component.TOKENIZER, Component.CHAT_TEMPLATE}


@pytest.mark.parametrize("name", ["README.md/a.txt", "b.txt"])
def test_a_folder_in_the_place_of_a_card_is_a_hazard(tmp_path: Path, name: str) -> None:
    (tmp_path / "README.md").mkdir()

    found = read(write(tmp_path, {name: b"1"}))

    assert isinstance(found.card, Unseen)
    assert [(one.code, one.path) for one in found.hazards] == [(Code.CARD_TYPE, "README.md")]


@pytest.mark.parametrize(
    ("card", "code"),
    [
        (b"---\nlicense: \xff\n---\n# M\n", Code.CARD_ENCODING),
        (b"---\nlicense: mit\x00\n---\n# M\n", Code.CARD_CTRL),
        (b"---\na: !!python/x 1\n---\n# M\n", Code.YAML_TAG),
        (b"---\na: " + b"[" * 999 + b"\n---\n# M\n", Code.YAML_DEPTH),
    ],
)
def test_a_card_that_cannot_be_read_is_a_hazard_and_leaves_the_rest_read(
    tmp_path: Path, card: bytes, code: Code
) -> None:
    found = read(write(tmp_path, {"README.md": card, "config.json": b"[]"}))

    assert isinstance(found.card, Unseen)
    assert found.card.code is code
    assert (code, "README.md") in {(one.code, one.path) for one in found.hazards}
    assert isinstance(found.config, Unseen)
    assert found.claims == ()


def test_citations_of_this_model_are_kept_and_those_of_others_are_not(tmp_path: Path) -> None:
    own = b"@misc{a, title={X: a model}, doi={10.1000/1}}\n@misc{b, title={Other}, doi={10.1000/2}}"
    write(tmp_path, {"README.md": b"# M\n\n```bibtex\n" + own + b"\n```\n", "refs.bib": own})

    source = LocalSource(tmp_path, budget=Budget(), clock=noon)
    seen = observe(source, source.listing(), settings=Settings(jobs=1), progress=Silence())
    desk = Desk(source, EvidenceStore(None), noon, Address.parse(f"hf:org/xxx@{COMMIT}"))
    found = gather(seen.inventory, desk)

    assert found.citations == ()
    named = gather(seen.inventory, attrs.evolve(desk, home=Address.parse(f"hf:org/other@{COMMIT}")))
    assert [one.where.address.path for one in named.citations] == [
        "README.md",
        "refs.bib",
    ]
    assert [str(one) for one in named.cited] == ["doi:10.1000/2"]
