from pathlib import Path

import pytest

from provenance.flows.resolving.resolve import resolve
from provenance.flows.search_files import HINT, LARGEST, MOST_BYTES, OPENING, search_files
from provenance.policy.advise_secrets import Searched
from provenance.text.plain_text import SAMPLE
from provenance.values.advice import Rule
from provenance.values.inventory import FileEntry
from provenance.values.path import RelPath
from provenance.values.settings import Settings
from tests.charlm import noon
from tests.policy.secret_samples import word

SETTINGS = Settings(jobs=1)
TOKEN = "hf_" + word(34)


def searched(folder: Path) -> Searched:
    source = resolve(folder, settings=SETTINGS, clock=noon)
    return search_files(source, source.listing().inventory)


@pytest.mark.parametrize(
    "name", [".env", "Dockerfile", "run.log", "model.bin", "a/.netrc", "x.safetensors"]
)
def test_a_text_is_searched_whatever_its_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"export HF_TOKEN={TOKEN}\n")

    (told,) = searched(tmp_path).advice

    assert (told.rule, told.path, told.line) == (Rule.SECRET, name, 1)


def test_a_text_in_utf_16_is_searched(tmp_path: Path) -> None:
    (tmp_path / "a.ps1").write_bytes(f"\n$env:HF_TOKEN='{TOKEN}'\n".encode("utf-16"))

    (told,) = searched(tmp_path).advice

    assert told.line == 2


def test_what_is_no_text_is_not_searched(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(bytes(16) + TOKEN.encode())

    assert searched(tmp_path) == Searched()


def test_a_text_beyond_the_bound_is_searched_to_it_and_that_is_said(tmp_path: Path) -> None:
    with (tmp_path / "a.log").open("wb") as file:
        file.write(f"{TOKEN}\n".encode())
        file.write(b"a line of a log\n" * (LARGEST // 16))

    secret, rest = searched(tmp_path).advice

    assert secret.rule is Rule.SECRET
    assert (rest.rule, rest.path) == (Rule.NOT_SEARCHED, "a.log")
    assert "only the first 8,388,608 of" in rest.what


def test_what_is_left_when_the_bound_of_all_is_spent_is_said(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(SAMPLE))
    source = resolve(tmp_path, settings=SETTINGS, clock=noon)
    entry = FileEntry(RelPath("a"), SAMPLE)
    looked_at = -(-MOST_BYTES // (SAMPLE + OPENING))

    # The same file that is no text, as often as a release of very many has another.
    (told,) = search_files(source, [entry] * (looked_at + 9)).advice

    assert told.rule is Rule.NOT_SEARCHED
    assert f"9 files from {SAMPLE:,} bytes up were not looked at" in told.what


def test_places_where_a_secret_may_be_named_count_for_more_than_their_bytes(tmp_path: Path) -> None:
    # As many as are looked at of all: the file after this one is not.
    (tmp_path / "a").write_text("token" * (MOST_BYTES // HINT))
    source = resolve(tmp_path, settings=SETTINGS, clock=noon)

    (told,) = search_files(source, [FileEntry(RelPath("a"), 1), FileEntry(RelPath("b"), 2)]).advice

    assert told.what.startswith("1 files from 2 bytes up were not looked at")


def test_a_file_that_is_gone_is_told_as_not_searched(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    source = resolve(tmp_path, settings=SETTINGS, clock=noon)

    (told,) = search_files(source, [FileEntry(RelPath("b"), 1)]).advice

    assert (told.rule, told.path) == (Rule.NOT_SEARCHED, "b")


def test_the_bounds_are_those_that_the_page_states() -> None:
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "lint.md").read_text()

    assert f"{LARGEST // 2**20} MiB" in page
    assert f"{MOST_BYTES // 2**20} MiB" in page
