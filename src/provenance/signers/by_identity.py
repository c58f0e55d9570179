"""Trust in an identity (Sigstore without keys), as a caller names it: and who says that it is."""

from pathlib import Path

import attrs

from provenance.errors import UsageError
from provenance.ports.method import Method, Way
from provenance.ports.verifier import Verifier
from provenance.values.identity import Oidc
from provenance.values.option import Given, Kind, Option
from provenance.values.terms import Terms

_IDENTITY = "--identity"
_ISSUER = "--issuer"
_CONFIG = "--trust-config"


@attrs.frozen
class TrustedIdentity:
    """An identity and its issuer: see :class:`provenance.ports.anchor.Anchor`.

    Attributes:
        identity: who has to have signed, compared character by character.
        issuer: who says so.
        config: a trust configuration or a trusted root of Sigstore's; without one, the public
            instance's, as it came with the sigstore library.
    """

    identity: str
    issuer: str
    config: Path | None = None

    def verifiers(self, terms: Terms) -> tuple[Verifier, ...]:  # noqa: ARG002 - the port's
        """Return the identity, with its issuer.

        Raises:
            UsageError: for half of one.
        """
        from provenance.signers.keyless import KeylessTrust  # noqa: PLC0415 - heavy

        if not self.identity or not self.issuer:
            raise UsageError(
                "an identity is one only together with who says so",
                hint="give both --identity and --issuer",
            )
        return (KeylessTrust(Oidc(self.identity, self.issuer), self.config),)


def _anchors(given: Given) -> tuple[TrustedIdentity]:
    identity, issuer = given.texts.get(_IDENTITY, ""), given.texts.get(_ISSUER, "")
    return (TrustedIdentity(identity, issuer, given.paths.get(_CONFIG)),)


METHOD = Method(
    "identity",
    trusts_models=Way(
        (
            Option(_IDENTITY, Kind.TEXT, "The identity that you trust (Sigstore).", metavar="I"),
            Option(_ISSUER, Kind.TEXT, "Who says that it is that identity.", metavar="URL"),
            Option(
                _CONFIG,
                Kind.PATH,
                "Another instance of Sigstore's.",
                metavar="F",
                with_flag=_IDENTITY,
            ),
        ),
        (_IDENTITY, _ISSUER),
        _anchors,
        called=f"{_IDENTITY} with {_ISSUER}",
    ),
    # A key of minutes signs, and a log tells the time.
    repeatable=False,
)
