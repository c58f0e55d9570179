from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.restricted_yaml import parse
from provenance.text.span import Span
from provenance.text.yaml_tree import YamlScalar, lookup, to_plain

HERE = Span(0, 0)


def plain(text: str) -> YamlScalar:
    return YamlScalar(text, plain=True, span=HERE)


@pytest.mark.parametrize(
    ("text", "kind", "misread"),
    [
        ("no", "bool", True),
        ("Yes", "bool", True),
        ("on", "bool", True),
        ("OFF", "bool", True),
        ("true", "bool", False),
        ("False", "bool", False),
        ("1.10", "float", True),
        ("1.0", "float", False),
        ("76.32", "float", False),
        ("-0.5", "float", False),
        ("5.0e-05", "float", False),
        (".inf", "float", True),
        ("1:30.5", "float", True),
        ("7", "int", False),
        ("-12", "int", False),
        ("010", "int", True),
        ("0x1F", "int", True),
        ("1_000", "int", True),
        ("12:30:45", "int", True),
        ("2024-01-01", "timestamp", True),
        ("", "null", False),
        ("~", "null", False),
        ("null", "null", False),
        ("<<", "merge", False),
        ("=", "value", False),
        ("mit", "str", False),
        ("v1.10", "str", False),
        ("1" * 65, "str", False),
    ],
)
def test_a_plain_scalar_tells_what_yaml_makes_of_it(text: str, kind: str, misread: bool) -> None:
    scalar = plain(text)

    assert (scalar.reads_as, scalar.misread) == (kind, misread)


def test_a_quoted_scalar_is_a_text() -> None:
    scalar = YamlScalar("no", plain=False, span=HERE)

    assert (scalar.reads_as, scalar.misread) == ("str", False)


@given(st.from_regex(r"[-+.0-9a-fA-Fxoe:_~nylsTZ ]{1,12}", fullmatch=True))
def test_it_reads_as_what_pyyaml_resolves(text: str) -> None:
    loader: Any = yaml.SafeLoader("")
    tag = loader.resolve(yaml.ScalarNode, text, (True, False))

    assert f"tag:yaml.org,2002:{plain(text).reads_as}" == tag


def test_a_tree_is_looked_up_by_keys_and_positions() -> None:
    root = parse(b"a:\n- b: [x, y]\nc: d").root

    assert lookup(root) is root
    assert root is not None
    assert to_plain(root) == {"a": [{"b": ["x", "y"]}], "c": "d"}
    assert lookup(root, "c") == YamlScalar("d", plain=True, span=Span(18, 19))
    found = lookup(root, "a", 0, "b", 1)
    assert found is not None
    assert to_plain(found) == "y"
    for keys in (("no",), (0,), ("a", 1), ("a", -1), ("a", "b"), ("c", "d"), ("c", 0)):
        assert lookup(root, *keys) is None
    assert lookup(None, "a") is None
