import json
from pathlib import Path

import pytest
from huggingface_hub import _local_folder, _tree_cache

from provenance.doors.disk import Root
from provenance.sources.download_metadata import left_by_client
from provenance.values.settings import Budget

COMMIT = "a1" * 20
ETAG = "b2" * 32
CACHE = ".cache/huggingface"
METADATA = f"{COMMIT}\n{ETAG}\n1700000000.123456\n"
TREE = json.dumps({"format_version": 1, "files": {"a": {"size": 1, "blob_id": COMMIT}}})
TAG = "Signature: 8a477f597d28d172789f06886806bc55\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "README.md").write_text("#")
    return tmp_path


def left(folder: Path) -> list[str]:
    with Root(folder) as root:
        return sorted(map(str, left_by_client(root.walk(Budget()).files, root.open)))


def write(folder: Path, name: str, content: str) -> Path:
    path = folder / CACHE / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


def test_what_the_client_writes_is_known(folder: Path) -> None:
    _local_folder.write_download_metadata(folder, "sub/model.bin", COMMIT, ETAG)
    _local_folder.get_local_download_paths(folder, "README.md").lock_path.touch()
    entry = _tree_cache.TreeCacheEntry(1, COMMIT, ETAG, 1, ETAG)
    cache = _tree_cache.tree_cache_folder_for_local_dir(str(folder))
    _tree_cache.write_tree_cache(cache, COMMIT, {"sub/model.bin": entry})

    found = left(folder)

    written = [
        str(path.relative_to(folder)) for path in (folder / CACHE).rglob("*") if path.is_file()
    ]
    assert found == sorted(written)
    assert f"{CACHE}/trees/{COMMIT}.json" in found
    assert f"{CACHE}/download/sub/model.bin.metadata" in found
    assert f"{CACHE}/CACHEDIR.TAG" in found


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("download/a.metadata", METADATA),
        ("download/a.lock", ""),
        (".gitignore", "*"),
        (".gitignore.lock", ""),
        ("CACHEDIR.TAG", TAG),
        (f"trees/{COMMIT}.json", TREE),
    ],
)
def test_a_well_formed_file_is_the_clients(folder: Path, name: str, content: str) -> None:
    write(folder, name, content)

    assert left(folder) == [f"{CACHE}/{name}"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("download/a.metadata", METADATA + "more"),
        ("download/a.metadata", ""),
        ("download/a.metadata", METADATA.replace("a1", "zz")),
        ("download/a.metadata", f"{COMMIT}\n{'x' * 2000}\n1.0\n"),
        ("download/a.metadata", f"{COMMIT}\n\x1b[2K\n1.0\n"),
        ("a.metadata", METADATA),
        ("download/a.bin", METADATA),
        ("download/a.lock", "x"),
        ("upload/a.lock", ""),
        (".gitignore", "*.bin"),
        (".gitignore.lock", "x"),
        ("CACHEDIR.TAG", TAG + "payload"),
        ("CACHEDIR.TAG", "Signature: 0\n"),
        ("trees/main.json", TREE),
        (f"trees/{COMMIT}.json", "["),
        (f"trees/{COMMIT}.json", "[]"),
        (f"trees/{COMMIT}.json", '{"format_version":1,"files":[]}'),
        (f"trees/{COMMIT}.json", '{"format_version":1,"files":{},"more":1}'),
        (f"trees/{COMMIT}.json", '{"format_version":1,"files":{"a":1}}'),
        (f"trees/{COMMIT}.json", '{"format_version":1,"files":{"a":{"payload":1}}}'),
        (f"trees/{COMMIT}.json", '{"format_version":1,"files":{"a":{"size":[]}}}'),
        ("payload.bin", ""),
    ],
)
def test_a_look_alike_is_an_ordinary_file(folder: Path, name: str, content: str) -> None:
    write(folder, name, content)

    assert left(folder) == []


def test_a_link_or_a_program_is_never_the_clients(folder: Path) -> None:
    write(folder, "download/a.lock", "").chmod(0o755)
    (folder / "empty").touch()
    (folder / CACHE / "download/b.lock").symlink_to("../../../empty")

    assert left(folder) == []


def test_a_file_elsewhere_is_never_the_clients(folder: Path) -> None:
    path = folder / "sub" / CACHE / "download/a.lock"
    path.parent.mkdir(parents=True)
    path.touch()

    assert left(folder) == []
