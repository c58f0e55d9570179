from pathlib import PurePosixPath

import pytest

from provenance.errors import Code, ReleaseError, TextError
from provenance.policy.unreadable import advise_unreadable
from provenance.text.front_matter import split
from provenance.text.restricted_yaml import parse as parse_yaml
from provenance.text.strict_json import parse as parse_json
from provenance.values.advice import Rule
from provenance.values.path import RelPath
from provenance.weights.index import parse as parse_index


def trouble(path: str, data: bytes) -> ReleaseError:
    """Return what reading a file ends with."""
    try:
        match PurePosixPath(path).suffix:
            case ".md":
                front = split(data).front
                assert front is not None
                parse_yaml(front)
            case ".json" if "index" in path:
                parse_index(data, RelPath(path))
            case _:
                parse_json(data)
    except ReleaseError as error:
        error.path = path
        return error
    pytest.fail("it can be read")


@pytest.mark.parametrize(
    ("path", "data", "code", "line"),
    [
        ("config.json", b'{\n"a": 1,\n"a": 2}', "JSON_DUP_KEY", 3),
        ("config.json", b'{\n"a": }', "JSON_SYNTAX", 2),
        ("config.json", b"{}\n\n7", "JSON_TRAILING", 3),
        ("config.json", b"\xef\xbb\xbf{}", "JSON_BOM", 1),
        ("config.json", b'{\n"a": "\xff"}', "JSON_ENCODING", 2),
        ("config.json", b'{\n"a": NaN}', "JSON_NONFINITE", 0),
        ("README.md", b"---\na: 1\nb: !!python/x 1\n---\n", "YAML_TAG", 3),
        ("README.md", b"---\r\na: 1\r\nb: [\r\n---\r\n", "YAML_SYNTAX", 4),
        ("README.md", b"---\na: 1\nb: x\xff\n---\n", "CARD_ENCODING", 3),
        ("README.md", b"---\na: 1\n---\n\0\n", "CARD_CTRL", 4),
        ("model.index.json", b'{\n"weight_map": {"a": 1,\n"a": 2}}', "IX_JSON", 3),
        ("model.index.json", b'{\n"weight_map": 1}', "IX_SHAPE", 0),
    ],
)
def test_trouble_is_told_with_its_line(path: str, data: bytes, code: str, line: int) -> None:
    found = advise_unreadable(trouble(path, data), data)

    assert (found.rule, found.path, found.line) == (Rule.UNREADABLE, path, line)
    assert found.what.startswith(f"{code}: ")
    assert found.todo.endswith(f"see `provenance explain {code}`")


def test_a_file_that_is_no_text_and_a_release_as_a_whole_have_no_lines() -> None:
    inner = TextError("x", code=Code.JSON_SYNTAX, line=7)
    inner.path = "model.safetensors"

    assert advise_unreadable(inner, None).line == 0
    assert advise_unreadable(ReleaseError("x"), None).path == ""
    assert advise_unreadable(TextError("x", line=3), b"x").line == 0


def test_a_tab_in_metadata_is_told_with_what_to_write_in_its_place() -> None:
    error = TextError("the YAML breaks off", hint="give YAML", code=Code.YAML_SYNTAX, line=2)
    error.path = "README.md"

    told = advise_unreadable(error, b"---\na: b\n\tc: d\n---\n")

    assert (told.line, "indent with blanks and not with tabs" in told.todo) == (3, True)
