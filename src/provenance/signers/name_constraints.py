"""Name constraints (RFC 5280, section 4.2.1.10): what an authority may vouch for, in every name.

Stricter than the standard, which knows the alternative names and the subject: constraints on mail
hold for each mail address in the subject, also beside alternative names, and a signer's common name
that looks like a host, a mail address or a URI is held to be one. A policy may ask for all of
these, and an authority that may not vouch for a name may not do so in another place.
"""

import ipaddress
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias, cast
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.x509.oid import NameOID

from provenance.errors import Code, VerificationError

_Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

_MAIL = re.compile(r"[^\s<>()\[\]\",;:]{1,320}@[^\s<>()\[\]\",;:]{1,253}")
_HOST = re.compile(r"(?:\*\.[\w-]{1,63}|[\w-]{1,63}\.[\w-]{1,63})(?:\.[\w-]{1,63}){0,126}\.?")
_DOTS = str.maketrans("\u3002\uff0e\uff61", "...")


def require_names_within(chain: Sequence[x509.Certificate]) -> None:
    """Let a chain pass in which no authority vouches for a name that it may not.

    ``chain`` is the signer's certificate, those of authorities above it, and the root. Authorities
    that issued themselves another certificate (same name) need not fit their own constraints.

    Raises:
        VerificationError: CERTIFICATE_UNTRUSTED.
    """
    for at, authority in enumerate(chain):
        constraints = _constraints_of(authority)
        if constraints is None:
            continue
        for below, one in enumerate(chain[:at]):
            if below == 0 or one.subject != one.issuer:
                _require_within(_names_of(one, is_signer=below == 0), constraints)


def _constraints_of(authority: x509.Certificate) -> x509.NameConstraints | None:
    try:
        return authority.extensions.get_extension_for_class(x509.NameConstraints).value
    except x509.ExtensionNotFound:
        return None


class _Name(NamedTuple):
    """A name in a certificate: its form, and its value as the library gives it."""

    form: type[x509.GeneralName]
    value: object


def _require_within(names: Iterable[_Name], constraints: x509.NameConstraints) -> None:
    for name in names:
        permitted = [one for one in constraints.permitted_subtrees or () if _same_form(one, name)]
        excluded = [one for one in constraints.excluded_subtrees or () if _same_form(one, name)]
        outside = permitted and not any(_covers(one, name, excluding=False) for one in permitted)
        if outside or any(_covers(one, name, excluding=True) for one in excluded):
            raise VerificationError(
                f"the certificate names {_shown(name)}, for which its authority may not vouch",
                hint="ask the signer for a certificate under an authority for that name",
                code=Code.CERTIFICATE_UNTRUSTED,
            )


def _names_of(certificate: x509.Certificate, *, is_signer: bool) -> Iterator[_Name]:
    subject = certificate.subject
    if list(subject):
        yield _Name(x509.DirectoryName, subject)
    try:
        extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        pass
    else:
        for one in extension.value:
            # Of another form the type tells what it is, and nobody reads its value.
            value = one.type_id if isinstance(one, x509.OtherName) else one.value
            yield _Name(type(one), value)
    for mail in _texts(subject, NameOID.EMAIL_ADDRESS):
        yield _Name(x509.RFC822Name, mail)
    if is_signer:
        for text in _texts(subject, NameOID.COMMON_NAME):
            yield from _looks_like(text)


def _texts(subject: x509.Name, kind: x509.ObjectIdentifier) -> Iterator[str]:
    for one in subject.get_attributes_for_oid(kind):
        text = one.value if isinstance(one.value, str) else one.value.decode("latin-1")
        yield unicodedata.normalize("NFKC", text.translate(_DOTS)).strip()


def _looks_like(text: str) -> Iterator[_Name]:
    """Yield the names that a common name is to those who read it."""
    for mail in _MAIL.findall(text):
        yield _Name(x509.RFC822Name, mail)
    if "://" in text:
        yield _Name(x509.UniformResourceIdentifier, text)
    elif (address := _address(text)) is not None:
        yield _Name(x509.IPAddress, address)
    elif _HOST.fullmatch(text):
        yield _Name(x509.DNSName, text)


def _address(text: str) -> _Address | None:
    try:
        return ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return None


def _same_form(constraint: x509.GeneralName, name: _Name) -> bool:
    if isinstance(constraint, x509.OtherName) and name.form is x509.OtherName:
        return constraint.type_id == name.value
    return type(constraint) is name.form


def _covers(constraint: x509.GeneralName, name: _Name, *, excluding: bool) -> bool:
    """Tell whether a name lies in a subtree; in doubt it does where that is ``excluding``."""
    match constraint, name.value:
        case x509.DNSName(value=base), str(host):
            return _host_in(base, host, excluding=excluding)
        case x509.RFC822Name(value=base), str(mail):
            return _mail_in(base, mail, excluding=excluding)
        case x509.UniformResourceIdentifier(value=base), str(uri):
            place = _host_of(uri)
            # The standard: what has no host, or an address for one, is refused either way.
            return excluding if place is None else _exactly_or_below(base, place)
        case x509.IPAddress(value=network), address:
            return _address_in(network, address, excluding=excluding)
        case x509.DirectoryName(value=base), x509.Name() as subject:
            wanted, found = _parts(base), _parts(subject)
            return found[: len(wanted)] == wanted
        case _:
            # A form that is not understood is one that nobody may be trusted with.
            return excluding


def _host_in(base: str, host: str, *, excluding: bool) -> bool:
    base, host = base.lower().rstrip("."), host.lower().rstrip(".")
    if not base:
        return True
    inner = host == base or host.endswith(f".{base.removeprefix('.')}")
    if excluding:
        # Whoever may stand for every host of a domain may stand for one that is excluded.
        bare, over = base.removeprefix("."), host.removeprefix("*.")
        return inner or host == bare or (host != over and f".{bare}".endswith(f".{over}"))
    return inner


def _mail_in(base: str, mail: str, *, excluding: bool) -> bool:
    user, _, host = mail.rpartition("@")
    if "@" in base:
        wanted, _, domain = base.rpartition("@")
        same = user.lower() == wanted.lower() if excluding else user == wanted
        return same and host.lower() == domain.lower()
    return _exactly_or_below(base, host)


def _exactly_or_below(base: str, host: str) -> bool:
    """Tell whether a host is the one that is named, or below it where it begins with a dot."""
    base, host = base.lower().rstrip("."), host.lower().rstrip(".")
    return host.endswith(base) if base.startswith(".") else not base or host == base


def _host_of(uri: str) -> str | None:
    try:
        host = urlsplit(uri).hostname
    except ValueError:
        return None
    return None if not host or "." not in host or _address(host) is not None else host


def _address_in(network: object, address: object, *, excluding: bool) -> bool:
    networks = (ipaddress.IPv4Network, ipaddress.IPv6Network)
    addresses = (ipaddress.IPv4Address, ipaddress.IPv6Address)
    known = isinstance(network, networks) and isinstance(address, addresses)
    return address in cast("ipaddress.IPv4Network", network) if known else excluding


def _parts(name: x509.Name) -> list[frozenset[tuple[str, str]]]:
    """Return a name's parts in order, compared as section 7.1 has it: case and spaces aside."""
    return [
        frozenset((one.oid.dotted_string, _folded(one.value)) for one in part) for part in name.rdns
    ]


def _folded(value: str | bytes) -> str:
    text = value.hex() if isinstance(value, bytes) else value
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _shown(name: _Name) -> str:
    value = name.value
    text = value.rfc4514_string() if isinstance(value, x509.Name) else str(value)
    return ascii(text[:120])
