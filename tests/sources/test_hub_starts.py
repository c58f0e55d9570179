import pytest

from provenance.errors import Code, ReleaseError
from provenance.ports.starts import Wanted
from provenance.sources.hub_starts import TRIES, Beginnings
from provenance.sources.hub_stream import Line
from provenance.values.inventory import FileEntry
from provenance.values.look import Seen, Unseen
from provenance.values.path import RelPath
from tests.doors.served import Answer, Request, served
from tests.sources.hubs import COMMIT, error
from tests.sources.test_hub_stream import DATA, ENTRY, ranged


def wanted(size: int) -> list[tuple[FileEntry, Wanted]]:
    return [(ENTRY, Wanted(ENTRY.path, size))]


def line(url: str) -> Line:
    return Line(url, "org/m", "model", COMMIT, 1, {})


def test_a_beginning_is_completed_when_the_connection_is_lost() -> None:
    def cut(request: Request) -> Answer:
        return ranged(request)._replace(cut=60)

    with served(cut) as url:
        found = Beginnings().read(line(url), wanted(100), stall=5)

    assert found == {ENTRY.path: Seen(DATA[:100])}


def test_a_part_is_completed_when_the_connection_is_lost() -> None:
    def cut(request: Request) -> Answer:
        return ranged(request)._replace(cut=60)

    with served(cut) as url:
        both = [(ENTRY, Wanted(ENTRY.path, 100, start=len(DATA) - 90))]
        source = Beginnings()
        first = source.read(line(url), both, stall=5)
        again = source.read(line(url), both, stall=5)

    assert first == again == {ENTRY.path: Seen(DATA[-90:])}


def test_a_beginning_that_never_comes_whole_is_unseen() -> None:
    asked: list[Request] = []

    def nothing(request: Request) -> Answer:
        asked.append(request)
        return ranged(request)._replace(cut=0)

    with served(nothing) as url:
        found = Beginnings().read(line(url), wanted(100), stall=5)[ENTRY.path]

    assert isinstance(found, Unseen)
    assert found.code is Code.NETWORK
    assert len(asked) == TRIES + 1


@pytest.mark.parametrize(
    ("answer", "code"), [(error(403, "GatedRepo"), Code.HUB_GATED), (error(403), Code.HUB_DENIED)]
)
def test_a_beginning_that_is_refused_is_unseen(answer: Answer, code: Code) -> None:
    with served(lambda _: answer) as url:
        found = Beginnings().read(line(url), wanted(100), stall=5)[ENTRY.path]

    assert isinstance(found, Unseen)
    assert found.code is code


def test_a_file_of_another_size_is_refused() -> None:
    entry = FileEntry(RelPath("a b.bin"), len(DATA) + 1)

    with served(ranged) as url, pytest.raises(ReleaseError) as caught:
        Beginnings().read(line(url), [(entry, Wanted(entry.path, 100))], stall=5)

    assert caught.value.code is Code.HUB_MISMATCH
