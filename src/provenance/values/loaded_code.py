"""Code of a release that loading runs: which file asks for it, and what could not be looked at."""

import attrs

from provenance.values.hazard import Limit

_PROGRAM = ".py"


@attrs.frozen(order=True)
class LoadedCode:
    """A class, function or file that a loader runs, by which of the loaders' rules.

    ``path`` is the file of the release that asks for it, or that is imported for its name alone;
    ``name`` is what it names, as written (``modeling_toy.Toy``, ``org/other--modeling.Toy``);
    ``member`` is the file inside, where ``path`` is an archive.
    """

    path: str
    name: str
    rule: str
    member: str = ""

    @property
    def elsewhere(self) -> bool:
        """Whether the code stands in another repository."""
        return "--" in self.name

    @property
    def places(self) -> tuple[str, ...]:
        """Return where the release would hold it: programs, or classes by their dotted path.

        >>> LoadedCode("vit/config.json", "model.Toy", "auto-map").places
        ('model.Toy', 'vit.model.Toy')
        """
        if self.elsewhere or self.member:
            return ()
        if self.path.endswith(_PROGRAM):
            return (self.path,)
        folder = self.path.rpartition("/")[0]
        if not folder:
            return (self.name,)
        joint = "/" if self.name.endswith(_PROGRAM) else "."
        return (self.name, joint.join((folder.replace("/", joint), self.name)))


@attrs.frozen
class CodeSearch:
    """What was found of such code, and by name what was not read of where it may hide.

    >>> CodeSearch().whole
    True
    """

    found: tuple[LoadedCode, ...] = ()
    unread: tuple[Limit, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """Return where the release would hold any of it."""
        return tuple(sorted({place for one in self.found for place in one.places}))

    @property
    def whole(self) -> bool:
        """Whether everything was read that could ask for such code."""
        return not self.unread


#: A release in which there was nothing that could ask for code.
NOTHING_TO_SEARCH = CodeSearch()
