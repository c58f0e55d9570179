import pytest

from provenance.errors import Code, ReleaseError
from provenance.sources.hub_stream import Line
from provenance.values.inventory import FileEntry
from provenance.values.path import RelPath
from tests.doors.served import Answer, Request, served
from tests.sources.hubs import COMMIT

DATA = bytes(range(256)) * 8
ENTRY = FileEntry(RelPath("a b.bin"), len(DATA))
SECRET = {"Authorization": "Bearer hf_canary", "user-agent": "test"}


def line(url: str) -> Line:
    return Line(url, "org/m", "model", COMMIT, 5, SECRET)


def ranged(request: Request) -> Answer:
    asked = request.headers.get("range", "").removeprefix("bytes=").split("-")
    start = int(asked[0] or 0)
    end = min(int(asked[1]) + 1, len(DATA)) if asked[1:] and asked[1] else len(DATA)
    told = f"bytes {start}-{end - 1}/{len(DATA)}"
    return Answer(206, DATA[start:end], {"Content-Range": told})


def test_a_file_comes_in_pieces_that_know_their_place() -> None:
    with served(ranged) as url:
        pieces = list(line(url).pieces(ENTRY, 1000))

    assert pieces[0].offset == 1000
    assert b"".join(one.data for one in pieces) == DATA[1000:]


def test_of_a_beginning_no_more_than_that_comes() -> None:
    asked: list[str] = []

    def answer(request: Request) -> Answer:
        asked.append(request.headers["range"])
        return ranged(request)

    with served(answer) as url:
        begun = line(url).start(ENTRY, 100)
        more = line(url).rest(ENTRY, begun, 300)

    assert begun.data == DATA[:100]
    assert more.data == DATA[:300]
    assert asked == ["bytes=0-99", "bytes=100-299"]


def test_a_hub_that_sends_everything_is_stopped_after_the_beginning() -> None:
    with served(lambda _: Answer(200, DATA)) as url:
        assert line(url).start(ENTRY, 100).data == DATA[:100]


def test_everything_where_a_part_was_asked_for_is_refused() -> None:
    with served(ranged) as url:
        begun = line(url).start(ENTRY, 100)
        with served(lambda _: Answer(200, DATA)) as other:
            elsewhere = type(begun)(begun.data, other)
            with pytest.raises(ReleaseError) as caught:
                line(url).rest(ENTRY, elsewhere, 300)

    assert caught.value.code is Code.HUB_ANSWER


def test_a_beginning_that_is_cut_is_what_came() -> None:
    def cut(request: Request) -> Answer:
        return ranged(request)._replace(cut=10)

    with served(cut) as url:
        assert line(url).start(ENTRY, 100).data == DATA[:10]


def test_the_rest_of_a_beginning_is_asked_for_without_the_token_elsewhere() -> None:
    seen: list[Request] = []

    def other(request: Request) -> Answer:
        seen.append(request)
        return ranged(request)

    with served(other) as store:
        place = store.replace("127.0.0.1", "localhost") + "/blob"
        with served(lambda _: Answer(302, headers={"Location": place})) as url:
            begun = line(url).start(ENTRY, 100)
            line(url).rest(ENTRY, begun, 300)

    assert len(seen) == 2
    assert "hf_canary" not in repr(seen)


def test_a_line_never_shows_its_token() -> None:
    assert "hf_canary" not in repr(line("http://127.0.0.1:1"))
