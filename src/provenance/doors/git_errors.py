"""What git's complaints mean; they are text from a stranger, shortened and escaped."""

import re

from provenance.doors.git_fsck import BROKEN
from provenance.doors.git_process import Finished
from provenance.doors.tunnel import proxy_trouble
from provenance.errors import Code, ReleaseError, SourceError
from provenance.values.network import Proxy

_TOO_LARGE = "the repository is larger than the budget for one"

# Sentences of git and of its http transport, in its C locale; the first that fits is meant.
_MEANINGS: dict[Code, tuple[str, tuple[str, ...]]] = {
    Code.RESOURCE: (
        _TOO_LARGE,
        (
            "died of signal",
            "out of memory",
            "cannot allocate memory",
            "file too large",
            "mmap failed",
            "failed to map segment",
            # Its only complaint: index-pack was killed, and so said nothing itself.
            r"\Afatal: fetch-pack: invalid index-pack output\Z",
            "unable to create thread",
        ),
    ),
    Code.GIT_FORMAT: (
        "the repository names its objects by SHA-256, which is not read: look at it by hand",
        ("mismatched algorithms", "unknown object format"),
    ),
    Code.GIT_REF: (
        "check the commit, branch or tag that the link names",
        ("not our ref", "couldn't find remote ref", "unadvertised object"),
    ),
    Code.LINK_DEAD: (
        "the repository is gone or renamed",
        ("repository '.*' not found", "returned error: (?:404|410|451)"),
    ),
    # Some servers answer so about what does not exist, too: nobody can tell from here.
    Code.LINK_DENIED: (
        "the repository is private, or gone: look at it as somebody whom its server knows",
        ("returned error: (?:401|403)", "could not read username", "authentication failed"),
    ),
    Code.GIT_MOVED: (
        "find out where the repository went, and name that address",
        (r"returned error: 30[12378]",),
    ),
    Code.TIMEOUT: (
        "try again later, or name a mirror that answers faster",
        ("operation too slow", "timed out", "returned error: 504"),
    ),
    Code.NET_PROXY: (
        "check HTTPS_PROXY, HTTP_PROXY and ALL_PROXY, and the name and password in them",
        (
            "could not resolve proxy",
            "from proxy after connect",
            "connect tunnel failed",
            "proxy connect",
        ),
    ),
    Code.NET_CERTIFICATE: (
        "if an authority of your own signs here, name its certificate in SSL_CERT_FILE",
        ("certificate",),
    ),
    Code.NET_DNS: (
        "check the name, and the name server of this machine",
        ("could not resolve",),
    ),
    Code.NET_REFUSED: (
        "check address and port, and whether the server runs; a proxy may be needed",
        ("failed to connect", "couldn't connect", "connection refused"),
    ),
    Code.NETWORK: (
        "check the network, then try again",
        (
            "connection (?:reset|was reset)",
            "recv failure",
            "empty reply",
            "transfer closed with",
            r"returned error: (?:429|5\d\d)",
            "ssl",
            "gnutls",
        ),
    ),
}
# What cannot be reached where a proxy is asked is the proxy.
_PROXY_S = frozenset({Code.NET_DNS, Code.NET_REFUSED})
_FSCK = re.compile("fsck error in p|fsck_finish")
# What git says of a pack that does not hold what it should; these are its own words, too.
_CORRUPT = re.compile(
    "did not receive expected object|did not send all necessary objects|pack has bad object"
    "|inflate returned|inflate inconsistency|pack is corrupted|pack signature mismatch"
    "|packfile .* corrupt|unresolved delta|cannot be used as a base|pack has .* delta"
    "|bad object|failed to apply delta|delta base offset|Could not read [0-9a-f]{40}",
    re.IGNORECASE,
)
_LONGEST = 200


def failure(
    finished: Finished, url: str, *, proxy: Proxy | None = None
) -> SourceError | ReleaseError:
    """Return the error that a failed git command stands for; ``proxy`` is what it went through.

    It is a ReleaseError where git refused the objects themselves: GIT_SUBMODULE for what
    `.gitmodules` says, GIT_FSCK for any other rule of git's that they break, GIT_CORRUPT where they
    are not what the pack says.
    """
    lines = [
        line.strip()
        for line in finished.errors[-(2**16) :].decode("utf-8", "replace").splitlines()
        if line.strip() and not line.startswith(("remote:", "warning:", "hint:"))
    ]
    said = next((line for line in reversed(lines) if line.startswith("fatal:")), "")
    said = said or (lines[-1] if lines else f"exit status {finished.status}")
    what = f"git cannot read {url}: {ascii(said)[1:-1][:_LONGEST]}"
    if finished.status < 0:
        return SourceError(what, hint=_TOO_LARGE, code=Code.RESOURCE)
    everything = "\n".join(lines)
    if _FSCK.search(everything):
        broken = next(line for line in lines if BROKEN.match(line) or _FSCK.search(line))
        rule = BROKEN.match(broken)
        return ReleaseError(
            f"{url} breaks git's rules: {ascii(broken)[1:-1][:_LONGEST]}",
            hint="do not trust the repository; git itself will not take it with fetch.fsckObjects",
            code=Code.GIT_SUBMODULE
            if rule and rule["rule"].startswith("gitmodules")
            else Code.GIT_FSCK,
        )
    if _CORRUPT.search(everything):
        return ReleaseError(
            what, hint="fetch again; if it stays so, do not trust it", code=Code.GIT_CORRUPT
        )
    for code, (hint, patterns) in _MEANINGS.items():
        if any(re.search(pattern, everything, re.IGNORECASE) for pattern in patterns):
            if proxy and code in _PROXY_S:
                return proxy_trouble(proxy, "cannot be reached by git")
            return SourceError(what, hint=hint, code=code)
    return SourceError(what, hint="look at the repository by hand", code=Code.GIT_FAILED)
