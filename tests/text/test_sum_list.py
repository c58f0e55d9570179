import hashlib
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, TextError
from provenance.text.sum_list import parse, write

HEX = "ab" * 32
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1)
LISTS = st.dictionaries(NAMES, st.binary(min_size=32, max_size=32), min_size=1)


@given(LISTS)
def test_a_list_comes_back(digests: dict[str, bytes]) -> None:
    assert parse("".join(write(digests.items())).encode()) == digests


@pytest.mark.parametrize("name", ["plain", "two words", "back\\slash", "new\nline", "tab\t", "é"])
def test_sha256sum_reads_what_we_write_and_writes_what_we_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"weights")
    ours = "".join(write([(name, hashlib.sha256(b"weights").digest())]))
    (tmp_path / "list").write_text(ours, "utf-8", newline="")

    checked = subprocess.run(
        ["sha256sum", "--check", "--status", "list"],  # noqa: S607 - the caller's coreutils
        cwd=tmp_path,
        check=False,
    )
    for option in ([], ["--tag"], ["--binary"]):
        theirs = subprocess.run(
            ["sha256sum", *option, "--", name],  # noqa: S607 - the caller's coreutils
            cwd=tmp_path,
            capture_output=True,
            check=True,
        )
        assert parse(theirs.stdout) == {name: hashlib.sha256(b"weights").digest()}
    assert checked.returncode == 0


def test_comments_empty_lines_and_windows_endings_are_let_through() -> None:
    text = f"# made by hand\r\n\r\n{HEX.upper()} *a\r\n\n{HEX}  b"

    assert parse(text.encode()) == {"a": bytes.fromhex(HEX), "b": bytes.fromhex(HEX)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n",
        "a",
        f"{HEX} a",
        f"{HEX}  ",
        f"{HEX[:-1]}  a",
        f"{HEX}0  a",
        f"{HEX[:-1]}g  a",
        f"MD5 (a) = {HEX}",
        f"\\{HEX}  a\\tb",
        f"\\{HEX}  a\\",
        f"{HEX}  a\n{'cd' * 32}  a",
        "d41d8cd98f00b204e9800998ecf8427e  a",
    ],
)
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(TextError) as caught:
        parse(text.encode())

    assert caught.value.code is Code.SUM_LIST


def test_other_encodings_are_refused() -> None:
    with pytest.raises(TextError) as caught:
        parse(f"{HEX}  a".encode("utf-16"))

    assert caught.value.code is Code.SUM_LIST
