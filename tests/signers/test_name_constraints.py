import ipaddress
from collections.abc import Sequence

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

from provenance.errors import Code, VerificationError
from provenance.signers.name_constraints import require_names_within
from tests.signers.authorities import END, START, Issued, authority, new_key, signer

MAIL, HOST, URI = x509.RFC822Name, x509.DNSName, x509.UniformResourceIdentifier
ORGANIZATION = x509.DirectoryName(
    x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "EXAMPLE ")])
)
OTHER = x509.DirectoryName(x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Other")]))
NETWORK = x509.IPAddress(ipaddress.ip_network("192.0.2.0/24"))


def permitted(*names: x509.GeneralName) -> x509.NameConstraints:
    return x509.NameConstraints(names, None)


def excluded(*names: x509.GeneralName) -> x509.NameConstraints:
    return x509.NameConstraints(None, names)


def chain_of(issued: Issued, root: Issued) -> Sequence[x509.Certificate]:
    return (issued.certificate, *issued.above, root.certificate)


def is_within(
    constraints: x509.NameConstraints,
    names: tuple[x509.GeneralName, ...] = (),
    common_name: str = "Release",
    mail: str | None = None,
) -> bool:
    root = authority()
    below = authority("Below", root, constraints=constraints)
    try:
        require_names_within(chain_of(signer(below, common_name, names=names, mail=mail), root))
    except VerificationError as error:
        assert error.code is Code.CERTIFICATE_UNTRUSTED  # noqa: PT017 - the other outcome is none
        return False
    return True


@pytest.mark.parametrize(
    ("base", "mail", "within"),
    [
        ("example.org", "a@example.org", True),
        ("example.org", "a@EXAMPLE.org", True),
        ("example.org", "a@b.example.org", False),
        ("example.org", "a@badexample.org", False),
        (".example.org", "a@b.example.org", True),
        (".example.org", "a@example.org", False),
        ("a@example.org", "a@example.org", True),
        ("a@example.org", "A@example.org", False),
        ("a@example.org", "b@example.org", False),
    ],
)
def test_mail_is_where_the_standard_puts_it(base: str, mail: str, *, within: bool) -> None:
    only = permitted(MAIL(base))

    assert is_within(only, (MAIL(mail),)) is within
    # The same in the subject, without and (stricter) beside an alternative name.
    assert is_within(only, mail=mail) is within
    assert is_within(only, (MAIL("a@example.org"),), mail=mail) in {within, False}
    assert is_within(only, common_name=f"Release <{mail}>") is within


def test_the_host_of_a_mail_address_is_what_stands_last() -> None:
    for mail in ("a@example.org@evil.net", '"a@example.org"@evil.net'):
        assert not is_within(permitted(MAIL("example.org")), mail=mail)
        assert not is_within(excluded(MAIL("evil.net")), mail=mail)


@pytest.mark.parametrize(
    ("base", "host", "within"),
    [
        ("example.org", "example.org", True),
        ("example.org", "a.b.EXAMPLE.org", True),
        ("example.org", "badexample.org", False),
        ("example.org", "example.org.evil.net", False),
        (".example.org", "a.example.org", True),
    ],
)
def test_a_common_name_that_looks_like_a_host_is_held_to_be_one(
    base: str, host: str, *, within: bool
) -> None:
    assert is_within(permitted(HOST(base)), (HOST(host),)) is within
    assert is_within(permitted(HOST(base)), common_name=host) is within
    assert is_within(excluded(HOST(base)), common_name=host) is not within


@pytest.mark.parametrize("name", ["*.org", "*.example.org", "x.example.org", "EXAMPLE.ORG."])
def test_a_host_that_can_be_an_excluded_one_is_excluded(name: str) -> None:
    assert not is_within(excluded(HOST("example.org")), common_name=name)


@pytest.mark.parametrize("name", ["Release", "Example Team", "v1 of it", "", "one.two three"])
def test_a_common_name_that_is_only_a_name_is_free(name: str) -> None:
    everything = (HOST("example.org"), MAIL("example.org"), URI("example.org"), NETWORK)

    assert is_within(permitted(*everything), common_name=name or "x")


@pytest.mark.parametrize(
    ("uri", "within"),
    [
        ("https://example.org/a", True),
        ("https://user@example.org:8443/a", True),
        ("https://a.example.org/", False),
        ("https://example.org.evil.net/", False),
        ("https://evil.net/@example.org", False),
        ("https://192.0.2.1/", False),
        ("urn:example:org", False),
        ("https://[example.org/", False),
    ],
)
def test_a_uri_is_where_its_host_is(uri: str, *, within: bool) -> None:
    assert is_within(permitted(URI("example.org")), (URI(uri),)) is within


def test_a_uri_without_a_host_is_refused_by_any_constraint_on_hosts() -> None:
    assert not is_within(excluded(URI("other.org")), (URI("urn:example:org"),))
    assert not is_within(permitted(URI("example.org")), common_name="https://evil.net/x")


@pytest.mark.parametrize("address", ["192.0.2.7", "198.51.100.7"])
def test_an_address_is_in_its_network(address: str) -> None:
    inside = address.startswith("192")
    name = x509.IPAddress(ipaddress.ip_address(address))

    assert is_within(permitted(NETWORK), (name,)) is inside
    assert is_within(permitted(NETWORK), common_name=address) is inside
    assert is_within(excluded(NETWORK), common_name=address) is not inside


def test_a_subject_is_in_the_part_of_the_directory_that_is_permitted() -> None:
    assert is_within(permitted(ORGANIZATION))
    assert not is_within(permitted(OTHER))
    assert is_within(permitted(OTHER, ORGANIZATION))
    assert not is_within(excluded(ORGANIZATION))
    assert is_within(excluded(OTHER))


def test_a_form_that_is_not_understood_is_never_vouched_for() -> None:
    one = x509.OtherName(x509.ObjectIdentifier("1.2.3"), b"\x05\x00")
    other = x509.OtherName(x509.ObjectIdentifier("1.2.4"), b"\x05\x00")

    assert not is_within(permitted(one), (one,))
    assert not is_within(excluded(one), (one,))
    assert is_within(permitted(one), (other,))


def test_constraints_of_each_authority_hold_for_all_below_it() -> None:
    root = authority(constraints=permitted(MAIL("example.org")))
    below = authority("Below", root, constraints=permitted(MAIL("example.net")))
    last = authority("Last", below)

    for mail in ("a@example.org", "a@example.net"):
        with pytest.raises(VerificationError):
            require_names_within(chain_of(signer(last, mail=mail), root))
    require_names_within(chain_of(signer(last, names=()), root))


def test_an_authority_outside_of_what_is_permitted_may_not_issue() -> None:
    root = authority(constraints=excluded(ORGANIZATION))

    with pytest.raises(VerificationError):
        require_names_within(chain_of(signer(authority("Below", root), names=()), root))


def test_full_width_letters_make_no_other_host() -> None:
    only = excluded(HOST("example.org"))

    assert not is_within(only, common_name="\uff45xample\u3002org")


def test_a_constraint_to_no_host_in_particular_lets_every_host_be() -> None:
    assert is_within(permitted(HOST("")), (HOST("a.example.org"),))


def test_an_authority_that_issued_itself_another_certificate_is_not_held_to_its_own_rule() -> None:
    itself, root = authority("Middle"), authority()
    above = authority("Above", root, constraints=excluded(named(itself)))
    other = authority("Middle", root)

    require_names_within(
        (signer(itself).certificate, itself.certificate, above.certificate, root.certificate)
    )

    with pytest.raises(VerificationError):
        require_names_within(
            (signer(other).certificate, other.certificate, above.certificate, root.certificate)
        )


def named(issued: Issued) -> x509.DirectoryName:
    return x509.DirectoryName(issued.certificate.subject)


def test_a_certificate_without_a_subject_is_held_by_its_alternative_names() -> None:
    root = authority()
    above = authority("Above", root, constraints=permitted(MAIL("example.org"), ORGANIZATION))
    names = (MAIL("a@example.org"),)

    require_names_within((unnamed(*names), above.certificate, root.certificate))

    with pytest.raises(VerificationError):
        require_names_within((unnamed(MAIL("a@b.net")), above.certificate, root.certificate))


def unnamed(*names: x509.GeneralName) -> x509.Certificate:
    key = new_key()
    made = x509.CertificateBuilder().subject_name(x509.Name([])).issuer_name(x509.Name([]))
    made = made.public_key(key.public_key()).serial_number(1)
    made = made.not_valid_before(START).not_valid_after(END)
    made = made.add_extension(x509.SubjectAlternativeName(names), critical=True)
    return made.sign(key, hashes.SHA256())
