"""Assessing a record that somebody filled in, by the framework that it is for."""

import attrs

from provenance.frameworks.mof import Standing, classify
from provenance.frameworks.mof_record import Record, parse_record


@attrs.frozen
class Assessed:
    """A record of the Model Openness Tool, and the class and progress that it comes to."""

    record: Record
    standing: Standing


def assess_mof(data: bytes) -> Assessed:
    """Read a record of the Model Openness Tool, in YAML, and apply MOF 1.0 to what it says.

    Nothing is looked at but the record: what it claims is taken as it is.

    Raises:
        ReleaseError: MOF_RECORD, and the codes of YAML, for what is no such record.
    """
    record = parse_record(data)
    return Assessed(record, classify(record.statuses))
