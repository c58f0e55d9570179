"""Build the wheel, install it alone in a bare environment, and import every module of it.

What works from a checkout can still miss a file, a dependency or a script once installed.
"""

import subprocess
import sys
import tempfile
import venv
import zipfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

#: What only works with an extra: pytest itself imports its plugin.
WITH_EXTRA = frozenset({"provenance.testing.pytest_plugin"})

#: Runs inside the bare environment, in a folder from which the sources cannot be seen.
IMPORT_ALL = """
import importlib, sys
for name in sys.stdin.read().split():
    importlib.import_module(name)
surplus = sorted({"numpy", "pytest", "hypothesis"} & set(sys.modules))
sys.exit(f"imported, but declared nowhere: {surplus}" if surplus else 0)
"""


def run(*command: str | Path, cwd: Path, text: str = "") -> str:
    """Run a program of ours and return what it printed; a failure ends the check."""
    try:
        done = subprocess.run(
            command, cwd=cwd, input=text, capture_output=True, text=True, check=True, timeout=300
        )
    except subprocess.CalledProcessError as failed:
        sys.exit(f"wheel: {failed}\n{failed.stdout}{failed.stderr}")
    return done.stdout


def modules(names: Iterable[str]) -> tuple[str, ...]:
    """Return the modules that the file names of a wheel make importable, ``__main__`` excepted.

    >>> modules(["provenance/__init__.py", "provenance/text/json.py", "provenance/py.typed"])
    ('provenance', 'provenance.text.json')
    """
    found = (
        name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for name in names
        if name.startswith("provenance/") and name.endswith(".py")
    )
    return tuple(sorted({it for it in found if not it.endswith(".__main__")} - WITH_EXTRA))


def lacking(names: Iterable[str], sources: Iterable[str]) -> tuple[str, ...]:
    """Return the source files that the wheel does not carry.

    >>> lacking(["provenance/a.py"], ["provenance/a.py", "provenance/schema.json"])
    ('provenance/schema.json',)
    """
    return tuple(sorted(set(sources) - set(names)))


def source_files() -> tuple[str, ...]:
    """Return every file of the package as a wheel names it."""
    return tuple(
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src" / "provenance").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )


def build(folder: Path) -> Path:
    """Build the wheel into the folder, with the build backend that is installed here."""
    options = ("--wheel", "--no-isolation", "--outdir", folder)
    run(sys.executable, "-m", "build", *options, ROOT, cwd=folder)
    (wheel,) = folder.glob("*.whl")
    return wheel


def bare_environment(folder: Path, wheel: Path, wheels: Path) -> Path:
    """Make an environment with the runtime lock and the wheel in it; return its programs.

    The lock is installed from the folder of wheels alone: no network is asked.
    """
    venv.create(folder, with_pip=False)
    programs = folder / "bin"
    pip = (sys.executable, "-m", "pip", "--python", programs / "python", "--quiet", "install")
    locked = ("--require-hashes", "--only-binary=:all:", "-r", ROOT / "requirements/runtime.txt")
    run(*pip, "--no-compile", "--no-index", "--find-links", wheels, *locked, cwd=ROOT)
    run(*pip, "--no-index", "--no-deps", wheel, cwd=ROOT)
    return programs


def main(arguments: list[str]) -> int:
    """Do all of it in a temporary folder; return 0, or end with what was wrong.

    The one argument is a folder with the wheels of the runtime lock.
    """
    wheels = Path(arguments[0]).resolve()
    with tempfile.TemporaryDirectory(prefix="wheel-check-") as name:
        folder = Path(name)
        wheel = build(folder)
        with zipfile.ZipFile(wheel) as archive:
            names = archive.namelist()
        if missing := lacking(names, source_files()):
            sys.exit(f"wheel: these files are left out: {', '.join(missing)}")
        importable = modules(names)
        programs = bare_environment(folder / "venv", wheel, wheels)
        inside = programs / "python"
        run(inside, "-I", "-W", "error", "-c", IMPORT_ALL, cwd=folder, text=" ".join(importable))
        version = run(programs / "provenance", "--version", cwd=folder).strip()
        run(inside, "-I", "-m", "provenance", "--help", cwd=folder)
    print(f"wheel: {wheel.name}: {len(importable)} modules import; {version}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
