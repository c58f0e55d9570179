"""What ``provenance digest`` says: lists for other programs, and a few lines for people."""

import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from provenance.cli.exit_codes import ExitCode
from provenance.cli.output import write_result
from provenance.errors import Code
from provenance.text.sum_list import write
from provenance.text.untrusted import has_bidi, has_control, printable
from provenance.values.digest import Algorithm, Digest
from provenance.values.digest_list import DigestList, Trouble
from provenance.values.inventory import How
from provenance.values.tensor_digest import TensorDigest

if TYPE_CHECKING:
    from provenance.flows.digesting.check_digests import Checked
    from provenance.wire.scalars import JsonObject

# Lines that are written with one call.
AT_ONCE = 1000


def tell(found: DigestList, form: str, output: Path | None) -> ExitCode:
    """Print or write a list, say what it holds, and return whether it is clean."""
    # A part is of use to --merge alone, which reads nothing else.
    as_json = form == "json" or found.share is not None
    if not as_json:
        found = _without_odd_names(found)
    _write(_encoded(found) if as_json else _lines(found), output)
    _say(found.troubles)
    hows = found.rows.hows
    counts = ", ".join(f"{hows.count(how)} {how}" for how in How if how in hows) or "none"
    click.echo(
        f"{len(hows)} files, {found.size} bytes: {counts}; {len(found.troubles)} troubles", err=True
    )
    return ExitCode.DONE if found.clean else ExitCode.NEGATIVE


def tell_checked(checked: "Checked", form: str, output: Path | None) -> ExitCode:
    """Print or write how files compare with a list, and return whether all of it matches."""
    if form == "json":
        _write(_json(_encoded_checked(checked)), output)
    else:
        differing = [f"{printable(path)}: differs\n" for path in checked.differing]
        missing = (f"{printable(path)}: is not there\n" for path in checked.missing)
        _write([*differing, *missing], output)
    _say(checked.troubles)
    click.echo(
        f"{checked.matching} files match, {len(checked.differing)} differ, "
        f"{len(checked.missing)} are missing, {checked.unlisted} are not listed; "
        f"{len(checked.troubles)} troubles",
        err=True,
    )
    return ExitCode.DONE if checked.clean else ExitCode.NEGATIVE


def _without_odd_names(found: DigestList) -> DigestList:
    """Return a list without the names that would show as others: the format cannot escape them."""
    odd = [path for path in found.rows.paths if not path.isprintable() and _misleads(path)]
    if not odd:
        return found
    kept = tuple(row for row in found.rows if row.path not in set(odd))
    what = "holds characters that reorder or hide text: only --format json can name it"
    troubles = (Trouble(path, Code.BIDI, f"{path[:200]!a} {what}") for path in odd)
    return attrs.evolve(found, rows=kept, troubles=(*found.troubles, *troubles))


def _misleads(path: str) -> bool:
    return has_bidi(path) or has_control(path)


def _lines(found: DigestList) -> Iterable[str]:
    if found.tensors is not None:
        return _tensor_lines(found.tensors, found.tensor_root)
    if found.algorithms == (Algorithm.SHA256,):
        digests = (digest for (digest,) in found.rows.digests)
        return write(zip(found.rows.paths, digests, strict=True))
    return (
        f"{algorithm}:{value.hex()}  {row.path}\n"
        for row in found.rows
        for algorithm, value in zip(found.algorithms, row.digests, strict=True)
    )


def _tensor_lines(tensors: Iterable[TensorDigest], root: Digest | None) -> Iterable[str]:
    for one in tensors:
        shape = ",".join(map(str, one.shape))
        # A name may hold anything, a line break too: in a line of ours it is always escaped.
        yield f"{one.digest.hex}  {one.dtype.label}[{shape}]  {printable(one.name)}\n"
    yield f"tensor root: {root or 'none'}\n"


def _encoded(found: DigestList) -> Iterable[str]:
    from provenance.wire.digests_json import encode_digests  # noqa: PLC0415 - few ask for it

    return _json(encode_digests(found))


def _json(content: "JsonObject") -> Iterable[str]:
    import json  # noqa: PLC0415 - as above

    yield from (json.dumps(content, indent=1), "\n")


def _encoded_checked(checked: "Checked") -> "JsonObject":
    from provenance.wire.digests_json import encode_trouble  # noqa: PLC0415 - as above

    return {
        "clean": checked.clean,
        "differing": list(checked.differing),
        "matching": checked.matching,
        "missing": list(checked.missing),
        "troubles": [encode_trouble(one) for one in checked.troubles],
        "unlisted": checked.unlisted,
    }


def _write(texts: Iterable[str], output: Path | None) -> None:
    if output:
        write_result(output, "".join(texts).encode())
        return
    # Exact for the next program; for eyes, what hides or moves text is made visible.
    if sys.stdout.isatty():
        texts = (f"{printable(text.removesuffix(end))}{end}" for text in texts for end in ["\n"])
    left = iter(texts)
    while some := "".join(islice(left, AT_ONCE)):
        sys.stdout.write(some)


def _say(troubles: Iterable[Trouble]) -> None:
    for one in troubles:
        click.echo(f"trouble [{one.code}]: {printable(one.what)}", err=True)
