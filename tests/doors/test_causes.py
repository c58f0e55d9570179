import socket
import ssl

import pytest

from provenance.doors.causes import broken_by, roots, trouble
from provenance.errors import Code


def wrapped(cause: BaseException) -> RuntimeError:
    """Return what a library makes of an exception."""
    outer = RuntimeError("x")
    outer.__cause__ = cause
    return outer


@pytest.mark.parametrize(
    ("cause", "code"),
    [
        (ConnectionRefusedError(), Code.NET_REFUSED),
        (socket.gaierror(), Code.NET_DNS),
        (ssl.SSLCertVerificationError(), Code.NET_CERTIFICATE),
    ],
)
def test_what_the_machine_knows_is_found_below_a_library_s_words(
    cause: Exception, code: Code
) -> None:
    found = trouble(wrapped(cause), "a server")

    assert found is not None
    assert found.code is code
    assert found.what.startswith("a server")


def test_what_it_does_not_know_stays_open() -> None:
    assert trouble(wrapped(ValueError()), "a server") is None


def test_a_circle_of_causes_ends() -> None:
    one, other = ValueError(), ValueError()
    one.__cause__, other.__cause__ = other, one

    assert list(roots(one)) == [one, other]


def test_tls_tells_of_the_server_and_not_of_the_way_to_it() -> None:
    refused = ConnectionRefusedError()

    assert broken_by(wrapped(refused)) is refused
    assert broken_by(wrapped(ssl.SSLError())) is None
    assert broken_by(wrapped(ValueError())) is None
