"""What the loopback Hub says of the commits of a repository."""

from datetime import UTC, datetime
from html import escape

from provenance.testing.hub_paging import page_of
from provenance.testing.hub_requests import Reply, Request
from provenance.testing.hub_state import RepoType

# The real Hub's, whatever the page of other listings is.
_PAGE = 50
_FORM = "--format=%H%x00%ct%x00%s%x00%b%x00%an"
_FIELDS = 5


def get_commits(request: Request, kind: RepoType, repo_id: str, revision: str) -> Reply:
    """List the commits behind a revision, newest first, a page at a time."""
    hosted = request.hosted(kind, repo_id)
    commit = request.commit(hosted, revision)
    cells = hosted.repository.git("log", "-z", _FORM, commit).decode().split("\0")[:-1]
    rows = [
        _row(*cells[start : start + _FIELDS], formatted=_formatted(request))
        for start in range(0, len(cells), _FIELDS)
    ]
    page = page_of(rows, request, min(_PAGE, request.hub.page))
    return Reply.of_json(page.rows, {"X-Total-Count": str(len(rows)), **page.headers})


def iso(seconds: int) -> str:
    """Return a moment as the Hub writes it."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _formatted(request: Request) -> bool:
    return request.query.get("expand[]") == "formatted"


def _row(  # noqa: PLR0913 - one for each field of git's line
    commit: str, seconds: str, title: str, body: str, author: str, *, formatted: bool
) -> dict[str, object]:
    message = body.strip()
    row: dict[str, object] = {
        "id": commit,
        "title": title,
        "message": message,
        "authors": [{"user": author}],
        "date": iso(int(seconds)),
    }
    if formatted:
        row["formatted"] = {"title": escape(title), "message": f"<p>{escape(message)}</p>"}
    return row
