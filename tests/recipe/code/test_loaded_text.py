import time
from collections.abc import Callable, Iterator

import pytest

from provenance.recipe.code.loaded_text import (
    OF_MLFLOW,
    OF_NEMO,
    Named,
    named_in_pieces,
    named_in_spacy,
    named_in_tree,
    named_in_yaml,
    named_without_tree,
    renames_tags,
    text_of,
)


def lines(text: str) -> Iterator[Named]:
    return named_without_tree(text, OF_NEMO | OF_MLFLOW)


@pytest.mark.parametrize(
    ("read", "text", "named"),
    [
        (named_in_yaml, "a: !new:mine.X\n  b: 1", ["mine.X"]),
        (named_in_yaml, "a: [!name:mine.X , !apply:os.system [x]]", ["mine.X", "os.system"]),
        (named_in_yaml, "a: '!new:mine.X'\n# !new:mine.Y", []),
        (named_in_yaml, "a: !ref <b>\nb: !!int 3", []),
        (named_in_yaml, "a: !<tag:yaml.org,2002:python/name:os.system>", ["python/name:os.system"]),
        (named_in_yaml, '{a: "x #y", b: !apply:os.system [id]}', ["os.system"]),
        (named_in_yaml, '{a: "\n# x", b: !apply:os.system [id]}', ["os.system"]),
        (lines, "{_target_: mine.X, b: 1}", ["mine.X"]),
        (lines, "_target_:\n  mine.X\n", ["mine.X"]),
        (lines, '"_target_": "nemo.core.X"', []),
        (lines, "loader_module: mlflow.pyfunc.model", []),
        (lines, "python_model: python_model.pkl", ["python_model: python_model.pkl"]),
        (lines, "loader_module: mlflow_evil", ["loader_module: mlflow_evil"]),
        (named_in_spacy, '@callbacks = "customize.v1"', ["customize.v1"]),
        (named_in_spacy, 'before_creation = {"@callbacks": "mine.v1"}', ["mine.v1"]),
        (named_in_spacy, '@callbacks =\n  "mine.v1"', ["@callbacks"]),
        (named_in_spacy, '@optimizers = "Adam.v1"\n@misc = "spacy.X.v1"', []),
        (named_in_spacy, '@misc = "spacy-transformers.X.v1"\n@misc = "mine.X.v1"', ["mine.X.v1"]),
        (named_in_spacy, "factory = 'mine'\n", ["mine"]),
        (named_in_pieces, '{"auto_map": {"A": "m.X", "B": ["n.Y", null', ["m.X", "n.Y"]),
        (named_in_pieces, "'auto_map' : 'org/x--m.X'", ["org/x--m.X"]),
        (named_in_pieces, r'{"auto\u005fmap": "m.X"', ["m.X"]),
        (named_in_pieces, '{"note": "auto_map is m.X"', []),
    ],
)
def test_a_text_names_what_its_loader_would_import(
    read: Callable[[str], Iterator[Named]], text: str, named: list[str]
) -> None:
    assert [name for _, name in read(text)] == named


def test_a_tree_names_what_its_loader_would_import_at_every_depth() -> None:
    tree = {"flavors": [{"python_function": {"loader_module": "evil", "code": "~", "data": "d"}}]}

    assert [name for _, name in named_in_tree(tree, OF_MLFLOW)] == ["loader_module: evil"]


def test_only_a_directive_gives_tags_other_names() -> None:
    assert renames_tags("%YAML 1.2\n%TAG !e! tag:x:\n---\n")
    assert not renames_tags("a: %TAG\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32-le", "utf-16-be"])
def test_a_text_is_read_in_any_encoding_that_json_has(encoding: str) -> None:
    assert '{"auto_map": "m.X"}' in text_of('{"auto_map": "m.X"}'.encode(encoding))


@pytest.mark.parametrize(
    ("read", "piece"),
    [
        (named_in_yaml, "!new:"),
        (named_in_yaml, "!<!new:" + "a" * 400),
        (named_in_yaml, " #"),
        (lines, "_target_:\t"),
        (lines, "_target_" + "\t" * 300),
        (lines, "code" + " " * 300),
        (named_in_yaml, "# a"),
        (named_in_yaml, "#"),
        (named_in_spacy, "@" + "a" * 79 + " " * 300),
        (named_in_pieces, '"auto_map":' + " " * 500),
        (named_in_pieces, '"auto_map":"' + "a" * 600),
        (named_in_pieces, '"a.' * 5),
    ],
)
def test_reading_a_hostile_text_costs_in_proportion_to_its_length(
    read: Callable[[str], Iterator[Named]], piece: str
) -> None:
    text = piece * (2**19 // len(piece))

    began = time.thread_time()
    list(read(text))

    assert time.thread_time() - began < 5


def test_a_key_of_another_loader_imports_nothing() -> None:
    assert list(named_without_tree("_target_: os.system", OF_MLFLOW)) == []
