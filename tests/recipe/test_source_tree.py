import pytest

from provenance.errors import Code
from provenance.recipe.code_read import read_code
from provenance.recipe.source_tree import MOST_FILES, interesting, read_source
from provenance.values.component import Component
from provenance.values.hazard import Hazard
from provenance.values.look import Missing, Seen, Unseen
from tests.building import LISTING, PIN, TOY

TRAIN = b"for b in d:\n    loss.backward()\n    optimizer.step()\n"


def test_code_settings_and_the_licence_are_read_and_nothing_else() -> None:
    paths = ["src/train.py", "a.png", "LICENSE", "config.toml", "b.csv"]

    assert interesting(paths) == ("LICENSE", "config.toml", "src/train.py")
    assert interesting(["a.png"]) == ()


def test_a_repository_of_any_size_is_read_in_part_nearest_the_top_first() -> None:
    paths = [f"deep/{number}.py" for number in range(MOST_FILES)]

    assert len(interesting([*paths, "train.py"])) == MOST_FILES
    assert "train.py" in interesting([*paths, "train.py"])


def test_code_says_where_it_trains_and_with_which_dimensions() -> None:
    files = {"train.py": b"N_EMBD = 8\n" + TRAIN, "c.json": b'{"n_layer": 2}', "bad.py": b"def"}

    read = read_code(files, home=TOY)

    assert [loop.path for loop in read.loops] == ["train.py"]
    assert {one.key for one in read.settings} == {"hidden_size", "num_hidden_layers"}
    assert not read.whole
    assert read_code({"train.py": TRAIN}, home=TOY).whole


def test_a_linked_repository_is_read_at_its_pin() -> None:
    files = {"train.py": TRAIN, "LICENSE": b"anything"}

    facts = read_source(PIN, LISTING, ["train.py", "LICENSE"], files, whole=True)

    assert isinstance(facts.license, Seen)
    assert facts.loops[0].where.uri == f"git:{PIN.uri}@{PIN.commit}/train.py"
    assert not facts.truncated


def test_a_repository_without_a_licence_file_says_so() -> None:
    facts = read_source(PIN, LISTING, ["train.py"], {"train.py": TRAIN}, whole=False)

    assert isinstance(facts.license, Missing)
    assert facts.truncated


def test_a_licence_that_is_listed_and_was_not_read_is_not_missing() -> None:
    facts = read_source(PIN, LISTING, ["LICENSE"], {}, whole=False)

    assert isinstance(facts.license, Unseen)


def test_what_is_listed_and_not_among_the_files_that_are_read_leaves_it_in_part() -> None:
    many = [f"{number}.py" for number in range(MOST_FILES + 1)]
    read = dict.fromkeys(interesting(many), b"")

    assert read_source(PIN, LISTING, many, read, whole=True).truncated
    assert not read_source(PIN, LISTING, list(read), read, whole=True).truncated


def test_what_nobody_reads_of_a_repository_leaves_open_what_it_could_hold() -> None:
    paths = ["train.c", "run.sh", "train.ipynb"]
    files = {"run.sh": b"torchrun -m axolotl.cli.train\n", "train.ipynb": b"{"}

    facts = read_source(PIN, LISTING, paths, files, whole=True)

    assert [one.what for one in facts.unread] == [
        "train.ipynb",
        "1 file in C: train.c",
        "what run.sh starts: axolotl.cli.train",
    ]
    assert not facts.truncated


def test_a_notebook_is_read_as_a_program() -> None:
    assert interesting(["train.ipynb", "a.txt"]) == ("train.ipynb",)


POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 12\n" % (b"ab" * 32)


@pytest.mark.parametrize(
    ("code", "path", "about"),
    [
        (Code.GIT_LFS, "c.yaml", Component.HYPER_PARAMETERS),
        (Code.GIT_LFS, "requirements.txt", Component.ENVIRONMENT),
        (Code.GIT_SYMLINK, "train.py", Component.TRAINING_CODE),
        (Code.GIT_SUBMODULE, "code", Component.TRAINING_CODE),
        (Code.GIT_SUBMODULE, "code", Component.HYPER_PARAMETERS),
        (Code.NAME_ENCODING, "entra\\xeener.py", Component.TRAINING_CODE),
        (Code.NAME_CTRL, "tr\x1b.rs", Component.TRAINING_CODE),
    ],
)
def test_what_a_tree_names_and_has_no_bytes_of_leaves_open_what_it_could_be(
    code: Code, path: str, about: Component
) -> None:
    listed = [path] if code is Code.GIT_LFS else []
    files = dict.fromkeys(listed, POINTER)

    facts = read_source(
        PIN, LISTING, listed, files, whole=True, hazards=[Hazard(code, path, "odd")]
    )

    (unread,) = facts.unread
    assert about in unread.about
    assert facts.artefacts == ()
    assert facts.stated == ()


def test_what_is_odd_of_files_that_were_read_or_say_nothing_leaves_nothing_open() -> None:
    hazards = [
        Hazard(Code.NAME_PORTABLE, "train.py", "odd"),
        Hazard(Code.NAME_CTRL, "train.py", "of another spelling"),
        Hazard(Code.GIT_SYMLINK, "data", "a link"),
        Hazard(Code.GIT_LFS, "a.png", "a pointer"),
    ]

    facts = read_source(
        PIN, LISTING, ["train.py"], {"train.py": TRAIN}, whole=True, hazards=hazards
    )

    assert facts.unread == ()
