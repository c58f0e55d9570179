"""Options of a command as data: what a method of signing asks of whoever uses it."""

from collections.abc import Mapping
from enum import Enum, auto, unique
from pathlib import Path

import attrs


@unique
class Kind(Enum):
    """What stands after an option, and what of it is handed over."""

    # A file's bytes; of a key's, no more than a key can have.
    FILE = auto()
    KEY_FILE = auto()
    # A private key's bytes, and its password where it needs one: from the option of the kind
    # PASSWORD_FILE beside it, from the environment, or from who is asked for it.
    PRIVATE_KEY = auto()
    PASSWORD_FILE = auto()
    # Where a file is: whoever uses it reads it.
    PATH = auto()
    TEXT = auto()
    FLAG = auto()


@attrs.frozen
class Option:
    """An option of the command line.

    Attributes:
        flag: its name, ``--public-key`` for example.
        kind: what stands after it.
        help: a sentence about it; of a password's file, the command line knows its own.
        metavar: what the help calls its value.
        many: it may be given several times.
        required: the method cannot do without it.
        with_flag: the option that it means nothing without, if there is one.
    """

    flag: str
    kind: Kind
    help: str = ""
    metavar: str | None = None
    many: bool = False
    required: bool = False
    with_flag: str = ""


@attrs.frozen
class Choice:
    """Options that exclude each other; ``said`` is what a caller hears who gives two of them.

    With ``needed``, one of them has to be given where ``needed`` is.
    """

    flags: tuple[str, ...]
    said: str
    needed: str = ""


@attrs.frozen
class PrivatePem:
    """A private key as its file has it, and its password, if it has one."""

    pem: bytes = attrs.field(repr=False)
    password: bytes | None = attrs.field(default=None, repr=False)


@attrs.frozen
class Given:
    """What was given, by the flags of the options; what was not given is not there."""

    files: Mapping[str, tuple[bytes, ...]] = attrs.field(factory=dict, repr=False)
    keys: Mapping[str, PrivatePem] = attrs.field(factory=dict, repr=False)
    paths: Mapping[str, Path] = attrs.field(factory=dict)
    texts: Mapping[str, str] = attrs.field(factory=dict)
    flags: frozenset[str] = frozenset()
