import re

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import InvalidValueError
from provenance.values.address import Address, AddressKind
from provenance.values.byte_range import ByteRange
from provenance.values.ref import Ref
from provenance.values.revision import Commit

ONE, TWO = "a" * 40, "b" * 64
TRICKS = st.sampled_from(
    [
        "#",
        "@",
        "?",
        "%",
        ":",
        "/",
        " ",
        "\n",
        "é",
        "模",
        "%23",
        "#bytes=0-7",
        f"@{ONE}",
        "a",
        "\x85",
    ]
)
TEXTS = st.lists(TRICKS | st.characters(), min_size=1, max_size=6).map("".join)
COMMITS = st.sampled_from([ONE, TWO]).map(Commit)
RANGES = st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)).map(
    lambda ends: ByteRange(min(ends), max(ends))
)
HOMES = st.one_of(
    st.builds(
        Address,
        st.just(AddressKind.HF),
        st.sampled_from(["org/name", "gpt2", "datasets/org/name", "datasets/squad", "a.b/c_d-e"]),
        COMMITS,
    ),
    st.builds(
        Address,
        st.just(AddressKind.LOCAL),
        TEXTS.map(lambda text: re.sub(r"[/@\x00-\x1f\x7f]", "", text) or "toy"),
        st.none() | COMMITS,
    ),
    st.builds(Address, st.just(AddressKind.GIT), TEXTS, COMMITS),
)
FILES = st.builds(
    lambda home, path, span: attrs.evolve(home, path=path, range=span),
    HOMES,
    TEXTS,
    st.none() | RANGES,
)
OTHERS = st.one_of(
    TEXTS.filter(lambda text: not text.startswith("//")).map(Address.page),
    st.sampled_from(["hf:org/name", "https://host/o/r", "http://127.0.0.1:80/o/r", "", "u"]).map(
        Address.parse
    ),
)
ADDRESSES = HOMES | FILES | OTHERS


@given(ADDRESSES)
def test_parse_is_the_inverse_of_str(address: Address) -> None:
    found = Address.parse(str(address))

    assert found == address
    assert str(found) == str(address)


@given(
    st.lists(st.sampled_from(["local:", "hf:o/n", "git:", "http:", f"@{ONE}"]) | TRICKS).map(
        "".join
    )
)
def test_every_text_is_written_again_as_it_was(text: str) -> None:
    assert str(Address.parse(text)) == text


@given(FILES, FILES)
def test_two_places_are_never_written_alike(one: Address, two: Address) -> None:
    assert (str(one) == str(two)) == (one == two)


@given(FILES)
def test_what_is_written_has_no_mark_but_those_that_end_a_part(address: Address) -> None:
    assert address.path is not None
    written = str(address).removeprefix(str(address.home))

    assert written.count("#") == (address.range is not None)
    assert not re.search(r"[?\x00-\x1f\x7f-\x9f\u2028\u2029]|%(?![0-9A-F]{2})", written)


@pytest.mark.parametrize(
    "text",
    [
        f"hf:org/name@{ONE}",
        f"hf:org/name@{ONE}/README.md",
        f"hf:datasets/org/name@{ONE}/data/train-00000-of-00001.parquet",
        f"hf:org/name@{ONE}/model.safetensors#bytes=0-1023",
        f"hf:org/name@{ONE}/empty.safetensors#bytes=0--1",
        "hf:org/name",
        "local:my model (1)/figures/loss curve [final], v1.0+a=b&c'd\".png",
        "local:模型/说明:b@c~d!$*;.md",
        f"git:https://github.com/org/code@{TWO}/src/train.py",
        f"git:http://127.0.0.1:8080/git/a%20b@{ONE}/a.py",
        "http:https://example.org/a?b=c%20d#e",
        "https://github.com/org/code",
    ],
)
def test_ordinary_names_are_written_as_they_are(text: str) -> None:
    address = Address.parse(text)

    assert (str(address), address.as_before, address.unescaped) == (text, text, False)


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("a#b", "a%23b"),
        ("a?b", "a%3Fb"),
        ("100%", "100%25"),
        ("a%23b", "a%2523b"),
        ("a\nb\x85\u2028", "a%0Ab%C2%85%E2%80%A8"),
        ("config.yaml#bytes=0-1.yaml", "config.yaml%23bytes=0-1.yaml"),
        ("w.safetensors#bytes=0-7", "w.safetensors%23bytes=0-7"),
        (f"cache@{ONE}/a@b", f"cache%40{ONE}/a@b"),
    ],
)
def test_special_characters_of_a_path_are_escaped(path: str, written: str) -> None:
    home = Address.parse(f"git:https://host/o/r@{ONE}")

    assert str(home.file(path)) == f"{home}/{written}"


@pytest.mark.parametrize(
    "path", ["a#b", "100%", "a%20b", "a?b", "a\nb", "%zz", "a#bytes=7-2", "a#bytes=01-2"]
)
def test_an_address_of_before_the_escapes_is_read_as_it_was_meant(path: str) -> None:
    text = f"local:toy/{path}"

    found = Address.parse(text)

    assert (found, found.path, str(found)) == (Address.parse("local:toy").file(path), path, text)
    assert found.home.file(path).as_before == text


def test_an_address_is_of_a_file_its_home_or_its_first_bytes() -> None:
    home = Address.of(Ref.parse(f"org/name@{ONE}"))
    header = home.file("a/b.safetensors").part(0, 8)

    assert str(header) == f"hf:org/name@{ONE}/a/b.safetensors#bytes=0-7"
    assert (header.home, header.whole) == (home, home.file("a/b.safetensors"))
    assert header.range == ByteRange(0, 8)
    assert header.whole.home == home != header.whole


def test_a_release_at_a_name_that_can_move_is_kept_as_it_stands() -> None:
    assert Address.of(Ref.parse("org/name@main")) == Address(AddressKind.OTHER, "hf:org/name@main")
    assert str(Address.of(Ref.parse("local:toy"))) == "local:toy"


@pytest.mark.parametrize(
    ("kind", "name", "commit", "path", "span"),
    [
        (AddressKind.HF, "a/b/c", None, None, None),
        (AddressKind.HF, "org/name", None, "README.md", None),
        (AddressKind.LOCAL, "a/b", None, None, None),
        (AddressKind.LOCAL, "toy", None, "", None),
        (AddressKind.LOCAL, "toy", None, None, ByteRange(0, 1)),
        (AddressKind.GIT, "https://host/o/r", None, None, None),
        (AddressKind.PAGE, "//host/a", None, None, None),
        (AddressKind.PAGE, "https://host/a", Commit(ONE), None, None),
        (AddressKind.PAGE, "https://host/a", None, "b", None),
        (AddressKind.OTHER, "local:toy", None, None, None),
        (AddressKind.OTHER, "u", None, "a", None),
    ],
)
def test_what_would_be_read_as_another_address_is_none(
    kind: AddressKind, name: str, commit: Commit | None, path: str | None, span: ByteRange | None
) -> None:
    with pytest.raises(InvalidValueError):
        Address(kind, name, commit, path, span)


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (2, 1), (0, 10**18 + 1)])
def test_a_range_that_ends_before_it_starts_is_refused(start: int, end: int) -> None:
    with pytest.raises(InvalidValueError):
        ByteRange(start, end)
