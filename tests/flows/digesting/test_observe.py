import hashlib
import io
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import attrs
import pytest

from provenance.errors import Code, InvalidValueError, ReleaseError
from provenance.flows.digesting.observe import observe
from provenance.ports.progress import Progress
from provenance.ports.silence import Silence
from provenance.sources.hub import HubSource
from provenance.values.address import Address
from provenance.values.digest import Algorithm, Digest, DigestSet
from provenance.values.evidence import Capture, EvidenceKind
from provenance.values.inventory import FileEntry, How, Inventory
from provenance.values.listing import Listing
from provenance.values.observation import Observation
from provenance.values.path import RelPath
from provenance.values.ref import Ref
from provenance.values.settings import Budget, Settings
from provenance.values.tree_hash import TreeHash
from tests.building import NOW, REF
from tests.charlm import noon, served
from tests.flows.signed import FILES, local, release

SETTINGS = Settings(jobs=1)


@attrs.frozen
class Hub:
    """A server in a folder: it claims what a test tells it to, and keeps what it was asked for."""

    folder: Path
    claims: Mapping[str, DigestSet]
    complete: bool = True
    prepared: list[str] = attrs.field(factory=list)

    @property
    def ref(self) -> Ref:
        return REF

    def listing(self) -> Listing:
        entries = tuple(
            FileEntry(
                RelPath(name),
                len(FILES[name]),
                how=How.CLAIMED if claims.digests else How.UNREAD,
                digests=claims,
                claimed=claims,
            )
            for name, claims in self.claims.items()
        )
        capture = Capture(EvidenceKind.LISTING, Address.of(REF), "application/json", NOW, b"{}")
        return Listing(Inventory(entries, self.complete), capture)

    def prepare(
        self, paths: Sequence[RelPath], progress: Progress | None = None
    ) -> Mapping[RelPath, DigestSet]:
        del progress
        self.prepared.extend(path.text for path in paths)
        return {}

    def open(self, path: RelPath) -> BinaryIO:
        return io.FileIO(self.folder / path.text)


def sha256(name: str) -> Digest:
    return Digest.sha256(hashlib.sha256(FILES[name]).hexdigest())


def tree_of(data: bytes) -> Digest:
    hashed = TreeHash()
    hashed.update(data)
    return hashed.leaves.root


def git_blob(name: str) -> Digest:
    data = FILES[name]
    blob = b"blob %d\0%s" % (len(data), data)
    return Digest.git_blob(hashlib.sha1(blob, usedforsecurity=False).hexdigest())


def seen(hub: Hub, settings: Settings = SETTINGS) -> Observation:
    return observe(hub, hub.listing(), settings=settings, progress=Silence())


def claiming(folder: Path, **claims: DigestSet) -> Hub:
    truth = {
        "README.md": DigestSet((git_blob("README.md"),)),
        "config.json": DigestSet(),
        "model.safetensors": DigestSet((sha256("model.safetensors"),)),
    }
    return Hub(folder, {**truth, **claims})


def test_every_file_of_a_folder_is_read(tmp_path: Path) -> None:
    source = local(release(tmp_path))

    found = observe(source, source.listing(), settings=SETTINGS, progress=Silence())

    assert {entry.path.text: entry.sha256 for entry in found.inventory} == {
        name: sha256(name) for name in FILES
    }
    assert {entry.how for entry in found.inventory} == {How.READ}
    assert (found.hazards, found.limits) == ((), ())


def test_a_file_under_two_names_has_its_digest_under_both(tmp_path: Path) -> None:
    folder = release(tmp_path)
    (folder / "again").hardlink_to(folder / "README.md")
    (folder / "link").symlink_to("README.md")
    source = local(folder)

    found = observe(source, source.listing(), settings=SETTINGS, progress=Silence())

    digests = {name: found.inventory.get(name) for name in ("README.md", "again", "link")}
    assert {entry.sha256 for entry in digests.values() if entry} == {sha256("README.md")}


def test_what_the_server_claims_is_checked_and_kept_beside_our_own(tmp_path: Path) -> None:
    hub = claiming(release(tmp_path))

    found = seen(hub)

    card, config, weights = found.inventory
    assert card.digests == DigestSet((sha256("README.md"), git_blob("README.md")))
    assert card.claimed == DigestSet((git_blob("README.md"),))
    assert (card.bound, config.bound, weights.bound) == (True, False, True)
    assert weights.digests == DigestSet((sha256("model.safetensors"),))
    assert hub.prepared == ["README.md", "config.json", "model.safetensors"]


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("README.md", git_blob("config.json")),
        ("README.md", sha256("config.json")),
        ("model.safetensors", sha256("README.md")),
    ],
)
def test_bytes_that_are_not_what_the_server_claims_are_refused(
    name: str, digest: Digest, tmp_path: Path
) -> None:
    hub = claiming(release(tmp_path), **{name: DigestSet((digest,))})

    with pytest.raises(ReleaseError, match=f"'{name}' differs") as caught:
        seen(hub)

    assert caught.value.code is Code.HUB_MISMATCH
    assert "more files" not in caught.value.what


def test_all_files_that_are_not_what_the_server_claims_are_counted(tmp_path: Path) -> None:
    folder = release(tmp_path)
    hub = claiming(folder)
    for name in hub.claims:
        data = (folder / name).read_bytes()
        (folder / name).write_bytes(bytes([data[0] ^ 1]) + data[1:])

    with pytest.raises(
        ReleaseError, match=r"'README\.md' differs .*; so do 1 more files"
    ) as caught:
        seen(hub)

    assert caught.value.code is Code.HUB_MISMATCH


def test_weights_that_the_caller_leaves_out_stay_claimed(tmp_path: Path) -> None:
    hub = claiming(release(tmp_path))

    found = seen(hub, Settings(jobs=1, weights=False))

    assert [entry.how for entry in found.inventory] == [How.READ, How.READ, How.CLAIMED]
    assert hub.prepared == ["README.md", "config.json"]
    assert [(limit.code, limit.what) for limit in found.limits] == [
        (Code.NOT_COVERED, "model.safetensors")
    ]


def test_a_folder_s_weights_that_the_caller_leaves_out_have_no_digest(tmp_path: Path) -> None:
    source = local(release(tmp_path))

    found = observe(source, source.listing(), settings=Settings(weights=False), progress=Silence())

    unread = [entry.path.text for entry in found.inventory if entry.how is How.UNREAD]
    assert unread == [limit.what for limit in found.limits]
    assert unread == ["model.safetensors", "twin.safetensors"]


def test_what_the_budget_leaves_out_is_a_hazard_and_a_limit(tmp_path: Path) -> None:
    hub = claiming(release(tmp_path))

    found = seen(hub, Settings(jobs=1, budget=Budget(file=100)))

    assert [entry.how for entry in found.inventory] == [How.READ, How.READ, How.CLAIMED]
    assert [(one.code, one.path) for one in found.hazards] == [(Code.RESOURCE, "model.safetensors")]
    assert [(one.code, one.what) for one in found.limits] == [(Code.RESOURCE, "model.safetensors")]


def test_a_file_that_is_not_as_it_was_listed_ends_the_reading(tmp_path: Path) -> None:
    folder = release(tmp_path)
    source = local(folder)
    listing = source.listing()
    (folder / "config.json").write_bytes(b"{}  \n")

    with pytest.raises(ReleaseError, match=r"config\.json") as caught:
        observe(source, listing, settings=SETTINGS, progress=Silence())

    assert caught.value.code is Code.FS_CHANGED


def test_an_inventory_that_is_not_complete_stays_so(tmp_path: Path) -> None:
    hub = attrs.evolve(claiming(release(tmp_path)), complete=False)

    assert not seen(hub).inventory.complete


@pytest.mark.parametrize("jobs", [0, 1, 4])
def test_the_number_of_threads_changes_nothing(jobs: int, tmp_path: Path) -> None:
    source = local(release(tmp_path))
    listing = source.listing()

    found = observe(source, listing, settings=Settings(jobs=jobs), progress=Silence())

    assert found == observe(source, listing, settings=SETTINGS, progress=Silence())


TREE = Settings(jobs=1, algorithms=(Algorithm.SHA256, Algorithm.TREE_SHA256))


def test_the_root_of_the_hash_tree_is_taken_where_it_is_asked_for(tmp_path: Path) -> None:
    source = local(release(tmp_path))

    found = observe(source, source.listing(), settings=TREE, progress=Silence())

    for entry in found.inventory:
        assert entry.sha256 == sha256(entry.path.text)
        assert entry.digests.tree_sha256 == tree_of(FILES[entry.path.text])


def test_without_sha256_nothing_is_observed() -> None:
    with pytest.raises(InvalidValueError):
        Settings(algorithms=(Algorithm.TREE_SHA256,))


def test_digests_from_the_cache_are_called_cached(tmp_path: Path) -> None:
    # Files older than what is too new to be believed; the second time, nothing is read.
    settings = Settings(jobs=1, digest_cache=tmp_path / "digests")
    source = local(Path(__file__).parents[3] / "fixtures/recipes")
    listing = source.listing()

    first = observe(source, listing, settings=settings, progress=Silence())
    second = observe(source, listing, settings=settings, progress=Silence())

    assert {entry.how for entry in first.inventory} == {How.READ}
    assert {entry.how for entry in second.inventory} == {How.CACHED}
    assert [one.digests for one in first.inventory] == [one.digests for one in second.inventory]


def test_downloads_that_nobody_touched_are_recalled_and_others_are_not(tmp_path: Path) -> None:
    with served(tmp_path) as charlm:
        settings = attrs.evolve(charlm.settings, digest_cache=tmp_path / "digests")

        def seen() -> Observation:
            source = HubSource.resolve(
                Ref.parse("hf:provenance-examples/charlm"), settings=settings, clock=noon
            )
            return observe(source, source.listing(), settings=settings, progress=Silence())

        came, recalled = seen(), seen()
        assert {one.how for one in (*came.inventory, *recalled.inventory)} == {How.READ}
        # Files are believed when they are older than a file system's coarsest clock.
        deadline = time.monotonic() + 30
        while {one.how for one in recalled.inventory} != {How.CACHED}:
            assert time.monotonic() < deadline
            recalled = seen()
        assert [one.digests for one in came.inventory] == [
            one.digests for one in recalled.inventory
        ]

        (place,) = tmp_path.glob("cache/hub/models/*/*/config.json")
        before = place.stat()
        place.write_bytes(place.read_bytes().replace(b"1", b"2"))
        os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
        with pytest.raises(ReleaseError) as caught:
            seen()

    assert caught.value.code is Code.HUB_MISMATCH
