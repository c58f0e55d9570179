"""Public fakes that are real: a Hub and git over HTTP, on this machine alone."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provenance.testing.hub import LoopbackHub
    from provenance.testing.hub_state import Fault, User
    from provenance.testing.releases import Published, publish_folder, publish_release
    from provenance.testing.repository import Repository

# Loaded when first asked for: pytest imports this package at its own start, for the fixture's sake.
_HOMES = {
    "Fault": "provenance.testing.hub_state",
    "LoopbackHub": "provenance.testing.hub",
    "Published": "provenance.testing.releases",
    "Repository": "provenance.testing.repository",
    "User": "provenance.testing.hub_state",
    "publish_folder": "provenance.testing.releases",
    "publish_release": "provenance.testing.releases",
}

__all__ = [
    "Fault",
    "LoopbackHub",
    "Published",
    "Repository",
    "User",
    "publish_folder",
    "publish_release",
]


def __getattr__(name: str) -> object:
    """Load a public name from where it lives, once."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
