from pathlib import Path

import pytest

from provenance.errors import UsageError
from provenance.flows.lint import LARGEST, MOST_UNREADABLE, housekeeping, lint
from provenance.values.advice import Advice, Rule
from provenance.values.path import RelPath
from provenance.values.settings import Settings
from tests.building import FACTS
from tests.charlm import MODEL, noon
from tests.cli.running import my_model

SETTINGS = Settings(jobs=1)


def linted(folder: Path) -> tuple[Advice, ...]:
    return lint(folder, settings=SETTINGS, clock=noon)


def test_our_own_release_has_no_error() -> None:
    found = {one.rule for one in linted(MODEL)}

    assert not found & {Rule.UNREADABLE, Rule.SECRET, Rule.LICENSE_DIFFERS, Rule.PRIVATE_PATH}


def test_what_is_wrong_is_told_by_file_and_line(tmp_path: Path) -> None:
    model = my_model(tmp_path)
    (model / "train.json").write_text('{\n"data": "/scratch/ada/corpus"\n}')
    (model / "README.md").write_text("---\nlicense: mit\n---\n# M\n\n[More Information Needed]\n")

    told = {(one.rule, one.path, one.line) for one in linted(model)}

    assert (Rule.PRIVATE_PATH, "train.json", 2) in told
    assert (Rule.TEMPLATE_TEXT, "README.md", 6) in told
    assert (Rule.LICENSE_TEXT_UNKNOWN, "LICENSE", 0) in told


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("model.safetensors", b"\x08\x00\x00\x00\x00\x00\x00\x00{}", "ST_"),
        ("README.md", b"---\na: !!python/x 1\n---\n", "YAML_TAG"),
        ("config.json", b'{"a": 1}{}', "JSON_TRAILING"),
    ],
)
def test_a_malformed_release_is_told_and_no_error_escapes(
    tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    model = my_model(tmp_path)
    (model / name).write_bytes(data)

    told = [one for one in linted(model) if one.rule is Rule.UNREADABLE]

    assert told
    assert any(one.what.startswith(code) for one in told)


def test_what_belongs_to_tools_is_left_out(tmp_path: Path) -> None:
    model = my_model(tmp_path)
    for place in (".git/objects", ".venv/lib"):
        (model / place).mkdir(parents=True)
        (model / place / "a.json").write_text('"/scratch/ada/corpus"')
        (model / place / "model.safetensors").write_bytes(b"no header")

    assert not {one.rule for one in linted(model)} & {Rule.UNREADABLE, Rule.PRIVATE_PATH}
    assert housekeeping(RelPath("a/.venv/b"))
    assert not any(housekeeping(entry.path) for entry in FACTS.inventory)


def test_a_folder_that_is_not_there_is_a_matter_of_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        linted(tmp_path / "nothing")


def test_every_malformed_file_is_told_and_the_others_are_looked_at(tmp_path: Path) -> None:
    model = my_model(tmp_path)
    (model / "README.md").write_text("---\nlicense: mit\na: !!python/x 1\n---\n[TODO]\n")
    (model / "config.json").write_text('{\n"a": 1,\n"b": }')
    (model / "model.safetensors").write_bytes(b"\x08\x00\x00\x00\x00\x00\x00\x00{}")
    (model / "train.json").write_text('{\n"data": "/scratch/ada/corpus"\n}')

    told = linted(model)

    broken = [(one.path, one.line) for one in told if one.rule is Rule.UNREADABLE]
    assert broken == [("README.md", 3), ("config.json", 3), ("model.safetensors", 0)]
    rules = {(one.rule, one.path, one.line) for one in told}
    assert (Rule.PRIVATE_PATH, "train.json", 2) in rules
    # What those files would show is not known: nothing is called missing.
    assert not {one.rule for one in told} & {Rule.NOT_SHOWN, Rule.LICENSE_MISSING}


def test_what_is_wrong_with_the_whole_release_ends_it_after_what_was_found(tmp_path: Path) -> None:
    model = my_model(tmp_path)
    (model / "README.md").unlink()
    (model / "README.md").mkdir()

    (told,) = (one for one in linted(model) if one.rule is Rule.UNREADABLE)

    assert (told.path, told.what.partition(":")[0]) == ("", "CARD_TYPE")


def test_of_very_many_malformed_files_the_first_are_told(tmp_path: Path) -> None:
    model = my_model(tmp_path)
    for number in range(MOST_UNREADABLE + 5):
        (model / f"a-{number:02}.safetensors").write_bytes(b"no header")

    told = [one.path for one in linted(model) if one.rule is Rule.UNREADABLE]

    assert told == [f"a-{number:02}.safetensors" for number in range(MOST_UNREADABLE + 1)]


def test_a_malformed_file_that_is_too_long_to_count_lines_in_has_none(tmp_path: Path) -> None:
    model = my_model(tmp_path)
    (model / "config.json").write_bytes(b'{\n"a": }' + b" " * LARGEST)

    (told,) = (one for one in linted(model) if one.rule is Rule.UNREADABLE)

    assert (told.path, told.line) == ("config.json", 0)


def test_pointers_are_told_however_many_with_the_way_to_mend_them(tmp_path: Path) -> None:
    model = my_model(tmp_path)
    names = ["pytorch_model.bin", *(f"data/{at}.parquet" for at in range(MOST_UNREADABLE + 1))]
    (model / "data").mkdir()
    for name in names:
        (model / name).write_bytes(
            b"version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 12\n" % (b"0" * 64)
        )

    told = [one for one in linted(model) if one.what.startswith("GIT_LFS")]

    assert {one.path for one in told} == set(names)
    assert {one.rule for one in told} == {Rule.UNREADABLE}
    assert all("git lfs pull" in one.todo for one in told)
