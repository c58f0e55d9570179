import pytest

from provenance.policy.secret_settings import secret_settings
from tests.policy.secret_samples import HEX, login, word


def kinds(text: str, path: str = ".env") -> list[str]:
    return [one.kind for one in secret_settings(path, text.encode())]


@pytest.mark.parametrize(
    "line",
    [
        "DB_PASSWORD=gT7$kQ9zzP",
        "  passphrase: gT7kQ9zzP",
        "pwd := gT7kQ9zzP",
        "'password' => 'gT7kQ9zz'",
        f"SECRET_KEY='{word(50)}'",
        f"x-api-key: {word(32)}",
        f"HUGGING_FACE_HUB_TOKEN={word(36)}",
        f"AccountKey={word(86)}==;",
        f"GET /x?sig={word(43)}%3D",
    ],
)
def test_a_secret_is_told_by_its_name(line: str) -> None:
    assert len(kinds(line)) == 1


@pytest.mark.parametrize(
    "line",
    [
        f"sort_key={word(32)}",
        f"pad_token: {word(32)}",
        f"public_key={word(32)}",
        "max_new_tokens = 4096000000",
        f"secret_name: {word(5)}",
        "password: correct horse battery",
        f"token: {'a1' * 300}{word(32)}" + "b" * 600,
        "api_key=model-v2.1-2024_final_07",
        f"key: {word(32, HEX)}",
        f"design={word(44)}",
    ],
)
def test_another_name_or_another_value_is_no_secret(line: str) -> None:
    assert kinds(line) == []


def test_known_files_are_told_by_their_form() -> None:
    assert kinds("machine h.org login ada password gT7kQ9zz") == ["a password for h.org"]
    assert "a password of a registry" in kinds(f'{{"auth": "{login()}"}}', "a.json")
    assert kinds('{"auth": "aGVsbG8gd29ybGQ="}', "a.json") == []
    assert kinds(f'{{"key": "{word(32, HEX)}"}}', "a.json") == []


@pytest.mark.parametrize(
    "line",
    [
        "machine h.org login ada password changeme",
        "Authorization: Bearer aaaaaaaaaaaaaaaaaaaa",
        "Authorization: Basic a_b~c.d_e~f.g_h~i.j",
    ],
)
def test_a_known_form_without_a_secret_in_it_is_none(line: str) -> None:
    assert kinds(line, "a.txt") == []
