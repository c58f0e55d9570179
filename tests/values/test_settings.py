from pathlib import Path

import pytest

from provenance.errors import InvalidValueError
from provenance.values.settings import PUBLIC_HUB, Mirror, Settings


def test_settings_come_from_the_mapping_that_is_given_and_nothing_else() -> None:
    found = Settings.from_environ(
        {"HF_ENDPOINT": "http://127.0.0.1:1", "HF_TOKEN": "t", "HF_HUB_OFFLINE": "1", "HOME": "/h"}
    )

    assert (found.endpoint, found.token, found.offline) == ("http://127.0.0.1:1", "t", True)
    assert found.cache == Path("/h/.cache/provenance")


@pytest.mark.parametrize(
    ("environ", "cache"),
    [
        ({}, None),
        ({"XDG_CACHE_HOME": "/x", "HOME": "/h"}, Path("/x/provenance")),
        ({"PROVENANCE_CACHE": "/p", "HOME": "/h"}, Path("/p")),
    ],
)
def test_the_cache_is_where_the_caller_s_variables_say(
    environ: dict[str, str], cache: Path | None
) -> None:
    found = Settings.from_environ(environ)

    assert (found.cache, found.endpoint, found.offline) == (cache, PUBLIC_HUB, False)


def test_a_token_is_in_no_representation() -> None:
    assert "secret" not in repr(Settings(token="secret"))  # noqa: S106 - a made-up one


@pytest.mark.parametrize(
    "text",
    ["", "a=b", "https://a/", "https://a/=file:///x", "https://u@a/=https://b/", "=https://b"],
)
def test_a_mirror_that_is_not_two_addresses_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        Mirror.parse(text)


def test_the_longest_matching_mirror_rewrites_a_link() -> None:
    wide = Mirror.parse("https://g/=http://127.0.0.1:1/g/")
    narrow = Mirror.parse("https://g/o/=http://127.0.0.1:2/o/")
    settings = Settings(mirrors=(wide, narrow))

    assert settings.mirrored("https://g/o/r") == "http://127.0.0.1:2/o/r"
    assert settings.mirrored("https://g/x/r") == "http://127.0.0.1:1/g/x/r"
    assert settings.mirrored("https://h/x") == "https://h/x"
    assert settings.allowed_origins == (PUBLIC_HUB, wide.target, narrow.target)
    assert Mirror.parse(str(narrow)) == narrow


@pytest.mark.parametrize(
    ("prefix", "address", "covered"),
    [
        ("https://a.org/", "https://a.org/x", True),
        ("https://a.org", "https://a.org/x", True),
        ("https://a.org", "https://a.org", True),
        ("https://a.org", "https://a.org.evil/x", False),
        ("https://a.org/o", "https://a.org/other", False),
        ("https://a.org/", "http://a.org/x", False),
    ],
)
def test_a_mirror_covers_whole_names_only(prefix: str, address: str, *, covered: bool) -> None:
    assert Mirror(prefix, "https://b.org/").covers(address) is covered
