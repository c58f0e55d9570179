import pytest

from provenance.recipe.code.loaded_code import (
    beside_components,
    components_of,
    imported_by_name,
    is_of_no_known_kind,
    may_name_code,
    read_for_code,
)


@pytest.mark.parametrize(
    ("path", "read"),
    [
        ("config.json", True),
        ("a/b/tokenizer_config.json", True),
        ("Preprocessor_Config.JSON", True),
        ("modules.json", True),
        ("MLmodel", True),
        ("ner/config.cfg", True),
        ("hyperparams.yaml", True),
        ("config.hocon", True),
        ("task.json", True),
        ("image_converter.json", True),
        ("model-settings.json", True),
        ("cog.yaml", True),
        ("vocab.json", False),
        ("model.safetensors.index.json", False),
        ("train.json", False),
        ("config.py", False),
        ("config.json.md", False),
        ("README.md", False),
    ],
)
def test_what_a_loader_reads_of_a_model_is_read_for_code(path: str, *, read: bool) -> None:
    assert may_name_code(path) is read


def test_a_configuration_of_another_kind_is_in_doubt() -> None:
    assert is_of_no_known_kind("a/model_config.xyz")
    assert read_for_code("model_config.xyz", b"").doubt


@pytest.mark.parametrize(
    ("path", "data", "named", "doubt"),
    [
        ("config.json", b'{"auto_map": "m.X"}', ["m.X"], False),
        ("config.json", b'{"auto_map": "m.X"', ["m.X"], True),
        ("config.json", b"", [], True),
        ("config.json", b'{"a": 1}', [], False),
        ("config.json", b'\xef\xbb\xbf{"a": Infinity, "a": 1}', [], False),
        ("config.json", b'{"a": "\xff"}', [], True),
        ("tokenizer.json", b'{"model": {}}\n', [], False),
        ("tokenizer.json", b'{"auto_map": "m.X", "a": {', ["m.X"], True),
        (
            "tokenizer.json",
            b'{"class_name": "T", "config": {"module": "mine", "class_name" : "D", "config": 1}}',
            ["mine.D"],
            False,
        ),
        (
            "tokenizer.json",
            b'{"\\u0063lass_name": "T", "config": {"class_name": "Lambda", "config": {}}}',
            ["Lambda"],
            False,
        ),
        ("tokenizer.json", b'{"model": {"vocab": {"class_name": 1, "module": 2}}}', [], False),
        ("cog.yaml", b'predict: "src/run.py:Predictor"', ["predict: src/run.py:Predictor"], False),
        ("a/cog.yml", b"train: t.py:train\nbuild: {", ["train: t.py:train"], True),
        ("cog.yaml", b"build:\n  gpu: true", [], False),
        ("other.yaml", b"predict: run.py", [], False),
        ("hparams.yaml", b"_target_: mine.X", ["mine.X"], False),
        ("configs/hparams.yaml", b"_target_: mine.X", [], False),
        ("a.yaml", b"# " * 2**22, [], True),
        ("a.yaml", b"%TAG !e! x\n---\n1", [], True),
        ("config.cfg", b'@misc = "mine.X"', ["mine.X"], False),
    ],
)
def test_a_file_that_is_not_read_whole_is_in_doubt_whatever_it_names(
    path: str, data: bytes, named: list[str], *, doubt: bool
) -> None:
    found = read_for_code(path, data)

    assert [name for _, name in found.named] == named
    assert bool(found.doubt) is doubt


def test_a_name_is_cut_to_what_a_person_can_read() -> None:
    ((_, name),) = read_for_code("config.json", b'{"auto_map": "' + b"x" * 9_999 + b'"}').named

    assert len(name) == 200


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        ({"custom_generate/generate.py"}, ["custom_generate/generate.py"]),
        ({"a/custom_generate/generate.py"}, ["a/custom_generate/generate.py"]),
        ({"generate.py", "not_custom_generate/generate.py"}, []),
        ({"custom.py"}, []),
        ({"custom.py", "hyperparams.yaml"}, ["custom.py"]),
        ({"a/custom.py", "hyperparams.yaml"}, []),
        ({"handler.py", "docs/handler.py"}, ["handler.py"]),
        ({"pipeline.py"}, []),
        ({"pipeline.py", "model_index.json"}, ["pipeline.py"]),
        ({"hubconf.py", "ms_wrapper.py"}, ["hubconf.py", "ms_wrapper.py"]),
        ({"code/inference.py", "inference.py"}, ["code/inference.py"]),
        ({"m/config.pbtxt", "m/1/other.py", "m/x/other.py"}, ["m/1/other.py"]),
        ({"m/config.pbtxt", "m/1/libtriton_mine.so"}, ["m/1/libtriton_mine.so"]),
        ({"1/model.py"}, []),
        ({"serving.properties", "model.py", "a/model.py"}, ["model.py"]),
    ],
)
def test_a_file_is_run_for_its_name_only_where_a_loader_looks(
    paths: set[str], found: list[str]
) -> None:
    assert sorted(one.path for one in imported_by_name(paths, lambda *_: False)) == found


def test_a_pipeline_that_is_defined_is_run_without_an_index() -> None:
    (found,) = imported_by_name({"pipeline.py"}, lambda path, _: path == "pipeline.py")

    assert found.rule == "pipeline-file"


def test_a_program_beside_a_component_is_what_the_index_names() -> None:
    named = components_of(b'{"unet": ["my", "X"], "_class_name": ["a", "b"], "n": [1]}')

    (found,) = beside_components(named, "sub/model_index.json", {"sub/unet/my.py", "unet/my.py"})
    assert (found.path, found.name) == ("sub/model_index.json", "sub/unet/my.py")
    assert components_of(b"{") == ()
