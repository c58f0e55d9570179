import pytest

from provenance.policy.secret_addresses import secret_addresses


def count(text: str) -> int:
    return len(list(secret_addresses(text.encode())))


@pytest.mark.parametrize(
    "text",
    [
        "https://ada:gT7kQ9zz@example.org/x.git",
        "redis://:gT7kQ9zzPw@cache:6379/0",
        "amqp://ada:Tr0ub4dor%263@[::1]:5672",
        '{"proxy": "http://ada:gT7kQ9zz@proxy:3128"}',
    ],
)
def test_a_password_in_an_address_is_found(text: str) -> None:
    assert count(text) == 1


@pytest.mark.parametrize(
    "text",
    [
        "http://host:8080/path@2x.png",
        "ftp://anonymous:guest@example.org",
        "https://x:12345678@host",
        "https://user:pass@host",
        "https://ada:ada@host",
        "https://ada:{token}@host",
        "https://example.org/a:b@c",
        "oci://registry:5000/img:v1@sha256:ab",
    ],
)
def test_an_address_without_a_secret_is_not_told(text: str) -> None:
    assert count(text) == 0
