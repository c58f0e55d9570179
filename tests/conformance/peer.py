"""What the peer's Python runs: signs or verifies a model with the package `model_signing`.

Arguments: ``sign|verify``, ``key|certificate``, the model, the signature, a JSON object of options.
"""

import json
import sys
from pathlib import Path


def main(action: str, method: str, model: str, signature: str, options: dict[str, str]) -> None:
    """Do it, or end with an error."""
    from model_signing import (  # type: ignore[import-not-found]  # noqa: PLC0415 - the peer's own
        hashing,
        signing,
        verifying,
    )

    if action == "sign":
        signer = signing.Config()
        if method == "key":
            signer.use_elliptic_key_signer(private_key=Path(options["key"]))
        else:
            signer.use_certificate_signer(
                private_key=Path(options["key"]),
                signing_certificate=Path(options["certificate"]),
                certificate_chain=[Path(options["chain"])],
            )
        found = hashing.Config()
        if "shard_size" in options:
            found.use_shard_serialization(
                hashing_algorithm=options["hash"], shard_size=int(options["shard_size"])
            )
        else:
            found.use_file_serialization(hashing_algorithm=options["hash"])
        signer.set_hashing_config(found.set_ignored_paths(paths=[Path(signature).name]))
        signer.sign(Path(model), Path(signature))
        return
    verifier = verifying.Config()
    if method == "key":
        verifier.use_elliptic_key_verifier(public_key=Path(options["key"]))
    else:
        verifier.use_certificate_verifier(certificate_chain=[Path(options["chain"])])
    if options["hash"] == "blake2":
        # It guesses the name that it writes, and does not know it.
        found = hashing.Config().use_file_serialization(hashing_algorithm="blake2")
        verifier.set_hashing_config(found)
    verifier.verify(Path(model), Path(signature))


if __name__ == "__main__":
    asked, by, folder, place, given = sys.argv[1:]
    main(asked, by, folder, place, json.loads(given))
