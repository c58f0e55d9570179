"""Lists of packages: which are locked, each to one version, and which only say what is needed."""

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from provenance.errors import Code, TextError
from provenance.text.budget import Budget
from provenance.text.loader_json import read_as_loaders_do
from provenance.text.restricted_toml import parse as parse_toml
from provenance.text.restricted_yaml import parse as parse_yaml
from provenance.text.yaml_tree import YamlPlain, to_plain
from provenance.values.artefact import Artefact
from provenance.values.component import Component
from provenance.values.evidence import Where

#: 8 MiB: the lock files of the largest projects come near a third of it.
_BUDGET = Budget(bytes=8 * 2**20, depth=32, items=400_000)
MOST_PACKAGES = 5000
#: What a list of packages may be.
OF_PACKAGES: Final = frozenset({Component.ENVIRONMENT, Component.SUPPORTING_LIBRARIES})
_HINT = "it counts as unread"
_REQUIREMENTS = re.compile(r"(?:.*/)?(?:requirements?|constraints?)[\w.-]*\.(?:txt|in|lock)")
_LINE = re.compile(r"(?P<name>[A-Za-z0-9][\w.-]{0,100})(?:\[[^\]]*\])?\s*(?P<rest>.*)")
_PINNED = re.compile(r"={2,3}\s*[\w.!+-]+\s*(?:;.*)?(?:\s--hash=.*)?|@\s*\S+@[0-9a-f]{40}\b.*")
_CONDA = re.compile(r"(?P<name>[a-z0-9][\w.-]{0,100})(?:(?P<pin>={1,2}[\w.*+-]+(?:=[\w.]+)?)|.*)")
_FROM = re.compile(r"^FROM\s+(?:--\S+\s+)*(?P<image>\S+)", re.MULTILINE | re.IGNORECASE)
_BY_DIGEST = re.compile(r".+@sha256:[0-9a-f]{64}")
_Packages = Iterable[tuple[str, bool]]


def reads_requirements(path: str) -> bool:
    """Tell whether a file's name is that of a list of packages, or of a container's recipe."""
    return _reader(path) is not None


def requirements_of(path: str, data: bytes, where: Where) -> Artefact | None:
    """Return the environment that a file locks, or the libraries that it names.

    A list in which every package has one version is a lock. ``None`` for a file that names nothing.

    Raises:
        TextError: for a file that cannot be read as its kind, or names more than 5,000 packages.
    """
    reader = _reader(path)
    try:
        _BUDGET.require_bytes(len(data), "the list of packages")
        if b"\0" in data:
            raise TextError("it holds bytes of zero", hint=_HINT, code=Code.RECIPE_SYNTAX)
        found = dict(reader(data.removeprefix(BOM_UTF8))) if reader else {}
    except UnicodeDecodeError as cause:
        what = f"it cannot be read as a list of packages: {str(cause)[:200]}"
        raise TextError(what, hint=_HINT, code=Code.RECIPE_SYNTAX) from cause
    if not found:
        return None
    if len(found) > MOST_PACKAGES:
        what = f"it names {len(found):,} packages, more than {MOST_PACKAGES:,}"
        raise TextError(what, hint=_HINT, code=Code.RESOURCE)
    names = tuple(sorted(found))
    if all(found.values()):
        what = f"locks {_counted(names)}"
        return Artefact(Component.ENVIRONMENT, path, where, what, names)
    what = f"names {_counted(names)}, and does not lock each"
    return Artefact(Component.SUPPORTING_LIBRARIES, path, where, what, names)


def _counted(names: tuple[str, ...]) -> str:
    return (
        f"{len(names)} packages, {names[0]} first" if len(names) > 1 else f"one package, {names[0]}"
    )


def normal(name: str) -> str:
    """Return the one form of a package's name.

    >>> normal("Flash_Attn.x")
    'flash-attn-x'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def _requirements(data: bytes) -> Iterator[tuple[str, bool]]:
    joined = data.decode().replace("\\\n", " ")
    for line in joined.splitlines():
        shown = line.partition(" #")[0].strip()
        match = None if shown.startswith(("#", "-")) else _LINE.fullmatch(shown)
        if match:
            yield normal(match["name"]), bool(_PINNED.fullmatch(match["rest"].strip()))


def _toml_lock(data: bytes) -> Iterator[tuple[str, bool]]:
    table = parse_toml(data)
    found = [*_tables(table.get("package")), *_tables(table.get("packages"))]
    for one in found:
        if isinstance(name := one.get("name"), str):
            pinned = isinstance(one.get("version"), str) or "source" in one or "vcs" in one
            yield normal(name), pinned


def _project(data: bytes) -> Iterator[tuple[str, bool]]:
    table = parse_toml(data)
    project, tool = _table(table.get("project")), _table(table.get("tool"))
    needed = project.get("dependencies")
    for one in needed if isinstance(needed, list) else []:
        if match := _LINE.fullmatch(str(one)):
            yield normal(match["name"]), False
    for name in _table(_table(tool.get("poetry")).get("dependencies")):
        yield normal(name), False


def _pipfile_lock(data: bytes) -> Iterator[tuple[str, bool]]:
    table = _table(read_as_loaders_do(data, budget=_BUDGET).value)
    for group in ("default", "develop"):
        for name, said in _table(table.get(group)).items():
            yield normal(name), isinstance(_table(said).get("version"), str)


def _conda(data: bytes) -> Iterator[tuple[str, bool]]:
    document = parse_yaml(data, budget=_BUDGET).root
    plain: YamlPlain = to_plain(document) if document else {}
    table = _table(plain)
    needed = table.get("dependencies")
    for one in needed if isinstance(needed, list) else []:
        if isinstance(one, str) and (match := _CONDA.fullmatch(one)):
            yield normal(match["name"]), match["pin"] is not None
        inner = _table(one).get("pip")
        if isinstance(inner, list):
            yield from _requirements("\n".join(map(str, inner)).encode())
    for each in _tables(table.get("package")):
        if isinstance(name := each.get("name"), str):
            yield normal(name), "version" in each


def _container(data: bytes) -> Iterator[tuple[str, bool]]:
    for match in _FROM.finditer(data.decode()):
        if match["image"].lower() != "scratch":
            yield match["image"][:200], bool(_BY_DIGEST.fullmatch(match["image"]))


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _tables(value: object) -> Iterator[Mapping[str, object]]:
    yield from (one for one in (value if isinstance(value, list) else []) if isinstance(one, dict))


_READERS: Final[Mapping[str, Callable[[bytes], _Packages]]] = MappingProxyType(
    {
        **dict.fromkeys(("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml"), _toml_lock),
        "pyproject.toml": _project,
        "Pipfile.lock": _pipfile_lock,
        **dict.fromkeys(
            ("environment.yml", "environment.yaml", "conda-lock.yml", "conda.yml", "conda.yaml"),
            _conda,
        ),
        **dict.fromkeys(("Dockerfile", "Containerfile"), _container),
    }
)


def _reader(path: str) -> Callable[[bytes], _Packages] | None:
    found = _READERS.get(path.rpartition("/")[2])
    return found or (_requirements if _REQUIREMENTS.fullmatch(path) else None)
