"""Is the environment fixed: every package at one version, or an image by its digest?"""

import re

import attrs

from provenance.checks.searching.holding import Found, Holding, Quest, files_of
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Confirmed, Contradicted, Finding, Outcome, Unknown


@attrs.frozen
class Environment:
    """A lock is there: every package that it names has one version, or is an image by digest.

    Needs: a lock file of a known kind, the imports of the programs beside it.
    Proves: what was installed can be installed again; with rung 5, that the lock names all that
    the programs import.
    Does not prove: that training ran in it, nor drivers and hardware.
    Example: ``requirements.lock`` with ``numpy==2.4.6 --hash=sha256:…``, beside programs that
    import nothing but numpy.
    """

    id: str = "environment-locked"
    component: Component = Component.ENVIRONMENT

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5."""
        find = files_of(self.component)
        return Quest(self.id, self.component, "lock file", find, imports_found_in).judge(facts)


# Packages that are imported under their own name: what a lock lacks of them is missing.
_SAME_NAME = frozenset(
    [
        "accelerate",
        "datasets",
        "deepspeed",
        "flax",
        "jax",
        "lightning",
        "megatron",
        "numpy",
        "pandas",
        "peft",
        "safetensors",
        "scipy",
        "sentencepiece",
        "tensorflow",
        "tiktoken",
        "tokenizers",
        "torch",
        "torchvision",
        "transformers",
        "trl",
        "triton",
    ]
)
# Packages that are imported under another name.
_IMPORTED_AS = {
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python",
    "dateutil": "python-dateutil",
    "git": "gitpython",
    "google": "protobuf",
    "pil": "pillow",
    "pytorch-lightning": "pytorch-lightning",
    "sklearn": "scikit-learn",
    "yaml": "pyyaml",
}


def imports_found_in(found: Found, holding: Holding, _: Facts) -> Outcome:
    """Return whether a list of packages names all that the programs beside it import."""
    needed = {_package(name) for name in holding.imports}
    if not needed:
        return Unknown("no program beside the list imports anything", found.where)
    missing = sorted(needed - found.names)
    if not missing:
        return Confirmed(f"it names {', '.join(sorted(needed)[:8])}: all imports", found.where)
    known = [name for name in missing if name in _SAME_NAME]
    if known:
        return Contradicted(f"it does not name {known[0]}, which programs import", found.where)
    return Unknown(f"it names no package {missing[0]}, which programs import", found.where)


def _package(name: str) -> str:
    one = re.sub(r"[-_.]+", "-", name).lower()
    return _IMPORTED_AS.get(one, one)
