"""Every reader of files of a release, or of a linked repository: typed errors, and no others."""

import random
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest

from provenance.errors import ProvenanceError
from provenance.flows.auditing.audit import audit
from provenance.recipe.data.croissant import read_croissant
from provenance.recipe.data.dataset_card import read_dataset_card
from provenance.recipe.documents.citations import citations_of
from provenance.recipe.documents.config import read_config
from provenance.recipe.documents.document import page_title
from provenance.recipe.documents.evaluations import measured_in_card, measured_in_file
from provenance.recipe.documents.stated_document import stated_in_document
from provenance.recipe.documents.tokenizer import read_tokenizer
from provenance.recipe.licenses.license_text import read_license
from provenance.recipe.links.file_links import links_in
from provenance.recipe.links.gitmodules import read_gitmodules
from provenance.recipe.prose.card import Subject, read_card
from provenance.recipe.prose.file_claims import claims_in
from provenance.recipe.prose.praise import praises
from provenance.recipe.prose.stated_card import stated_in_card
from provenance.recipe.sample import small_document_of
from provenance.recipe.source_tree import read_source
from provenance.text.html_text import html_lines
from provenance.values.digest import Digest
from provenance.values.evidence import Where
from provenance.values.path import RelPath
from provenance.values.settings import Settings
from provenance.weights.index import parse as parse_index
from provenance.weights.safetensors import parse as parse_header
from provenance.wire.statement import encode_statement
from tests.building import PIN, TOY
from tests.charlm import noon
from tests.hostile.literals import ODD, odd_literal
from tests.hostile.mutations import mutated_bytes

SHA256 = Digest.sha256("ab" * 32)
HEADER = b'{"layers.0.t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'
CARD = b"""---
license: mit
datasets: [a/b]
base_model: a/b
model-index:
- name: x
  results:
  - task: {type: t}
    dataset: {name: d, type: a/b, revision: 1}
    metrics:
    - {type: acc, value: 0.5}
dataset_info:
  dataset_size: 5
  splits:
  - {name: train, num_bytes: 5, num_examples: 10}
---
# M

We  for 90,000 A100-hours on 825 GiB of text data, with seed 7 and 7B parameters:
[code](https://github.com/a/b/tree/v1), arXiv:2101.00001.

```bibtex
@article{a, title={M}, doi={10.1/2}, eprint={2101.00001}}
```
"""
CODE = b"""import torch
seed = 7
n_embd: int = 768
n_layer = 12
parser.add_argument("--lr", type=float, default=3e-4)
data = load_dataset("a/b", revision="x")
for i in range(0, 10, 2):
    loss.backward()
    optimizer.step()
"""
FILES: Mapping[str, bytes] = {
    "README.md": CARD,
    "train.py": CODE,
    "pyproject.toml": b"[project]\ndependencies = ['a==2']\n"
    b"[tool.x]\nn_embd = 5\nv = 1.5\nd = 2024-01-01\n",
    "uv.lock": b"version = 1\n[[package]]\nname = 'a'\nversion = '1'\n",
    "Pipfile.lock": b'{"default": {"a": {"version": "==1"}}}',
    "environment.yml": b"dependencies:\n- a=1.0=0\n- pip:\n  - b==2\n",
    "Dockerfile": b"FROM a@sha256:" + b"0" * 64 + b"\n",
    "requirements.txt": b"torch==2.0\ngit+https://github.com/a/b@v1#egg=b\n",
    "config.json": b'{"model_type": "llama", "n_embd": 768, "auto_map": {"A": "a.A"}, "seed": 4}',
    "adapter_config.json": b'{"base_model_name_or_path": "a/b", "r": 8}',
    "trainer_state.json": b'{"global_step": 10, "log_history": [{"loss": 0.5, "step": 1}]}',
    "tokenizer_config.json": b'{"chat_template": "{{x}}", "model_max_length": 1000}',
    "tokenizer.json": b'{"model": {"type": "BPE", "vocab": {"a": 0}, "merges": []}}',
    "eval_results.json": b'{"results": {"mmlu": {"acc": 0.5}}, "versions": {"mmlu": 1}}',
    "config.yaml": b"seed: 3\nmodel: {n_layer: 2}\ndatasets:\n- path: a/b\nlearning_rate: 3e-4\n",
    "mergekit_config.yml": b"models:\n- model: a/b\nbase_model: a/b\n",
    "run.sh": b"python train.py --seed 5 --lr 3e-4 --batch-size 8\n",
    "CITATION.cff": b"cff-version: 1.2.0\ntitle: M\ndoi: 10.1/2\nurl: https://a.org\n",
    "LICENSE": b"MIT License\n\nPermission is hereby granted, free of charge. Version 2.0\n",
    "paper.html": b"<html><title>T</title><p>seed 7, 1 trillion tokens &#65; 64 A100</p></html>",
    "paper.pdf": b"%PDF-1.4\n1 0 obj<</Length 30>>stream\nBT (64 A100) Tj [(a) -300] TJ ET\n",
    ".gitmodules": b'[submodule "a"]\n\tpath = a\n\turl = ../b.git\n',
    "croissant.json": b'{"@type": "sc:Dataset", "distribution": [{"contentSize": "100 B"}]}',
    "model.safetensors.index.json": b'{"metadata": {"total_size": 4}, "weight_map": {"layers.0.t": '
    b'"model.safetensors"}}',
}


def readers(path: str, data: bytes) -> Iterator[Callable[[], object]]:
    """Yield everything that reads such bytes, whatever their name makes of them."""
    where = Where(TOY, SHA256)
    yield lambda: read_source(PIN, where, [path], {path: data}, whole=True)
    yield lambda: links_in(path, data)
    yield lambda: claims_in(path, data, address=TOY)
    yield lambda: read_card(data, address=TOY, path=path, subject=Subject.MODEL)
    yield lambda: stated_in_card(data, path=path, where=where)
    yield lambda: measured_in_card(data, path=path, where=where)
    yield lambda: measured_in_file(data, path=path, where=where)
    yield lambda: citations_of(path, data, where)
    yield lambda: read_dataset_card(data, address=TOY, path=path)
    yield lambda: read_croissant(data, address=TOY, path=path)
    yield lambda: read_config(data, address=TOY, path=path)
    yield lambda: read_tokenizer([("tokenizer.json", data)], home=TOY)
    yield lambda: read_license(data, address=TOY)
    yield lambda: stated_in_document(data, path=path, where=where)
    yield lambda: page_title(data)
    yield lambda: read_gitmodules(data)
    yield lambda: praises(data)
    yield lambda: small_document_of(path, data, where)
    yield lambda: list(html_lines(data))
    yield lambda: parse_index(data, RelPath("a.json"))
    yield lambda: parse_header(data, 8 + len(data) + 4, RelPath("a.safetensors"))


def untyped(reader: Callable[[], object]) -> str:
    """Return the error that no caller expects, if a reader ends in one."""
    try:
        reader()
    except ProvenanceError:
        return ""
    except Exception as error:  # noqa: BLE001 - that is the question
        return repr(error)[:200]
    return ""


@pytest.mark.timeout(1800)
def test_odd_literals_end_no_reader_in_an_error_without_a_type(
    how_many: Callable[[int, int], int],
) -> None:
    found = []

    for number in range(how_many(150, 20_000)):
        chance = random.Random(number)  # noqa: S311 - not for secrets
        path = chance.choice(sorted(FILES))
        change = chance.choice([odd_literal, odd_literal, mutated_bytes])
        data = change(FILES[path], chance)
        found += [(number, path, it) for one in readers(path, data) if (it := untyped(one))]

    assert found == []


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd[:12].decode("latin-1")))
def test_no_program_of_a_linked_repository_ends_the_reading(odd: bytes) -> None:
    lines = (b"n_embd = %", b"f(lr=%, seed='%')", b"if % < 1: pass", b"for i in range(%): pass")
    settings = b"n_embd = %\nseed = '%'\n[a.%]\n".replace(b"%", odd)
    files = {
        **{f"{at}.py": line.replace(b"%", odd) for at, line in enumerate(lines)},
        "conf.toml": settings,
        "conf.yaml": settings.replace(b" =", b":"),
        "uv.lock": b"[[package]]\nname = 'a'\nversion = %".replace(b"%", odd),
        "requirements.txt": b"a==%\nb @ git+https://a.org/%.git\n%".replace(b"%", odd),
    }

    read = read_source(PIN, Where(TOY, SHA256), sorted(files), files, whole=True)

    assert read.files == tuple(sorted(files))


def audited(place: Path) -> bytes:
    return encode_statement(audit(place, settings=Settings(offline=True, jobs=1), clock=noon))


@pytest.mark.timeout(1800)
def test_no_release_ends_an_audit_in_an_error_without_a_type(
    tmp_path: Path, how_many: Callable[[int, int], int]
) -> None:
    found = []

    for number in range(how_many(20, 2000)):
        chance = random.Random(number)  # noqa: S311 - as above
        place = tmp_path / str(number)
        place.mkdir()
        header = odd_literal(HEADER, chance) if chance.random() < 0.2 else HEADER
        weights = len(header).to_bytes(8, "little") + header + bytes(4)
        changed = chance.sample(sorted(FILES), 3)
        for path in {*changed, "README.md", "config.json", "train.py"}:
            data = FILES[path]
            (place / path).write_bytes(odd_literal(data, chance) if path in changed else data)
        (place / "model.safetensors").write_bytes(weights)
        read = untyped(partial(audited, place))
        found += [(number, changed, read)] if read else []

    assert found == []
