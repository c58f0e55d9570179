from pathlib import Path

import pytest

from provenance.errors import Code, ProvenanceError, RefError, SourceError, UsageError
from provenance.flows.resolve import resolve
from provenance.values.revision import Named
from provenance.values.settings import Settings
from tests.charlm import Charlm, noon


def test_a_folder_is_a_local_release_without_a_revision(tmp_path: Path) -> None:
    source = resolve(str(tmp_path), settings=Settings(), clock=noon)

    assert source.ref.uri == f"local:{tmp_path.name}"
    with pytest.raises(UsageError):
        resolve(tmp_path, settings=Settings(), clock=noon, revision=Named("main"))


def test_a_hub_id_is_pinned_to_the_commit_that_it_stands_for(charlm: Charlm) -> None:
    name, settings = charlm.published.model, charlm.settings

    plain = resolve(name, settings=settings, clock=noon)
    named = resolve(f"hf:{name}", settings=settings, clock=noon, revision=Named("main"))

    assert str(plain.ref.revision) == charlm.published.model_commit
    assert named.ref == plain.ref


@pytest.mark.parametrize(
    ("target", "code"),
    [("./nothing", Code.PATH_MISSING), ("/nothing", Code.PATH_MISSING), ("local:x", Code.REF)],
)
def test_what_cannot_be_meant_is_usage(target: str, code: Code) -> None:
    with pytest.raises(ProvenanceError) as caught:
        resolve(target, settings=Settings(), clock=noon)

    assert isinstance(caught.value, UsageError)
    assert caught.value.code is code


def test_a_revision_is_named_once() -> None:
    with pytest.raises(RefError):
        resolve("org/name@main", settings=Settings(), clock=noon, revision=Named("v1"))


def test_offline_a_hub_id_cannot_be_resolved() -> None:
    with pytest.raises(SourceError) as caught:
        resolve("org/name", settings=Settings(offline=True), clock=noon)

    assert caught.value.code is Code.OFFLINE
