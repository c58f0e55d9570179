"""Options that say whom to trust with a model's signature, in exactly one way."""

import attrs
import click

from provenance.cli.method_options import Typed, Ways
from provenance.cli.options import gathered, together
from provenance.signers.table import methods
from provenance.signers.trust import Trust

_WAYS = Ways(tuple(one.trusts_models for one in methods() if one.trusts_models))


@attrs.frozen
class TrustOptions:
    """The options about trust, as they were typed; without ``offline`` nothing connects either."""

    typed: Typed
    legacy: bool = False
    offline: bool = True

    def trust(self) -> Trust:
        """Return whom the one way to trust names that was meant.

        Raises:
            UsageError: for a file that cannot be read.
            click.UsageError: for no way to trust, for two, and for half of one.
        """
        found = Trust(_WAYS.one_of(self.typed, "whom you trust"))
        be_quiet()
        return found


def be_quiet() -> None:
    """Let the library of identities not warn that it goes offline: that is wanted of it."""
    import logging  # noqa: PLC0415 - nothing else here logs

    logging.getLogger("sigstore").setLevel(logging.ERROR)


oms_trust_options = together(
    _WAYS.offered("typed", lambda typed: typed),
    click.option("--offline", is_flag=True, help="Make no connection: so it is in any case."),
    click.option(
        "--allow-legacy",
        "legacy",
        is_flag=True,
        help="Accept signatures of model signing 0.2.0, too.",
    ),
    gathered("trust", TrustOptions, "typed", "legacy", "offline"),
)
