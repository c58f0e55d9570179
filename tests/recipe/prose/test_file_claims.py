import pytest

from provenance.errors import TextError
from provenance.recipe.prose.file_claims import claims_in
from provenance.values.address import Address

MERGE = b"slices:\n- sources:\n  - model: o/a\n    layer_range: [0, 8]\n  - model: o/b\n"
AXOLOTL = (
    b'base_model: "o/base"\ndatasets:\n  - path: o/words\n    type: chat\n  - path: data/x.json\n'
)


def shown(path: str, data: bytes) -> list[tuple[str, str]]:
    found = claims_in(path, data, address=Address.parse(f"hf:o/n@x/{path}"))
    for one in found:
        assert one.text == data[one.where.start : one.where.end].decode().strip('"')
    return [(one.component.id, str(one.target)) for one in found]


@pytest.mark.parametrize(
    ("path", "data", "expected"),
    [
        (
            "adapter_config.json",
            b'{"base_model_name_or_path": "o/base", "auto_map": {"A": "x/y--m.A"}}',
            [("base-models", "hub-model:o/base")],
        ),
        (
            "mergekit_config.yml",
            MERGE,
            [("base-models", "hub-model:o/a"), ("base-models", "hub-model:o/b")],
        ),
        (
            "a/axolotl_config.yaml",
            AXOLOTL,
            [("base-models", "hub-model:o/base"), ("datasets", "hub-dataset:o/words")],
        ),
    ],
)
def test_a_configuration_names_what_a_model_was_made_from(
    path: str, data: bytes, expected: list[tuple[str, str]]
) -> None:
    assert sorted(shown(path, data)) == expected


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("config.json", b'{"base_model_name_or_path": "o/base"}'),
        ("examples.yaml", AXOLOTL),
        ("axolotl.yml", b"base_model: ./out\ndatasets: 7\n"),
        ("axolotl.yml", b"models: " + b"[" * 9 + b"o/a" + b"]" * 9),
        ("axolotl.yml", b""),
    ],
)
def test_other_files_and_other_values_claim_nothing(path: str, data: bytes) -> None:
    assert shown(path, data) == []


@pytest.mark.parametrize(
    ("path", "data"),
    [("adapter_config.json", b"{"), ("axolotl.yml", b"a: !!python/object x")],
)
def test_a_configuration_that_cannot_be_read_is_not_passed_over(path: str, data: bytes) -> None:
    with pytest.raises(TextError):
        shown(path, data)


def test_a_list_without_end_is_cut() -> None:
    data = b"models:\n" + b"".join(b"- o/m%d\n" % at for at in range(100))

    assert len(shown("mergekit_config.yml", data)) == 64
