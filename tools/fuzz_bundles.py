"""Fuzz the readers of bundles and statements: a value or a typed refusal, and nothing else.

Run by ``make fuzz``, in an environment that has atheris. The arguments are libFuzzer's.
"""

import sys
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "fixtures" / "bundles"
# What the fuzzer finds interesting is kept here from run to run.
FOUND = ROOT / "build" / "fuzz"


def read(data: bytes) -> None:
    """Read bytes in every way in which bytes from outside are read; a refusal is fine."""
    from provenance.errors import ProvenanceError  # noqa: PLC0415 - instrumented by main
    from provenance.wire.bundle import parse_bundle  # noqa: PLC0415 - as above
    from provenance.wire.oms_bundle import (  # noqa: PLC0415 - as above
        encode_model_bundle,
        parse_model_bundle,
    )
    from provenance.wire.oms_statement import parse_model  # noqa: PLC0415 - as above
    from provenance.wire.statement import parse_statement  # noqa: PLC0415 - as above

    for reader in (parse_model, parse_bundle, parse_statement):
        with suppress(ProvenanceError):
            reader(data)
    with suppress(ProvenanceError):
        found = parse_model_bundle(data)
        parse_model(found.bundle.envelope.payload)
        if not found.tolerated:
            parse_model_bundle(encode_model_bundle(found.bundle))


def main() -> None:
    """Hand the good bundles to the fuzzer, and let it go on from there."""
    import atheris  # type: ignore[import-untyped]  # noqa: PLC0415 - only `make fuzz` has it

    FOUND.mkdir(parents=True, exist_ok=True)
    with atheris.instrument_imports(include=["provenance"]):
        read(b"")
    atheris.Setup([*sys.argv, "-max_len=16384", str(FOUND), str(SEEDS)], read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
