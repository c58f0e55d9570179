"""Names that some systems take for others: a manifest that lists them has to say so itself."""

from provenance.doors.names import name_hazards
from provenance.errors import Code, VerificationError
from provenance.values.manifest import Manifest


def require_honest_names(manifest: Manifest) -> None:
    r"""Refuse a manifest that is silent about names that become one, or hold a backslash.

    Two such files are there on this system and one on another, so that what was verified is not
    what is used. An audit lists them as hazards; who leaves that out did not make the manifest
    with it.

    Raises:
        VerificationError: NAME_CASEFOLD for names that are one where case is ignored; NAME_PORTABLE
            for a ``\``, which is no part of a name everywhere.
    """
    said = {(one.code, one.path) for one in manifest.hazards}
    for hazard in name_hazards(entry.path.text for entry in manifest.inventory):
        told = hazard.code is Code.NAME_CASEFOLD or (
            hazard.code is Code.NAME_PORTABLE and "\\" in hazard.path
        )
        if told and (hazard.code, hazard.path) not in said:
            raise VerificationError(
                f"the manifest lists {hazard.path[:120]!a} without a word about its name:"
                f" {hazard.detail[:200]}",
                hint="audit the release with this version, or rename the file",
                code=hazard.code,
            )
