import json
from pathlib import Path

from provenance import digest, digests


def written(found: digests.DigestList) -> bytes:
    return json.dumps(digests.encode_digests(found)).encode()


def test_parts_that_were_written_and_read_make_the_list_of_the_whole(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).write_text(name)
    parts = [digest([tmp_path], digests.Digesting(share=(number, 2))) for number in (1, 2)]

    merged = digests.merge([digests.parse_digests(written(one)) for one in parts])

    assert merged.rows == digest([tmp_path]).rows


def test_a_list_is_checked_against_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    expected = digests.read_list(written(digest([tmp_path])))
    (tmp_path / "a").write_text("b")

    checked = digests.check_digests(expected, [tmp_path], digests.Digesting())

    assert isinstance(checked, digests.Checked)
    assert checked.differing == ("a",)
