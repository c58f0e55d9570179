"""The loopback Hub's routes, one line each."""

import re

from provenance.testing.hub_commits import get_commits
from provenance.testing.hub_content import get_file, get_small, get_stored
from provenance.testing.hub_discussions import get_discussion, get_discussions, open_discussion
from provenance.testing.hub_git import speak_git, speak_source
from provenance.testing.hub_listing import (
    get_info,
    get_paths,
    get_refs,
    get_tree,
    who_am_i,
)
from provenance.testing.hub_requests import Route
from provenance.testing.hub_uploads import announce, put_stored, verify_stored
from provenance.testing.hub_writing import ask_before, check_card, commit_files, create_repository
from provenance.testing.hub_xet import get_read_token

_ID = r"(?P<repo_id>[\w.-]+/[\w.-]+|[\w.-]+)"
_KIND = r"(?P<kind>models|datasets|spaces)"
_PLACE = rf"/(?:(?P<kind>datasets|spaces)/)?{_ID}"
_REVISION = r"(?P<revision>[^/]+)"
_DIGEST = r"(?P<digest>[0-9a-f]{64})"
_SERVICE = r"(?P<service>info/refs|git-upload-pack)"

_TABLE: tuple[tuple[str, str, Route], ...] = (
    ("GET", r"/api/whoami-v2", who_am_i),
    ("GET", rf"/api/{_KIND}/{_ID}/tree/{_REVISION}(?:/(?P<path>.*))?", get_tree),
    ("POST", rf"/api/{_KIND}/{_ID}/paths-info/{_REVISION}", get_paths),
    ("GET", rf"/api/{_KIND}/{_ID}/refs", get_refs),
    ("GET", rf"/api/{_KIND}/{_ID}/commits/{_REVISION}", get_commits),
    ("GET", rf"/api/{_KIND}/{_ID}/xet-read-token/{_REVISION}", get_read_token),
    ("GET", rf"/api/{_KIND}/{_ID}/discussions", get_discussions),
    ("POST", rf"/api/{_KIND}/{_ID}/discussions", open_discussion),
    ("GET", rf"/api/{_KIND}/{_ID}/discussions/(?P<number>\d+)", get_discussion),
    ("POST", r"/api/repos/create", create_repository),
    ("POST", r"/api/validate-yaml", check_card),
    ("POST", rf"/api/{_KIND}/{_ID}/preupload/{_REVISION}", ask_before),
    ("POST", rf"/api/{_KIND}/{_ID}/commit/{_REVISION}", commit_files),
    ("POST", rf"{_PLACE}\.git/info/lfs/objects/batch", announce),
    ("PUT", rf"/lfs/{_DIGEST}", put_stored),
    ("POST", rf"/api/lfs/{_DIGEST}/verify", verify_stored),
    ("GET", rf"/api/{_KIND}/{_ID}(?:/revision/{_REVISION})?", get_info),
    (
        "GET HEAD",
        rf"/api/resolve-cache/{_KIND}/{_ID}/(?P<revision>[0-9a-f]{{40}})/(?P<path>.+)",
        get_small,
    ),
    ("GET HEAD", rf"/lfs/{_DIGEST}", get_stored),
    ("GET POST", rf"/git/(?P<name>.+?)(?:\.git)?/{_SERVICE}", speak_source),
    ("GET POST", rf"{_PLACE}(?:\.git)?/{_SERVICE}", speak_git),
    ("GET HEAD", rf"{_PLACE}/resolve/{_REVISION}/(?P<path>.+)", get_file),
)

ROUTES: tuple[tuple[str, re.Pattern[str], Route], ...] = tuple(
    (methods, re.compile(pattern), route) for methods, pattern, route in _TABLE
)
