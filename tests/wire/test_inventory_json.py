import attrs
import pytest
from hypothesis import given

from provenance.errors import Code, TextError
from provenance.text.shape import Reader
from provenance.text.strict_json import JsonValue
from provenance.values.digest import Digest, DigestSet
from provenance.values.inventory import FileEntry, How, Inventory, Kind
from provenance.values.path import RelPath
from provenance.wire.inventory_json import encode_entry, parse_entry, parse_inventory
from tests.building import SHA
from tests.wire.manifests import INVENTORIES

OID = Digest.git_blob("cd" * 20)
ENTRY = FileEntry(RelPath("a/b"), 3, Kind.LINK, How.READ, DigestSet((SHA, OID)), DigestSet((SHA,)))


def reader(value: JsonValue) -> Reader:
    return Reader.of(value, code=Code.MANIFEST_SHAPE)


def whole(*entries: JsonValue, complete: JsonValue = True) -> Reader:
    return reader({"inventory": list(entries), "inventory_complete": complete})


@given(INVENTORIES)
def test_an_inventory_comes_back(inventory: Inventory) -> None:
    encoded = [encode_entry(entry) for entry in inventory]

    assert parse_inventory(whole(*encoded, complete=inventory.complete)) == inventory


def test_our_digests_stand_apart_from_what_the_server_claims() -> None:
    assert encode_entry(ENTRY) == {
        "claimed": {"sha256": "ab" * 32},
        "git_oid": "cd" * 20,
        "how": "read",
        "kind": "link",
        "path": "a/b",
        "sha256": "ab" * 32,
        "size": 3,
    }


def test_the_root_of_a_hash_tree_stands_beside_the_plain_digest() -> None:
    tree = Digest.parse("tree-sha256:" + "ef" * 32)
    entry = attrs.evolve(ENTRY, digests=DigestSet((SHA, tree)))

    assert encode_entry(entry)["tree_sha256"] == "ef" * 32


def test_a_file_that_was_not_read_has_no_digest() -> None:
    assert encode_entry(FileEntry(RelPath("a"), 0)) == {
        "how": "unread",
        "kind": "file",
        "path": "a",
        "sha256": None,
        "size": 0,
    }


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"claimed": {}}, Code.MANIFEST_SHAPE),
        ({"claimed": None}, Code.MANIFEST_SHAPE),
        ({"claimed": {"md5": "ab"}}, Code.MANIFEST_SHAPE),
        ({"claimed": {"sha256": None}}, Code.MANIFEST_SHAPE),
        ({"extra": 1}, Code.MANIFEST_SHAPE),
        ({"git_oid": None}, Code.MANIFEST_SHAPE),
        ({"git_oid": "cd"}, Code.DIGEST),
        ({"tree_sha256": None}, Code.MANIFEST_SHAPE),
        ({"tree_sha256": "ab"}, Code.DIGEST),
        ({"claimed": {"tree_sha256": "ab" * 32}}, Code.MANIFEST_SHAPE),
        ({"how": "unread"}, Code.MANIFEST_SHAPE),
        ({"how": "READ"}, Code.MANIFEST_SHAPE),
        ({"kind": "folder"}, Code.MANIFEST_SHAPE),
        ({"path": "../a"}, Code.NAME),
        ({"path": "/a"}, Code.NAME),
        ({"path": ""}, Code.NAME),
        ({"path": "a\u0000"}, Code.NAME_CTRL),
        ({"path": "e\u0301"}, Code.NAME_NFC),
        ({"sha256": "AB" * 32}, Code.DIGEST),
        ({"size": -1}, Code.MANIFEST_SHAPE),
        ({"size": 1.5}, Code.MANIFEST_SHAPE),
    ],
    ids=str,
)
def test_an_entry_that_cannot_be_is_refused(change: dict[str, JsonValue], code: Code) -> None:
    with pytest.raises(TextError) as caught:
        parse_entry(reader({**encode_entry(ENTRY), **change}))

    assert caught.value.code is code


def test_an_entry_without_its_digest_s_key_is_refused() -> None:
    encoded = encode_entry(ENTRY)
    del encoded["sha256"]

    with pytest.raises(TextError, match=r"sha256: it is missing") as caught:
        parse_entry(reader(encoded))

    assert caught.value.code is Code.MANIFEST_SHAPE


@pytest.mark.parametrize("paths", [("b", "a"), ("a", "a"), ("\U00010000", "\uffff")])
def test_paths_out_of_the_order_of_their_code_points_are_refused(paths: tuple[str, str]) -> None:
    entries = [encode_entry(FileEntry(RelPath(path), 0)) for path in paths]

    with pytest.raises(TextError, match="out of order") as caught:
        parse_inventory(whole(*entries))

    assert caught.value.code is Code.MANIFEST_ORDER
