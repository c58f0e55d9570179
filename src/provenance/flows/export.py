"""Exporting: a manifest in another tool's format."""

from provenance.exports.mof_record import Side, export_record
from provenance.frameworks.openness import spdx_id
from provenance.values.manifest import Manifest


def export_mot(manifest: Manifest, side: Side = Side.CLAIMED) -> bytes:
    """Return a manifest as a record of the Model Openness Tool, in YAML.

    Args:
        manifest: an audit.
        side: what the publisher claims, as the tool's own form would have it, or what is evident;
            the second leaves out what could not be looked at.

    Raises:
        UsageError: for a manifest without an assessment by MOF.
    """
    return export_record(manifest, side, spdx_id)
