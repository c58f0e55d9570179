import base64
import time
import zlib

import pytest

from provenance.text.pdf_text import MOST_DECODED, MOST_STREAMS, MOST_TOKENS, pdf_text


def stream(content: bytes, about: bytes = b"<< /Length 9 >>") -> bytes:
    return b"4 0 obj\n" + about + b"\nstream\n" + content + b"\nendstream endobj\n"


def pdf(*streams: bytes) -> bytes:
    return b"%PDF-1.7\n" + b"".join(streams)


def lines(content: bytes) -> tuple[str, ...]:
    (page,) = pdf_text(pdf(stream(b"BT " + content + b" ET")))
    return page.lines


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"(batch size 8) Tj", ("batch size 8",)),
        (b"[(lear)10(ning)-333(rate)]TJ", ("learning rate",)),
        (b"(24) Tj 0 -12 Td (layers) Tj", ("24", "layers")),
        (b"(24) Tj 12 0 Td (layers) Tj", ("24 layers",)),
        (b"1 0 0 1 9 70 Tm (24) Tj 1 0 0 1 30 70 Tm (layers) Tj", ("24 layers",)),
        (b"1 0 0 1 9 70 Tm (24) Tj 1 0 0 1 9 58 Tm (layers) Tj", ("24", "layers")),
        (b"(one) ' (two) ' T* (three) Tj", ("one", "two", "three")),
        (b"Td (no operands) Tj", ("no operands",)),
        (rb"(a\(b\)\\ \101\12c\d) Tj", (r"a(b)\ A cd",)),
        (b"(a\\\nb) Tj", ("ab",)),
        (b"(a (nested) b) Tj", ("a (nested) b",)),
        (b"<41 42 4> Tj", ("AB@",)),
        (b"<00410042> Tj", ()),
        (b"3 Tr (hidden) Tj 0 Tr (seen) Tj", ("seen",)),
        (b"(never closed Tj", ()),
        (b"<< /Name 1 >> 0.5 w (x) Tj", ("x",)),
        (b"(fi\x0cne \xe9) Tj", ("fi ne",)),
    ],
)
def test_text_is_what_the_operators_show(content: bytes, expected: tuple[str, ...]) -> None:
    assert lines(content) == expected


def test_a_page_stands_in_the_bytes_of_its_stream() -> None:
    content = b"BT (seed 7) Tj ET"
    packed = zlib.compress(content)
    data = pdf(stream(b"not a page"), stream(packed, b"<< /Filter /FlateDecode >>"))

    (page,) = pdf_text(data)

    assert page.lines == ("seed 7",)
    assert page.span.of(data) == packed + b"\n"


def test_letters_around_what_is_packed_are_taken_off_first() -> None:
    packed = base64.a85encode(zlib.compress(b"BT (seed 7) Tj ET")) + b"~>"
    data = pdf(stream(packed, b"<< /Filter [/ASCII85Decode /FlateDecode] >>"))

    assert [page.lines for page in pdf_text(data)] == [("seed 7",)]


@pytest.mark.parametrize(
    ("content", "about"),
    [
        (b"BT (x) Tj ET", b"<< /Subtype /Image >>"),
        (b"BT (x) Tj ET", b"<< /Filter /FlateDecode >>"),
        (b"BT (x) Tj ET\xff", b"<< /Filter /ASCII85Decode >>"),
        (b"BT (x) Tj ET", b"<< /Filter /LZWDecode >>"),
        (b"(x) Tj", b"<< >>"),
    ],
    ids=["picture", "unpackable", "no letters", "unknown", "no text"],
)
def test_what_is_no_text_or_does_not_unpack_is_left_out(content: bytes, about: bytes) -> None:
    assert list(pdf_text(pdf(stream(content, about)))) == []


def test_a_stream_that_never_ends_ends_the_reading() -> None:
    assert list(pdf_text(b"%PDF-1.4 stream\nBT (x) Tj ET")) == []
    assert list(pdf_text(b"%PDF-1.4")) == []


def test_what_unpacks_to_very_much_is_read_in_part_and_soon() -> None:
    bomb = zlib.compress(b"BT (x) Tj " + b" " * (2 * MOST_DECODED))
    data = pdf(*[stream(bomb, b"<< /Filter /FlateDecode >>")] * 3)
    start = time.process_time()

    pages = list(pdf_text(data))

    assert len(pages) == 1
    assert time.process_time() - start < 3


def test_of_very_many_streams_the_first_are_read() -> None:
    data = pdf(*[stream(b"BT (x) Tj ET")] * (MOST_STREAMS + 1))

    assert len(list(pdf_text(data))) == MOST_STREAMS


@pytest.mark.parametrize("unit", [b"(", b"<", b"\\", b"(a(", b"0", b"[(", b"stream\n"])
def test_no_text_is_slow_to_read(unit: bytes) -> None:
    data = pdf(stream(b"BT " + unit * (2**19 // len(unit))))
    start = time.process_time()

    list(pdf_text(data))

    assert time.process_time() - start < 3


def test_of_very_many_tokens_the_first_are_read() -> None:
    content = b"BT " + b"(a)' " * MOST_TOKENS

    found = [line for page in pdf_text(pdf(stream(content[: 2**22]))) for line in page.lines]

    assert MOST_TOKENS // 3 < len(found) <= MOST_TOKENS // 2


def test_what_filters_give_on_the_way_counts_although_nothing_is_left_of_it() -> None:
    # What the first filter gives is not packed once more: nothing is left for the second.
    bomb = stream(zlib.compress(bytes(MOST_DECODED)), b"<< /Filter [/Fl /Fl] >>")
    shown = stream(b"BT (a) Tj ET")

    assert not list(pdf_text(pdf(bomb, shown)))
    assert list(pdf_text(pdf(shown, bomb)))


def test_a_text_that_nothing_closes_shows_nothing() -> None:
    assert lines(b"BT (a) Tj (b") == ("a",)
    assert lines(b"BT (a (b (c) d) e) Tj") == ("b (c) d",)


def test_a_page_that_was_cut_off_in_what_is_packed_is_read_as_far_as_it_goes() -> None:
    filling = b"".join(b"%% %d\n" % (number * number) for number in range(100_000))
    packed = zlib.compress(b"BT (seen) Tj ET\n" + filling)

    (page,) = pdf_text(pdf(stream(packed[:-9], b"<< /Filter /FlateDecode >>")))

    assert page.lines == ("seen",)
