import pytest

from provenance.errors import Code
from provenance.recipe.code.stated_settings import LARGEST, MOST_VALUES, stated_in, unread_settings
from tests.building import WHERE


def values(path: str, text: str) -> list[tuple[str, str]]:
    data = text.encode()
    found = stated_in(path, data, WHERE)
    for one in found:
        assert one.path == path
        assert one.value in data[one.where.start : one.where.end].decode().lower() or "e" in text
    return [(str(one.kind), one.value) for one in found]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.toml", "seed = 7"),
        ("a.json", '{"a": {"seed": 7}}'),
        ("a.yaml", "train:\n  seed: 7\n"),
        ("a.yml", 'seed: "7"'),
        ("a.sh", "python train.py \\\n  --seed 7 \\\n"),
        ("a.slurm", "#SBATCH --seed=7\n"),
        ("a.cfg", "seed=7"),
    ],
)
def test_a_value_is_read_from_each_kind_of_file(path: str, text: str) -> None:
    assert values(path, text) == [("seed", "7")]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.toml", "# seed = 7"),
        ("a.json", "// seed: 7"),
        ("a.toml", "seed = auto"),
        ("a.toml", "my_seed_is = 7"),
        ("a.txt", "seed = 7"),
        ("a.toml", "seed = 7" + " " * LARGEST),
    ],
)
def test_comments_other_keys_and_other_files_state_nothing(path: str, text: str) -> None:
    assert values(path, text) == []


def test_of_many_values_only_the_first_are_kept() -> None:
    assert len(stated_in("a.toml", b"seed = 7\n" * (MOST_VALUES + 1), WHERE)) == MOST_VALUES


@pytest.mark.parametrize(
    "data",
    [
        "seed: 3\n".encode("utf-16"),
        "seed: 3\n".encode("utf-32-le"),
        b"se\0ed: 3\n",
        b"# \xff\nseed: 3\n",
        b"\x1f\x8b\x08\xff",
    ],
    ids=["UTF-16", "UTF-32", "NUL", "latin", "packed"],
)
def test_settings_that_are_no_text_leave_open_what_they_state(data: bytes) -> None:
    (found,) = unread_settings("c.yaml", data)

    assert (found.code, found.what) == (Code.RECIPE_SYNTAX, "c.yaml")
    assert list(unread_settings("c.png", data)) == []
    assert list(unread_settings("c.yaml", b"seed: 3\n")) == []
