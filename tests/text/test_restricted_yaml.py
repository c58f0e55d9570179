import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, TextError
from provenance.text.budget import Budget
from provenance.text.restricted_yaml import (
    MOST_ALIASES,
    MOST_NOTES,
    Events,
    YamlDocument,
    events_in_c,
    events_in_python,
    parse,
)
from provenance.text.yaml_tree import (
    YamlMapping,
    YamlNode,
    YamlPlain,
    YamlScalar,
    lookup,
    to_plain,
)

LAUGHS = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "\n".join(
    f"a{level}: &a{level} [" + ",".join([f"*a{level - 1}"] * 10) + "]" for level in range(1, 11)
)

both = pytest.mark.parametrize("events", [events_in_c, events_in_python])
words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), max_size=8)
trees: st.SearchStrategy[YamlPlain] = st.recursive(
    words,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(words, inner, max_size=3)),
    max_leaves=12,
)


def codes(document: YamlDocument) -> list[Code]:
    return [note.code for note in document.notes]


def scalars(node: YamlNode | None) -> list[YamlScalar]:
    match node:
        case None:
            return []
        case YamlScalar():
            return [node]
        case YamlMapping():
            return [it for key, value in node.entries for it in (key, *scalars(value))]
        case _:
            return [it for item in node.items for it in scalars(item)]


@both
@given(tree=trees, flow=st.booleans(), line_break=st.sampled_from(["\n", "\r\n"]))
def test_what_pyyaml_writes_is_read_back_as_texts(
    events: Events, tree: YamlPlain, flow: bool, line_break: str
) -> None:
    text = yaml.safe_dump(
        tree, allow_unicode=True, default_flow_style=flow, sort_keys=False, line_break=line_break
    )

    document = parse(text.encode(), events=events)

    assert document.root is not None
    assert to_plain(document.root) == tree


@both
@given(
    tree=st.dictionaries(words, st.one_of(words, st.lists(words, max_size=3)), max_size=4),
    mark=st.sampled_from([b"", b"\xef\xbb\xbf"]),
    line_break=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_spans_cover_the_bytes_of_quoted_scalars(
    events: Events, tree: dict[str, YamlPlain], mark: bytes, line_break: str
) -> None:
    lines = ["# café 😀\u2028#", *json.dumps(tree, ensure_ascii=False, indent=1).split("\n")]
    data = mark + line_break.join(lines).encode()

    document = parse(data, events=events)

    assert document.root is not None
    assert document.root.span.of(data)[:1] == b"{"
    assert document.root.span.of(data)[-1:] == b"}"
    for scalar in scalars(document.root):
        assert json.loads(scalar.span.of(data)) == scalar.text


@both
def test_spans_of_plain_scalars_are_their_bytes(events: Events) -> None:
    data = "é: über\r\nlist:\r\n- 中\r\n- 'q'\r\nlast: |\r\n  block\r\n".encode()

    root = parse(data, events=events).root

    assert [it.span.of(data) for it in scalars(root) if it.plain] == [
        *("é".encode(), "über".encode(), b"list", "中".encode(), b"last")
    ]
    quoted, block = lookup(root, "list", 1), lookup(root, "last")
    assert quoted is not None
    assert quoted.span.of(data) == b"'q'"
    assert isinstance(block, YamlScalar)
    assert (block.text, block.plain, b"block" in block.span.of(data)) == ("block\n", False, True)


@both
@pytest.mark.parametrize(
    ("text", "code"),
    [
        (LAUGHS, Code.YAML_ALIAS),
        ("a: *b", Code.YAML_ALIAS),
        ("a: &b [x]\nc: *b", Code.YAML_ALIAS),
        ("a: &a [*a]", Code.YAML_ALIAS),
        ("a: &b x\nc: [" + "*b, " * (MOST_ALIASES + 1) + "]", Code.YAML_ALIAS),
        ('!!python/object/apply:os.system ["true"]', Code.YAML_TAG),
        ("a: !!int 3", Code.YAML_TAG),
        ("a: ! 3", Code.YAML_TAG),
        ("a: !!map {}", Code.YAML_TAG),
        ("a: !!str []", Code.YAML_TAG),
        ("!<tag:yaml.org,2002:binary> x", Code.YAML_TAG),
        ("%TAG ! tag:example.org,2000:\n---\na: b", Code.YAML_TAG),
        ("a: " + "[" * 20_000 + "]" * 20_000, Code.YAML_DEPTH),
        ("- " * 20_000, Code.YAML_DEPTH),
        ("{" * 20_000, Code.YAML_DEPTH),
        ("[" * 33 + "]" * 33, Code.YAML_DEPTH),
        ("? " * 20_000, Code.YAML_DEPTH),
        ("datasets:\n" + "- aaaaaaaaaaaaaaa\n" * 1_100_000, Code.RESOURCE),
        ("a: [", Code.YAML_SYNTAX),
        ("a: b\n---\nc: d", Code.YAML_SYNTAX),
        ("{a: b}: c", Code.YAML_SYNTAX),
        ("a: \x1b", Code.YAML_SYNTAX),
        ("a: {{ card }}", Code.YAML_SYNTAX),
        ("a:\n\t- b", Code.YAML_SYNTAX),
        ('a: "\\ud800"', Code.YAML_SYNTAX),
        ('a: "\\U99999999"', Code.YAML_SYNTAX),
        ("%YAML " + "9" * 5000 + ".1\n---\na", Code.YAML_SYNTAX),
    ],
    ids=lambda it: ascii(it)[:30],
)
def test_what_is_more_than_plain_yaml_is_refused(events: Events, text: str, code: Code) -> None:
    with pytest.raises(TextError) as caught:
        parse(text.encode(), events=events)

    assert caught.value.code is code


def test_what_is_not_utf_8_is_refused() -> None:
    with pytest.raises(TextError) as caught:
        parse(b"a: \xff")

    assert caught.value.code is Code.CARD_ENCODING


def test_events_are_counted() -> None:
    # Stream, document, sequence and scalar: two each but the last.
    assert parse(b"[a]", budget=Budget(items=7)).root is not None

    with pytest.raises(TextError) as caught:
        parse(b"[a]", budget=Budget(items=6))

    assert caught.value.code is Code.RESOURCE


@both
@pytest.mark.parametrize("text", ["", "# only a comment\n", "\ufeff"])
def test_nothing_is_a_document_without_a_root(events: Events, text: str) -> None:
    assert parse(text.encode(), events=events) == YamlDocument(None, ())


@both
def test_a_document_may_be_one_scalar_and_have_a_text_tag(events: Events) -> None:
    document = parse(b"--- !!str no\n...\n", events=events)

    assert isinstance(document.root, YamlScalar)
    assert (document.root.text, document.root.plain, document.notes) == ("no", False, ())


@both
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("license: no\nlanguage: no\nversion: 1.10\ndatasets: 2024-01-01", [Code.YAML_TYPE] * 4),
        ("verified: true\nn: 7\nvalue: 0.80\nx: 1.5\ny:", []),
        ("results:\n- value: 0.80\n  name: 0.80", [Code.YAML_TYPE]),
        ("no: x", [Code.YAML_TYPE]),
        ("license: 'no'", []),
        ("license: mit\nn: " + "9" * 100_000, [Code.YAML_SCALAR]),
        ("n: -" + "9" * 21, [Code.YAML_SCALAR]),
        ("n: " + "9" * 20, []),
        ('license: "mit\\e[8m hidden"', [Code.CTRL_CHARS]),
        ('license: "tim\u202emit"', [Code.BIDI]),
        ("license: mit\nlicense: other", [Code.YAML_DUP_KEY]),
        ("x: &x {license: llama3}\n<<: *x\nname: m", [Code.YAML_MERGE]),
        ("'<<': x", []),
    ],
    ids=lambda it: ascii(it)[:30],
)
def test_oddities_are_noted(events: Events, text: str, expected: list[Code]) -> None:
    document = parse(text.encode(), events=events)

    assert codes(document) == expected
    assert all(note.span is not None for note in document.notes)


@both
@pytest.mark.parametrize(
    "value", ["*x", "[*x, *x, *none]", "{a: {b: [c, *x]}, d: e}", "text", "[[], {}]"]
)
def test_what_a_merge_key_adds_is_left_out(events: Events, value: str) -> None:
    text = f"x: &x {{license: llama3}}\ny:\n  a: 1\n  <<: {value}\n  b: 2\nz: 3"

    document = parse(text.encode(), events=events)

    assert codes(document) == [Code.YAML_MERGE]
    assert document.root is not None
    assert to_plain(document.root) == {
        "x": {"license": "llama3"},
        "y": {"a": "1", "b": "2"},
        "z": "3",
    }


@both
def test_the_first_of_two_equal_keys_stays(events: Events) -> None:
    document = parse(b"a: 1\nb: 2\na: 3", events=events)

    assert document.root is not None
    assert to_plain(document.root) == {"a": "1", "b": "2"}


@both
def test_a_few_aliases_to_scalars_are_resolved_where_they_stand(events: Events) -> None:
    data = b"a: &b mit\nc: *b"

    found = lookup(parse(data, events=events).root, "c")

    assert isinstance(found, YamlScalar)
    assert (found.text, found.span.of(data)) == ("mit", b"*b")


def test_notes_end_with_one_that_says_so() -> None:
    document = parse(b"- no\n" * 1000)

    assert len(document.notes) == MOST_NOTES + 1
    assert codes(document)[-1] is Code.RESOURCE


@both
@given(text=st.text("[]{}:,- &*!<>|'\"\\#%@?~\n\r\tab0.\ufeff\u2028é", max_size=40))
def test_no_text_ends_in_another_error(events: Events, text: str) -> None:
    data = text.encode()

    try:
        document = parse(data, events=events)
    except TextError:
        return

    for note in document.notes:
        assert note.span is not None
        assert note.span.end <= len(data)
