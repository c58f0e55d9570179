"""Secrets: tokens, keys and passwords that stand where others can read them."""

import attrs

_SHOWN = 4


@attrs.frozen
class Secret:
    """What looks like a secret: which kind, the bytes where it stands, and who takes it back.

    ``text`` is the secret itself, empty for a key that is larger than its head; no report holds it.
    """

    kind: str
    start: int
    end: int
    text: str = attrs.field(repr=False)
    revoke: str

    @property
    def shown(self) -> str:
        """Return what may be said of it: its kind and length, and of a token how it begins.

        >>> Secret("a GitHub token", 0, 40, "ghp_" + "a1" * 18, "GitHub").shown
        'a GitHub token, 40 characters that begin with ghp_'
        >>> Secret("a password", 0, 8, "Tr0ub4do", "").shown
        'a password, 8 characters'
        """
        if not self.text:
            return self.kind
        size = f"{self.kind}, {len(self.text)} characters"
        # Four letters of a password are half of it.
        hidden = self.kind.startswith("a password")
        return size if hidden else f"{size} that begin with {self.text[:_SHOWN]}"
