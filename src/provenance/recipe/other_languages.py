"""Programs that nobody here reads: in other languages than Python, or in an archive.

Told by their names only; each may be the program that trains, measures, runs or prepares.
"""

import re
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Final

from provenance.errors import Code
from provenance.recipe.elsewhere import shown
from provenance.values.component import Component
from provenance.values.unread import Unread

#: What a program may be, or state.
OF_PROGRAMS: Final = frozenset(
    {
        *(Component.TRAINING_CODE, Component.INFERENCE_CODE, Component.EVALUATION_CODE),
        *(Component.DATA_PREPROCESSING_CODE, Component.HYPER_PARAMETERS, Component.SEEDS),
        Component.DATA_ORDER,
    }
)
_ARCHIVE: Final = "archives"
_PACKED: Final = re.compile(r".*\.tar\.(?:gz|bz2|xz|zst|lz4)", re.IGNORECASE)
_ENDINGS: Final = MappingProxyType(
    {
        ending: language
        for language, endings in {
            "C": "c",
            "C++": "cc cpp cxx c++",
            "CUDA or Metal": "cu metal",
            "Rust": "rs",
            "Go": "go",
            "Julia": "jl",
            "R": "r rmd",
            "Java or Kotlin": "java kt kts",
            "Scala": "scala",
            "JavaScript or TypeScript": "js mjs cjs ts tsx jsx",
            "Lua": "lua",
            "Swift": "swift",
            "Perl": "pl",
            "Ruby": "rb",
            "MATLAB or Objective-C": "m mm mlx",
            "Cython": "pyx",
            "C#": "cs",
            "F#": "fs",
            "Fortran": "f f77 f90 f95 f03",
            "Haskell": "hs",
            "OCaml": "ml",
            "Elixir": "ex exs livemd",
            "Clojure": "clj",
            "Lisp": "lisp scm rkt",
            "Nim": "nim",
            "Zig": "zig",
            "D": "d",
            "Mojo": "mojo",
            "PHP": "php",
            "Mathematica": "nb wl wls",
            "Quarto": "qmd",
            "Prolog": "prolog",
            "Dart": "dart",
            "PowerShell": "ps1",
            "Ada": "adb",
            "Pascal": "pas",
            _ARCHIVE: "zip tar tgz tbz2 txz 7z rar whl egg",
        }.items()
        for ending in endings.split()
    }
)
# Web sites and their parts; what only shows the work.
_ASIDE: Final = re.compile(
    r"(?:.*/)?(?:\.[^/]+|docs?|doc_src|website|site|_static|static|public|assets|node_modules)/.*",
    re.IGNORECASE,
)
# Settings of the tools of a language, and what packers leave.
_NO_PROGRAM: Final = re.compile(
    r"(?:.*/)?(?:[\w.-]+\.config\.[cm]?[jt]s|[\w.-]+\.min\.js|[\w.-]+\.d\.ts)", re.IGNORECASE
)


def language_of(path: str) -> str | None:
    """Return the language that a file's ending stands for, of those that are not read.

    >>> language_of("src/train.cu"), language_of("train.py"), language_of("docs/_static/a.js")
    ('CUDA or Metal', None, None)
    """
    if _ASIDE.fullmatch(path) or _NO_PROGRAM.fullmatch(path):
        return None
    if _PACKED.fullmatch(path):
        return _ARCHIVE
    name = path.rpartition("/")[2]
    return _ENDINGS.get(name.rpartition(".")[2].lower()) if "." in name else None


def unread_programs(paths: Iterable[str]) -> Iterator[Unread]:
    """Yield the programs of each language that is not read."""
    found: dict[str, list[str]] = {}
    for path in paths:
        if language := language_of(path):
            found.setdefault(language, []).append(path)
    for language, named in sorted(found.items()):
        files = "file" if len(named) == 1 else "files"
        kind = language if language == _ARCHIVE else f"{files} in {language}"
        what = f"{len(named)} {kind}: {shown(sorted(named))}"
        yield Unread(Code.NOT_COVERED, what, "only programs in Python are read", OF_PROGRAMS)
