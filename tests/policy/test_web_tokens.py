from provenance.policy.web_tokens import web_tokens
from tests.policy.secret_samples import b64_url, web_token


def count(text: str) -> int:
    return len(list(web_tokens(text.encode())))


def test_a_signed_token_is_found() -> None:
    assert count(f"cookie: {web_token()}; path=/") == 1


def test_the_hub_s_mark_of_a_verified_result_is_public() -> None:
    assert count(f"    verifyToken: {web_token()}\n") == 0
    assert count(f'"verifyToken": "{web_token()}"') == 0
    assert count(f"verifyToken: >-\n      {web_token()}") == 0


def test_what_only_has_the_form_is_no_token() -> None:
    no_header = b64_url(b'{"a":"b","c":"d"}')
    assert count(".".join((no_header, no_header, "a1B2" * 8))) == 0
    assert count("eyJ" + "a" * 20 + ".eyJ" + "b" * 20 + "." + "c1D2" * 8) == 0
