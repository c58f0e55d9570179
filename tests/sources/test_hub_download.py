from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from provenance.errors import Code, ProvenanceError, ReleaseError, ToolError
from provenance.sources.hub_download import SPARE, Meter, meter
from provenance.values.inventory import FileEntry
from provenance.values.path import RelPath
from tests.doors.served import Answer, Request
from tests.sources.hubs import COMMIT, Fault, blob_id, entry, error, hub

LARGE = b"w" * 5000
FILES = {"README.md": b"# Hello\n", "model.bin": LARGE}


def bring(tmp_path: Path, files: Mapping[str, bytes], fault: Fault | None = None) -> Path:
    """Download all files, and return the folder that they lie in."""
    with hub(files, fault=fault) as there:
        source = there.source(cache=tmp_path / "cache")
        source.prepare([entry.path for entry in source.listing().inventory])
    return tmp_path / "cache/hub/models/org--name" / COMMIT


def refused(tmp_path: Path, fault: Fault) -> ProvenanceError:
    with pytest.raises(ProvenanceError) as caught:
        bring(tmp_path, {"model.bin": LARGE}, fault)
    left = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert left == []
    return caught.value


def downloads(answer: Answer, method: str = "GET") -> Fault:
    """Answer downloads so, and everything else as it should be."""

    def fault(request: Request) -> Answer | None:
        return answer if "/resolve/" in request.path and request.method == method else None

    return fault


HEADERS = {"X-Repo-Commit": COMMIT, "ETag": f'"{blob_id(LARGE)}"'}


def test_a_file_that_is_larger_than_listed_is_stopped_before_it_is_written(tmp_path: Path) -> None:
    found = refused(tmp_path, downloads(Answer(200, bytes(50_000), HEADERS)))

    assert found.code is Code.HUB_MISMATCH


def test_a_file_whose_header_lies_with_it_is_refused(tmp_path: Path) -> None:
    def fault(request: Request) -> Answer | None:
        return Answer(200, LARGE[:-1], HEADERS) if "/resolve/" in request.path else None

    found = refused(tmp_path, fault)

    assert isinstance(found, ReleaseError)
    assert found.code is Code.HUB_MISMATCH


def test_a_file_that_is_shorter_than_its_header_says_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, downloads(Answer(200, b"w", HEADERS))).code is Code.HUB_MISMATCH


@pytest.mark.parametrize(
    ("answer", "method", "code"),
    [
        (Answer(200, b"", {}), "HEAD", Code.HUB_ANSWER),
        (error(403, "GatedRepo"), "HEAD", Code.HUB_GATED),
        (error(401, "GatedRepo"), "HEAD", Code.HUB_GATED),
        (error(403), "HEAD", Code.HUB_DENIED),
        (error(401), "HEAD", Code.HUB_DENIED),
        (error(404, "EntryNotFound"), "HEAD", Code.HUB_ANSWER),
        (error(403), "GET", Code.HUB_DENIED),
        (error(500), "GET", Code.NETWORK),
        (Answer(hang=True), "GET", Code.NETWORK),
        (error(429)._replace(headers={"Retry-After": "100000"}), "GET", Code.NETWORK),
    ],
)
def test_each_trouble_on_the_way_has_a_name(
    tmp_path: Path, answer: Answer, method: str, code: Code
) -> None:
    assert refused(tmp_path, downloads(answer, method)).code is code


def test_a_release_that_holds_the_clients_own_notes_is_downloaded(tmp_path: Path) -> None:
    files = {
        **FILES,
        ".cache/huggingface/download/README.md.metadata": b"notes\n",
        ".cache/huggingface/download/README.md.lock": b"",
        ".cache/huggingface/.gitignore": b"*",
    }

    folder = bring(tmp_path, files)

    assert {name: (folder / name).read_bytes() for name in files} == files
    assert len([path for path in folder.rglob("*") if path.is_file()]) == len(files)


def test_names_that_need_quoting_are_downloaded(tmp_path: Path) -> None:
    files = {"a b.txt": b"1", "50%.txt": b"2", "é/ü#?.txt": b"3", "-rf": b"4", "%2e%2e": b"5"}

    folder = bring_quoted(tmp_path, files)

    assert {name: (folder / name).read_bytes() for name in files} == files


def bring_quoted(tmp_path: Path, files: Mapping[str, bytes]) -> Path:
    from urllib.parse import unquote  # noqa: PLC0415 - only this test's server reads such names

    def fault(request: Request) -> Answer | None:
        if "/resolve/" not in request.path:
            return None
        data = files[unquote(request.path.partition(f"{COMMIT}/")[2])]
        return Answer(200, data, {"X-Repo-Commit": COMMIT, "ETag": f'"{blob_id(data)}"'})

    return bring(tmp_path, files, fault)


def test_empty_files_are_downloaded(tmp_path: Path) -> None:
    assert (bring(tmp_path, {"__init__.py": b""}) / "__init__.py").read_bytes() == b""


def test_a_file_of_another_size_in_the_cache_is_replaced(tmp_path: Path) -> None:
    folder = bring(tmp_path, FILES)
    (folder / "model.bin").write_bytes(b"broken")

    bring(tmp_path, FILES)

    assert (folder / "model.bin").read_bytes() == LARGE


def test_a_disk_that_is_too_small_is_told_of_before_anything_comes(tmp_path: Path) -> None:
    huge = entry("model.bin", b"w") | {"size": 2**50}

    with hub(tree=[huge]) as there:
        source = there.source(cache=tmp_path)
        source.listing()
        asked = len(there.requests)
        with pytest.raises(ToolError) as caught:
            source.prepare([RelPath("model.bin")])

        assert len(there.requests) == asked
    assert caught.value.code is Code.DISK_FULL
    assert str(2**50 + SPARE) in caught.value.what


def test_a_cache_that_cannot_be_written_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file where the folder should be")

    with pytest.raises(ToolError) as caught:
        bring(tmp_path, FILES)

    assert caught.value.code is Code.FS_IO


def test_a_meter_counts_what_is_written_and_not_what_is_sent() -> None:
    alive: list[int] = []
    said: dict[str, Any] = {"total": 3, "desc": "a", "initial": 0}
    bound = meter(FileEntry(RelPath("a"), 10), alive.append)

    with bound(**said) as bar:
        bar.update(10)
        bar.update_transfer(1000)
        bar.update(-10)
        bar.update(10)
        bar.set_postfix_str("x", refresh=False)
        bar.set_transfer_postfix_str("x")
        bar.refresh()
        with pytest.raises(ReleaseError) as caught:
            bar.update(1)
        bar.close()

    assert isinstance(bar, Meter)
    assert caught.value.code is Code.HUB_MISMATCH
    assert alive == [10, 1000, -10, 10]
