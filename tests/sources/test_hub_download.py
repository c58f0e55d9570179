import hashlib
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from provenance.errors import Code, ProvenanceError, ReleaseError, ToolError
from provenance.sources.hub_download import FRUITLESS, SPARE
from provenance.values.digest import Digest
from provenance.values.path import RelPath
from tests.doors.served import Answer, Request, served
from tests.sources.hubs import COMMIT, Fault, blob_id, entry, error, hub

LARGE = b"w" * 5000
FILES = {"README.md": b"# Hello\n", "model.bin": LARGE}


def bring(tmp_path: Path, files: Mapping[str, bytes], fault: Fault | None = None) -> Path:
    """Download all files, and return the folder that they lie in."""
    with hub(files, fault=fault) as there:
        source = there.source(cache=tmp_path / "cache")
        source.prepare([entry.path for entry in source.listing().inventory])
    return tmp_path / "cache/hub/models/org--name" / COMMIT


def refused(tmp_path: Path, fault: Fault, kept: int = 0) -> ProvenanceError:
    with pytest.raises(ProvenanceError) as caught:
        bring(tmp_path, {"model.bin": LARGE}, fault)
    left = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert all(path.parent.parent.name == "quarantine" for path in left)
    assert sum(path.stat().st_size for path in left) in {0, kept}
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
    ("answer", "code"),
    [
        (error(403, "GatedRepo"), Code.HUB_GATED),
        (error(401, "GatedRepo"), Code.HUB_GATED),
        (error(403), Code.HUB_DENIED),
        (error(404, "EntryNotFound"), Code.HUB_ANSWER),
        (error(500), Code.NETWORK),
        (Answer(hang=True), Code.NETWORK),
        (error(429)._replace(headers={"Retry-After": "100000"}), Code.NETWORK),
        (Answer(200, LARGE, {"Content-Encoding": "gzip"}), Code.HUB_ANSWER),
        (Answer(200, b"x" * 5000), Code.HUB_MISMATCH),
    ],
)
def test_each_trouble_on_the_way_has_a_name(tmp_path: Path, answer: Answer, code: Code) -> None:
    assert refused(tmp_path, downloads(answer)).code is code


class Cut:
    """A Hub that loses every connection after so many bytes, and goes on from any place."""

    def __init__(self, data: bytes, after: int) -> None:
        self.data = data
        self.after = after
        self.asked: list[str] = []

    def __call__(self, request: Request) -> Answer | None:
        if "/resolve/" not in request.path:
            return None
        asked = request.headers.get("range", "")
        self.asked.append(asked)
        return self.answer(int(asked.removeprefix("bytes=").removesuffix("-") or 0))

    def answer(self, start: int) -> Answer:
        size = len(self.data)
        headers = {"Content-Range": f"bytes {start}-{size - 1}/{size}"} if start else {}
        return Answer(206 if start else 200, self.data[start:], headers, cut=self.after)


def test_a_lost_connection_is_taken_up_where_it_was_lost(tmp_path: Path) -> None:
    fault = Cut(LARGE, after=2000)

    folder = bring(tmp_path, {"model.bin": LARGE}, fault)

    assert (folder / "model.bin").read_bytes() == LARGE
    assert fault.asked == ["", "bytes=2000-", "bytes=4000-"]


def test_a_connection_that_brings_nothing_is_not_tried_for_ever(tmp_path: Path) -> None:
    fault = Cut(LARGE, after=0)

    assert refused(tmp_path, fault).code is Code.NETWORK
    assert len(fault.asked) == FRUITLESS + 1


def interrupted(tmp_path: Path) -> None:
    """Download the first 2000 bytes, and then no more."""

    class Ending(Cut):
        def answer(self, start: int) -> Answer:
            return error(403) if start else super().answer(start)

    with pytest.raises(ProvenanceError) as caught:
        bring(tmp_path, {"model.bin": LARGE}, Ending(LARGE, after=2000))
    assert caught.value.code is Code.HUB_DENIED


def test_what_came_before_an_interruption_is_not_asked_for_again(tmp_path: Path) -> None:
    interrupted(tmp_path)
    fault = Cut(LARGE, after=5000)

    folder = bring(tmp_path, {"model.bin": LARGE}, fault)

    assert fault.asked == ["bytes=2000-"]
    assert (folder / "model.bin").read_bytes() == LARGE


def test_what_waits_in_quarantine_has_no_name(tmp_path: Path) -> None:
    interrupted(tmp_path)

    (left,) = (path for path in (tmp_path / "cache").rglob("*") if path.is_file())

    assert left.stat().st_size == 2000
    assert left.parent.parent.name == "quarantine"


def test_a_part_that_was_changed_is_noticed_and_comes_again(tmp_path: Path) -> None:
    interrupted(tmp_path)
    (left,) = (path for path in (tmp_path / "cache").rglob("*") if path.is_file())
    left.write_bytes(b"v" * 2000)
    fault = Cut(LARGE, after=5000)

    folder = bring(tmp_path, {"model.bin": LARGE}, fault)

    assert fault.asked == ["bytes=2000-", ""]
    assert (folder / "model.bin").read_bytes() == LARGE


def test_a_file_that_is_swapped_on_the_way_is_refused(tmp_path: Path) -> None:
    class Swapped(Cut):
        def answer(self, start: int) -> Answer:
            return Cut(b"x" * 5000, 2000).answer(start) if start else super().answer(start)

    assert refused(tmp_path, Swapped(LARGE, after=2000)).code is Code.HUB_MISMATCH


def test_a_hub_that_ignores_the_range_sends_the_file_from_its_start(tmp_path: Path) -> None:
    class Whole(Cut):
        def answer(self, start: int) -> Answer:
            return Answer(200, LARGE, cut=None if start else 2000)

    folder = bring(tmp_path, {"model.bin": LARGE}, Whole(LARGE, after=0))

    assert (folder / "model.bin").read_bytes() == LARGE


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("bytes 1000-4999/5000", Code.HUB_ANSWER),
        ("bytes 2000-", Code.HUB_ANSWER),
        ("", Code.HUB_ANSWER),
        ("bytes 2000-4999/6000", Code.HUB_MISMATCH),
        ("bytes 2000-5999/5000", Code.HUB_MISMATCH),
    ],
)
def test_another_range_than_was_asked_for_is_refused(tmp_path: Path, told: str, code: Code) -> None:
    class Elsewhere(Cut):
        def answer(self, start: int) -> Answer:
            if not start:
                return super().answer(start)
            return Answer(206, LARGE[start:], {"Content-Range": told})

    assert refused(tmp_path, Elsewhere(LARGE, after=2000)).code is code


def test_a_drip_is_given_up(tmp_path: Path) -> None:
    large = b"w" * 3000

    class Drip(Cut):
        def answer(self, start: int) -> Answer:
            threading.Event().wait(0.1)
            return super().answer(start)

    with pytest.raises(ProvenanceError) as caught:
        bring(tmp_path, {"model.bin": large}, Drip(large, after=100))

    assert caught.value.code is Code.NETWORK


def test_what_came_is_hashed_on_its_way(tmp_path: Path) -> None:
    with hub(FILES) as there:
        source = there.source(cache=tmp_path)
        entries = source.listing().inventory.entries
        first = source.prepare([one.path for one in entries])
        second = source.prepare([one.path for one in entries])

    digests = {path.text: digests.sha256 for path, digests in first.items()}
    assert digests == {
        it: Digest.sha256(hashlib.sha256(data).hexdigest()) for it, data in FILES.items()
    }
    assert second == {}


def test_the_token_reaches_no_other_origin(tmp_path: Path) -> None:
    elsewhere: list[Request] = []

    def other(request: Request) -> Answer:
        elsewhere.append(request)
        return Answer(200, LARGE)

    with served(other) as address:
        there = address.replace("127.0.0.1", "localhost") + "/blob"
        fault = downloads(Answer(302, headers={"Location": there}))
        with hub({"model.bin": LARGE}, fault=fault) as named:
            source = named.source(cache=tmp_path, token="hf_canary")  # noqa: S106 - a canary
            source.prepare([RelPath("model.bin")])

    assert any("authorization" in request.headers for request in named.requests)
    assert len(elsewhere) == 1
    assert "hf_canary" not in repr(elsewhere)


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
