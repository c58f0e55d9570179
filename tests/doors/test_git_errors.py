import pytest

from provenance.doors.git_errors import failure
from provenance.doors.git_process import Finished
from provenance.errors import Code, ReleaseError

URL = "https://example.org/o/n"
CASES = [
    ("fatal: repository 'https://x/' not found", Code.LINK_DEAD),
    ("fatal: unable to access 'x': The requested URL returned error: 404", Code.LINK_DEAD),
    ("fatal: unable to access 'x': The requested URL returned error: 403", Code.LINK_DENIED),
    ("fatal: could not read Username for 'https://x': terminal prompts disabled", Code.LINK_DENIED),
    ("fatal: Authentication failed for 'https://x/'", Code.LINK_DENIED),
    ("fatal: remote error: upload-pack: not our ref " + "0" * 40, Code.GIT_REF),
    ("fatal: couldn't find remote ref refs/heads/x", Code.GIT_REF),
    ("fatal: unable to access 'x': Could not resolve host: x", Code.NET_DNS),
    ("fatal: unable to access 'x': Failed to connect to x port 443", Code.NET_REFUSED),
    ("fatal: unable to access 'x': The requested URL returned error: 502", Code.NETWORK),
    ("fatal: unable to access 'x': SSL certificate problem: expired", Code.NET_CERTIFICATE),
    ("fatal: unable to access 'x': Operation too slow.", Code.TIMEOUT),
    ("error: index-pack died of signal 25\nfatal: index-pack failed", Code.RESOURCE),
    ("fatal: Out of memory, malloc failed (tried to allocate 9 bytes)", Code.RESOURCE),
    ("fatal: protocol error: bad line length character: <!DO", Code.GIT_FAILED),
    ("fatal: fetch-pack: invalid index-pack output", Code.RESOURCE),
    ("fatal: bad object\nfatal: fetch-pack: invalid index-pack output", Code.GIT_CORRUPT),
    ("", Code.GIT_FAILED),
]


@pytest.mark.parametrize(("said", "code"), CASES)
def test_a_complaint_has_one_meaning(said: str, code: Code) -> None:
    error = failure(Finished(128, b"", said.encode()), URL)

    assert error.code is code
    assert error.hint


def test_objects_that_git_refuses_are_the_repositorys_fault() -> None:
    said = f"error: object {'1' * 40}: hasDotdot: contains '..'\nfatal: fsck error in packed object"

    error = failure(Finished(128, b"", said.encode()), URL)

    assert isinstance(error, ReleaseError)
    assert error.code is Code.GIT_FSCK
    assert "hasDotdot" in error.what


def test_the_remote_cannot_choose_the_meaning() -> None:
    said = b"remote: fatal: repository 'x' not found\nfatal: the remote end hung up unexpectedly\n"

    assert failure(Finished(128, b"", said), URL).code is Code.GIT_FAILED


def test_a_death_by_signal_is_a_bound_that_was_met() -> None:
    assert failure(Finished(-25, b"", b""), URL).code is Code.RESOURCE


def test_what_a_stranger_wrote_is_shortened_and_escaped() -> None:
    said = "fatal: \x1b[31mred\u202e" + "x" * 10_000

    error = failure(Finished(1, b"", said.encode() + b"\xff"), URL)

    assert error.what.isascii()
    assert error.what.isprintable()
    assert len(error.what) < 300


def test_a_silent_failure_still_says_its_status() -> None:
    assert "exit status 7" in failure(Finished(7, b"", b""), URL).what
