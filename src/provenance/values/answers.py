"""Answers: what an audit was told besides bytes, each with the captures that it was read from."""

from collections.abc import Mapping

import attrs

from provenance.values.access import Access
from provenance.values.address import Address
from provenance.values.digest import Digest
from provenance.values.evidence import Capture
from provenance.values.facts import Checkpoint, Submodule
from provenance.values.hazard import Hazard, Limit
from provenance.values.listing import Listing
from provenance.values.loaded_code import LoadedCode
from provenance.values.ref import Ref
from provenance.values.source import PinnedSource


@attrs.frozen
class Answered:
    """Which repository answered to what was asked for, and what it lists.

    ``answered_as`` is its name where that is not the one that was asked for.
    """

    ref: Ref
    address: Address
    access: Access
    answered_as: str | None
    listing: Listing


@attrs.frozen
class FetchedCode:
    """A repository at its pin: its list, the files that were read, and captures of all but that.

    ``whole`` is false when a budget ended the reading.
    """

    pin: PinnedSource
    listing: Capture
    paths: tuple[str, ...]
    files: Mapping[str, bytes] = attrs.field(repr=False)
    captures: tuple[Capture, ...]
    hazards: tuple[Hazard, ...] = ()
    submodules: tuple[Submodule, ...] = ()
    whole: bool = attrs.field(default=True, kw_only=True)


@attrs.frozen
class PageAnswer:
    """What a page answered, the way there included, and what was not seen of it."""

    captures: tuple[Capture, ...] = attrs.field(repr=False)
    limits: tuple[Limit, ...] = ()


@attrs.frozen
class Branches:
    """The moments of training among branches and tags, and why they were not listed if not."""

    found: tuple[Checkpoint, ...] = ()
    limits: tuple[Limit, ...] = ()
    captures: tuple[Capture, ...] = attrs.field(default=(), repr=False)


@attrs.frozen
class Proof:
    """Whether git proves a list of the Hub, and why not where it could not be tried."""

    proven: bool = False
    limits: tuple[Limit, ...] = ()
    captures: tuple[Capture, ...] = attrs.field(default=(), repr=False)


@attrs.frozen
class Borne:
    """Whether the Hub bears out the commit that a copy claims, and what stood in the way."""

    bound: bool = False
    hazards: tuple[Hazard, ...] = ()
    limits: tuple[Limit, ...] = ()
    captures: tuple[Capture, ...] = attrs.field(default=(), repr=False)


@attrs.frozen
class TensorRoot:
    """The root over a release's tensors, if it has one, and what there was trouble with."""

    root: Digest | None
    limits: tuple[Limit, ...] = ()


@attrs.frozen
class InsideRead:
    """What stands in files that hold others: code, pickles, and what could not be looked at.

    ``terms`` are archives that hold terms which may bind more than an open licence, and the member.
    """

    code: tuple[LoadedCode, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    limits: tuple[Limit, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
