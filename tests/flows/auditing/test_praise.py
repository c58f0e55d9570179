from pathlib import Path

import pytest

from provenance.errors import Code
from provenance.flows.auditing.audit import audit
from provenance.values.settings import Settings
from tests.charlm import MODEL, noon

PRAISE = b'{"_type": "https://in-toto.io/Statement/v1", "predicate": {"label": "reproducible"}}'


def shipped(folder: Path, name: str, data: bytes) -> Path:
    for one in MODEL.iterdir():
        (folder / one.name).write_bytes(one.read_bytes())
    (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("charlm.manifest.json", PRAISE),
        ("provenance.json", b'{"label": "reproducible", "rungs": {"datasets": 6}}'),
        ("mof.yml", b"openness: class I\n"),
        ("model.intoto.jsonl", PRAISE),
    ],
)
def test_a_manifest_inside_that_praises_the_release_is_ignored_and_reported(
    tmp_path: Path, name: str, data: bytes
) -> None:
    settings = Settings(offline=True, jobs=1)
    without = audit(MODEL, settings=settings, clock=noon)

    found = audit(shipped(tmp_path, name, data), settings=settings, clock=noon)

    praise = [one for one in found.hazards if one.code is Code.PRAISE_INSIDE]
    assert [one.path for one in praise] == [name]
    assert {one.component: one.reach for one in found.components} == {
        one.component: one.reach for one in without.components
    }
    assert (found.label, found.scores) == (without.label, without.scores)


def test_a_file_that_only_has_the_name_praises_nobody(tmp_path: Path) -> None:
    folder = shipped(tmp_path, "recipe.json", b'{"lr": 1}')

    found = audit(folder, settings=Settings(offline=True, jobs=1), clock=noon)

    assert Code.PRAISE_INSIDE not in {one.code for one in found.hazards}


def test_a_signature_that_travels_with_a_release_is_not_looked_at(tmp_path: Path) -> None:
    folder = shipped(tmp_path, "model.recipe.sigstore.json", PRAISE)

    found = audit(folder, settings=Settings(offline=True, jobs=1), clock=noon)

    assert [one.what for one in found.limits if one.code is Code.PRAISE_INSIDE] == [
        "model.recipe.sigstore.json"
    ]
    assert Code.PRAISE_INSIDE not in {one.code for one in found.hazards}
