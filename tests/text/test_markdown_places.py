from provenance.text.markdown_places import Places
from provenance.text.span import Span

BODY = b"one two\r\ntwo\rthree two\n"


def test_lines_end_as_they_end_for_the_parser() -> None:
    places = Places(BODY, 10)

    assert [places.line(number) for number in range(5)] == [10, 19, 23, 33, 33]
    assert places.end == 33


def test_a_text_is_found_once_for_each_time_it_is_asked_for() -> None:
    places = Places(BODY, 0)

    places.enter(0, 3)

    assert [places.find("two") for _ in range(3)] == [Span(4, 7), Span(9, 12), Span(19, 22)]
    assert places.block == Span(0, 22)


def test_lines_that_are_entered_again_are_looked_at_from_where_the_search_was() -> None:
    places = Places(b"a a\na", 0)
    places.enter(0, 1)
    places.find("a")
    places.enter(0, 1)
    assert places.find("a") == Span(2, 3)

    places.enter(1, 2)
    assert places.find("a") == Span(4, 5)


def test_what_is_not_in_the_lines_is_looked_for_everywhere() -> None:
    places = Places(BODY, 5)
    places.enter(1, 2)

    assert places.find("three") == Span(18, 23)
    assert places.find("nowhere") == Span(14, 17)
    assert places.find("") == Span(14, 17)


def test_lines_behind_the_place_of_the_search_are_looked_at_from_their_start() -> None:
    places = Places(b"a\na\n", 0)
    places.enter(0, 2)
    places.find("a")
    places.find("a")

    places.enter(0, 1)

    assert places.find("a") == Span(0, 1)
