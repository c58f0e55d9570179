"""What an id is on the Hub, where no model has it."""

from collections.abc import Callable

from provenance.errors import ProvenanceError
from provenance.sources.hub_watch import watched
from provenance.values.locator import LocatorKind
from provenance.values.ref import Ref
from provenance.values.settings import Settings

# It is asked only to say more of an error: nobody waits long for that.
PATIENCE = 30.0
_KINDS = {"dataset": LocatorKind.HUB_DATASET, "space": LocatorKind.HUB_SPACE}


def other_kind(ref: Ref, settings: Settings) -> LocatorKind | None:
    """Return that an id is a dataset's or a space's; ``None`` also where nobody could tell."""
    from huggingface_hub import HfApi  # noqa: PLC0415 - heavy

    api = HfApi(endpoint=settings.endpoint, token=settings.token or False)
    for repo_type, kind in _KINDS.items():

        def ask(answer: Callable[[bool], None], repo_type: str = repo_type) -> None:
            answer(api.repo_exists(ref.name, repo_type=repo_type))

        try:
            (there,) = watched(ask, what=str(ref), stall=PATIENCE)
        except ProvenanceError:
            return None
        if there:
            return kind
    return None
