"""Which ranges of a weight file are still to be read: what a format wants, within our bounds."""

from provenance.errors import Code, WeightsError
from provenance.ports.weight_format import WeightFormat
from provenance.values.byte_range import ByteRange
from provenance.values.file_parts import FileParts

#: Bytes of one file that are read for what it says of its tensors.
MOST_BYTES = 32 * 2**20
#: Ranges of one file that are read, one after the other.
MOST_RANGES = 64


def lacking(form: WeightFormat, file: FileParts) -> tuple[ByteRange, ...]:
    """Return the ranges that a format wants of a file and that are not here.

    Raises:
        WeightsError: as the format does; WEIGHT_FORMAT for a range that is not within the file;
            RESOURCE where more is wanted than we read.
    """
    wanted = form.wants(file)
    here = sum(len(one.data) for one in file.parts)
    missing = tuple(dict.fromkeys(one for one in wanted if not file.holds(one)))
    outside = next((one for one in missing if one.end > file.size), None)
    if outside:
        raise WeightsError(
            f"{file.path.text[:200]!a} has {file.size} bytes, and says that some that count "
            f"are from {outside.start} to {outside.end}",
            hint="download the file again, or save it again with the library that wrote it",
            code=Code.WEIGHT_FORMAT,
        )
    if here + sum(one.size for one in missing) > MOST_BYTES:
        raise too_much(file, f"more than {MOST_BYTES} bytes")
    return missing


def require_whole(form: WeightFormat, file: FileParts) -> None:
    """Refuse a file of which something is still wanted, after all that was read.

    Raises:
        WeightsError: as :func:`lacking`; RESOURCE.
    """
    if lacking(form, file):
        raise too_much(file, f"more than {MOST_RANGES} ranges, or bytes that did not come")


def too_much(file: FileParts, what: str) -> WeightsError:
    """Return the error for a file that wants more than we read."""
    return WeightsError(
        f"{file.path.text[:200]!a} needs {what} before its tensors are known",
        hint="publish the weights as safetensors",
        code=Code.RESOURCE,
    )
