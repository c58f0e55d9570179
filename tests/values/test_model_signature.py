from provenance.values.digest import Digest
from provenance.values.model_signature import ModelSignature, Resource, Serialization, Span
from provenance.values.path import RelPath

DIGEST = Digest.sha256("ab" * 32)


def test_a_resource_is_named_by_its_path_and_its_bytes() -> None:
    assert Resource(RelPath("a/b"), DIGEST).name == "a/b"
    assert Resource(RelPath("a:b"), DIGEST, Span(3, 7)).name == "a:b:3:7"


def test_a_file_in_parts_is_one_file() -> None:
    parts = tuple(Resource(RelPath("a"), DIGEST, Span(at, at + 1)) for at in range(3))

    assert ModelSignature("m", DIGEST, parts, Serialization()).paths == {RelPath("a")}
