"""Methods of signing: what each asks of a caller who signs, or trusts; a row of their table."""

from collections.abc import Callable
from typing import Generic, TypeVar

import attrs

from provenance.ports.anchor import Anchor
from provenance.ports.credential import Credential
from provenance.values.option import Choice, Given, Option

Made = TypeVar("Made")


@attrs.frozen
class Way(Generic[Made]):
    """How options become what a caller signs with, or trusts.

    Attributes:
        options: what the commands offer, in this order; those of one flag are one option.
        begins: the flags that each say that this way is meant.
        make: makes it of the options that were given.
        choices: which of the options exclude each other.
        called: the flags that it takes, as an error names them beside other ways.
    """

    options: tuple[Option, ...]
    begins: tuple[str, ...]
    make: Callable[[Given], Made]
    choices: tuple[Choice, ...] = ()
    called: str = ""

    def __str__(self) -> str:
        """Return the flags that it takes."""
        return self.called or self.begins[0]


@attrs.frozen
class Method:
    """A method of signing.

    Attributes:
        name: what it is called.
        signs: how a caller signs by it; ``None`` where this version only verifies.
        trusts_recipes: how a caller trusts those who signed manifests by it, if one can.
        trusts_models: the same of model signatures.
        material: the kind of material that is its own in a bundle; empty where it is one of
            Sigstore's.
        repeatable: equal input gives equal bytes.
    """

    name: str
    signs: Way[Credential] | None = None
    trusts_recipes: Way[tuple[Anchor, ...]] | None = None
    trusts_models: Way[tuple[Anchor, ...]] | None = None
    material: str = ""
    repeatable: bool = True
