"""What looking behind links needs besides the links."""

import math
from collections.abc import Callable
from datetime import datetime

import attrs

from provenance.doors.deadline import SharedTime
from provenance.errors import Code, SourceError
from provenance.ports.progress import Progress
from provenance.stores.evidence import EvidenceStore
from provenance.values.settings import Settings


@attrs.frozen
class Follower:
    """What following links needs besides the links: settings, the evidence store, a clock.

    ``released`` tells when the release's weights were published, if that is known: a repository
    that is linked without a revision is then looked at as it was. ``time`` is what all links have
    together.
    """

    settings: Settings
    store: EvidenceStore
    clock: Callable[[], datetime]
    progress: Progress
    released: Callable[[], datetime | None] = lambda: None
    time: SharedTime = attrs.field(
        default=attrs.Factory(
            lambda self: SharedTime(self.settings.budget.following), takes_self=True
        )
    )

    def seconds_left(self) -> float:
        """Return how long links may still be followed; a replay, which waits for nobody, for ever.

        Raises:
            SourceError: TIMEOUT, when it is over.
        """
        if self.store.replayed:
            return math.inf
        try:
            return self.time.left()
        except SourceError as error:
            raise SourceError(
                f"not reached in the {self.time.seconds:g} seconds for all links together",
                hint="look at it by itself, or give more time in Settings(budget=...)",
                code=Code.TIMEOUT,
            ) from error
