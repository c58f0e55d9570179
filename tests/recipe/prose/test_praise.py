import pytest

from provenance.recipe.prose.praise import may_praise, praises


@pytest.mark.parametrize(
    "path",
    [
        *("manifest.json", "a/provenance.yaml", "model.sig", "x.sigstore", "b.intoto.jsonl"),
        *("attestation.json", "MOF.yml", "my-audit.json", "in-toto.json", "slsa_provenance.json"),
    ],
)
def test_manifests_attestations_and_signatures_are_known_by_name(path: str) -> None:
    assert may_praise(path)


@pytest.mark.parametrize("path", ["config.json", "README.md", "manifest.txt", "tokenizer.json"])
def test_other_files_are_not(path: str) -> None:
    assert not may_praise(path)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'{"predicateType": "x"}', True),
        (b'"label": "reproducible"', True),
        (b"grade: A+", True),
        (b'{"files": []}', False),
    ],
)
def test_a_grade_or_an_attestation_is_praise(data: bytes, *, expected: bool) -> None:
    assert praises(data) == expected
