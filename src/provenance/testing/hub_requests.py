"""A request to the loopback Hub, taken apart, and the answer to it."""

import json
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import unquote, urlencode

import attrs

from provenance.testing.hub_state import Fault, Hosted, HubState, RepoType, User

_CHUNK = 2**20


class Refusal(Exception):  # noqa: N818 - an answer of the Hub, not an error of ours
    """An answer that refuses: a status, the Hub's code for it, a message, and more headers."""

    def __init__(
        self,
        status: int,
        code: str = "",
        message: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Refuse with a status and, where the Hub gives one, a code."""
        super().__init__(message)
        self.headers = dict(headers or {})
        self.status = status
        self.code = code
        self.message = message


@attrs.frozen
class Reply:
    """An answer: status, headers, and a body of known length, in pieces."""

    status: int
    length: int
    body: Iterable[bytes]
    headers: Mapping[str, str] = attrs.field(factory=dict)

    @classmethod
    def of_json(cls, value: object, headers: Mapping[str, str] | None = None) -> "Reply":
        """Answer with JSON."""
        data = json.dumps(value).encode()
        found = {"Content-Type": "application/json", **(headers or {})}
        return cls(200, len(data), (data,), found)

    @classmethod
    def empty(cls, status: int, headers: Mapping[str, str] | None = None) -> "Reply":
        """Answer without a body."""
        return cls(status, 0, (), headers or {})


@attrs.frozen
class Request:
    """What was asked of the Hub, taken apart."""

    hub: HubState
    method: str
    path: str
    query: Mapping[str, str]
    expand: tuple[str, ...]
    headers: Mapping[str, str]
    body: bytes
    fault: Fault | None

    @property
    def user(self) -> User | None:
        """Return who asks; a token that nobody has is refused."""
        token = self.headers.get("authorization", "").removeprefix("Bearer ").strip()
        if not token:
            return None
        found = self.hub.tokens.get(token)
        if found is None:
            raise Refusal(401, message="Invalid credentials in Authorization header")
        return found

    def hosted(self, kind: RepoType, repo_id: str, *, content: bool = False) -> Hosted:
        """Return the repository, if this user may know of it; ``content`` asks for its bytes."""
        user = self.user
        if new := self.hub.renamed.get((kind, repo_id)):
            asked = {**self.query, "expand": self.expand} if self.expand else self.query
            query = f"?{urlencode(asked, doseq=True)}" if asked else ""
            place = self.path.replace(repo_id, new, 1) + query
            raise Refusal(307, headers={"Location": place})
        found = self.hub.hosted.get((kind, repo_id))
        if found is None or (found.private and user is None):
            raise Refusal(404 if user else 401, "RepoNotFound", "Repository not found")
        if found.disabled:
            raise Refusal(403, message="Access to this resource is disabled.")
        if content and found.gated and (user is None or repo_id not in user.granted):
            raise Refusal(403 if user else 401, "GatedRepo", f"Access to {repo_id} is restricted.")
        return found

    @property
    def signed_in(self) -> User:
        """Return who asks; a stranger is refused."""
        if self.user is None:
            raise Refusal(401, message="Invalid username or password.")
        return self.user

    def writable(self, kind: RepoType, repo_id: str, *, proposing: bool) -> Hosted:
        """Return the repository, if this user may write to it; to propose it is enough to read."""
        user = self.signed_in
        if user.may_write(repo_id):
            return self.hosted(kind, repo_id)
        found = self.hosted(kind, repo_id, content=True)
        if not proposing:
            raise Refusal(403, message="Forbidden: pass `create_pr=1` to open a pull request.")
        return found

    def commit(self, hosted: Hosted, revision: str | None) -> str:
        """Return the commit that a revision names."""
        found = hosted.repository.resolve(unquote(revision or "main"))
        if found is None:
            raise Refusal(404, "RevisionNotFound", f"Invalid rev id: {revision}")
        return found


Route = Callable[..., Reply]
