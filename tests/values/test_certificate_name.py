import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import UsageError
from provenance.values.certificate_name import CertificateName, NameKind
from provenance.values.digest import Digest
from provenance.values.identity import Certificate, Key

SPKI = Digest.sha256("ab" * 32)
HOLDER = Certificate(
    key=Key(SPKI, "EC P-256"),
    fingerprint=Digest.sha256("cd" * 32),
    root=Digest.sha256("ef" * 32),
    subject="CN=Release,O=Example",
    names=("email:a@example.org", "uri:https://example.org/a", "dns:example.org"),
    common_names=("Release",),
    organizations=("Example",),
)


@given(st.sampled_from(NameKind), st.text().filter(lambda text: ":" not in text and text.strip()))
def test_a_name_comes_back(kind: NameKind, value: str) -> None:
    name = CertificateName(kind, value)

    assert CertificateName.parse(str(name)) == name


@pytest.mark.parametrize(
    "text",
    [
        *("a@example.org", "https://example.org/a", "example.org", "email:a@example.org"),
        *("uri:https://example.org/a", "dns:example.org", "subject:CN=Release,O=Example"),
        *("cn:Release", "organization:Example", f"spki:{SPKI}"),
    ],
)
def test_a_name_is_found_where_it_says(text: str) -> None:
    assert CertificateName.parse(text).is_of(HOLDER)


@pytest.mark.parametrize(
    "text",
    [
        *("A@example.org", "a@example.org ", "b.a@example.org", "example", "*.org", "Release"),
        *("email:example.org", "dns:a@example.org", "cn:Example", "organization:Release"),
        *("subject:CN=Release", "spki:" + "ab" * 32, "Example"),
    ],
)
def test_no_other_name_is_found(text: str) -> None:
    assert not CertificateName.parse(text).is_of(HOLDER)


def test_a_bare_name_may_be_the_common_name_where_there_is_no_other() -> None:
    bare = attrs.evolve(HOLDER, names=())

    assert CertificateName.parse("Release").is_of(bare)
    assert not CertificateName.parse("Example").is_of(bare)


@pytest.mark.parametrize("text", ["", " ", "email:", "cn: "])
def test_a_name_of_nobody_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="names nobody"):
        CertificateName.parse(text)
