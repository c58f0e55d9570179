from provenance.recipe.documents.tokenizer_copies import MOST_COPIES, tokenizers_listed
from provenance.text.canonical_json import Encodable, encode
from provenance.values.digest import Digest
from tests.building import LISTING


def listing(*paths: str) -> bytes:
    entries: list[Encodable] = [
        {"mode": "100644", "oid": "a" * 40, "path": one, "size": 1} for one in paths
    ]
    return encode({"commit": "b" * 40, "entries": entries, "tree": "c" * 40})


def test_files_with_a_tokenizers_name_are_found_in_any_folder() -> None:
    tree = listing("a/b/tokenizer.json", "tokenizer.json", "tokenizer.json.md", "train.py")

    found = tokenizers_listed(tree, LISTING)

    assert [one.path for one in found] == ["a/b/tokenizer.json", "tokenizer.json"]
    assert {(one.blob, one.where) for one in found} == {(Digest.git_blob("a" * 40), LISTING)}


def test_of_very_many_the_first_are_compared() -> None:
    many = listing(*(f"{n:04}/tokenizer.json" for n in range(MOST_COPIES + 1)))

    assert len(tokenizers_listed(many, LISTING)) == MOST_COPIES
