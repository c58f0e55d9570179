"""Programs that nobody here reads: in other languages than Python, or in an archive.

Told by their names only; each may be the program that trains, measures, runs or prepares.
"""

import re
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Final

from provenance.errors import Code
from provenance.recipe.code.elsewhere import shown
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
# A program that was packed alone, or stands where it is not run from.
_COPY: Final = "copies under another ending"
_COPIED: Final = re.compile(
    r".*\.(?:py|ipynb|sh|ya?ml|toml)\.(?:gz|bz2|xz|zst|lz4|txt|in|tmpl|j2|jinja|bak|orig)"
    r"|(?:.*[/_.-])?(?:code|train|src|source)\w{0,20}\.(?:gz|bz2|xz|zst|lz4|enc|gpg|patch|diff)",
    re.IGNORECASE,
)
_NO_ENDING: Final = "no language that its name tells"
# What is read is read by its ending as people write it.
_OTHER_CASE: Final = "an ending in capitals"
_READ: Final = frozenset({"py", "ipynb", "json", "toml", "yaml", "yml", "sh", "cfg", "ini"})
_ENDINGS: Final = MappingProxyType(
    {
        ending: language
        for language, endings in {
            "C": "c h",
            "C++": "cc cpp cxx c++ hh hpp hxx inl",
            "CUDA or Metal": "cu cuh metal",
            "OpenCL or shaders": "cl wgsl hlsl glsl comp",
            "assembly": "s asm",
            "Python of another ending": "pyw py2 py3 xonsh sage coconut",
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
            "Crystal": "cr",
            "Chapel": "chpl",
            "Erlang": "erl",
            "Lean": "lean",
            "V": "v",
            "Tcl": "tcl",
            "Groovy": "groovy",
            "Visual Basic": "vb bas",
            "SQL": "sql",
            "SAS or Stata": "sas do ado",
            "other shells": "bat cmd fish zsh ksh csh",
            "machine code": "pyc pyo pyd so dll dylib exe jar class wasm a o",
            _ARCHIVE: "zip tar tgz tbz2 txz 7z rar whl egg",
        }.items()
        for ending in endings.split()
    }
)
# Web sites and their parts, in the languages of those; and the folders of a project's tools.
_ASIDE: Final = re.compile(
    r"(?:^|/)(?:docs?|doc_src|website|site|_static|static|public|assets|node_modules)/",
    re.IGNORECASE,
)
_OF_SITES: Final = frozenset({"JavaScript or TypeScript", "PHP", "Ruby"})
_TOOLS: Final = re.compile(
    r"(?:^|/)\.(?:github|gitlab|git|circleci|husky|vscode|idea|devcontainer|yarn|storybook)/",
    re.IGNORECASE,
)
# Names without an ending that are known to be no program.
_WORDS: Final = re.compile(
    r"(?:.*/)?(?:\.[^/]*|[A-Z0-9][A-Z0-9_-]*|[0-9a-f]{7,64}|(?i:\w*file|codeowners|licen[cs]e[\w-]*"
    r"|copying|notice|readme|authors|latest|checkpoint|version|vocab|merges|labels?|[\w-]*data))"
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
    if _TOOLS.search(path) or _NO_PROGRAM.fullmatch(path):
        return None
    if _PACKED.fullmatch(path):
        return _ARCHIVE
    if _COPIED.fullmatch(path):
        return _COPY
    name = path.rpartition("/")[2]
    if "." not in name:
        return None if _WORDS.fullmatch(path) else _NO_ENDING
    ending = name.rpartition(".")[2]
    if ending != ending.lower() and ending.lower() in _READ:
        return _OTHER_CASE
    language = _ENDINGS.get(ending.lower())
    return None if language in _OF_SITES and _ASIDE.search(path) else language


def unread_programs(paths: Iterable[str]) -> Iterator[Unread]:
    """Yield the programs of each language that is not read."""
    found: dict[str, list[str]] = {}
    for path in paths:
        if language := language_of(path):
            found.setdefault(language, []).append(path)
    for language, named in sorted(found.items()):
        files = "file" if len(named) == 1 else "files"
        kind = language if language in {_ARCHIVE, _COPY} else f"{files} in {language}"
        what = f"{len(named)} {kind}: {shown(sorted(named))}"
        yield Unread(Code.NOT_COVERED, what, "only programs in Python are read", OF_PROGRAMS)
