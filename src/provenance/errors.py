"""The errors of this package: each says what is, then what to do, under a code that never changes.

One tree, few classes. The class says whose trouble it is, and decides the exit code of the
command line; the code names the exact trouble, and is what tests and callers match on.
"""

from enum import StrEnum, unique


@unique
class Code(StrEnum):
    """Every trouble this package can name, as an error or as a hazard in a report."""

    # Usage: what the caller asked for cannot be meant.
    USAGE = "USAGE"
    REF = "REF"
    PATH_MISSING = "PATH_MISSING"
    POLICY_FILE = "POLICY_FILE"
    KEY_FILE = "KEY_FILE"
    CERTIFICATE_FILE = "CERTIFICATE_FILE"
    TRUST_CONFIG = "TRUST_CONFIG"

    # Values that cannot be.
    DIGEST = "DIGEST"
    NAME = "NAME"
    VALUE = "VALUE"

    # Names of files.
    NAME_CTRL = "NAME_CTRL"
    NAME_ENCODING = "NAME_ENCODING"
    NAME_CONFUSABLE = "NAME_CONFUSABLE"
    NAME_PORTABLE = "NAME_PORTABLE"
    NAME_CASEFOLD = "NAME_CASEFOLD"
    NAME_NFC = "NAME_NFC"

    # Strict text.
    JSON_SYNTAX = "JSON_SYNTAX"
    JSON_DUP_KEY = "JSON_DUP_KEY"
    JSON_DEPTH = "JSON_DEPTH"
    JSON_INT = "JSON_INT"
    JSON_BOM = "JSON_BOM"
    JSON_ENCODING = "JSON_ENCODING"
    JSON_TRAILING = "JSON_TRAILING"
    JSON_NONFINITE = "JSON_NONFINITE"
    JSON_SHAPE = "JSON_SHAPE"
    JSON_NOT_CANONICAL = "JSON_NOT_CANONICAL"
    YAML_SYNTAX = "YAML_SYNTAX"
    YAML_ALIAS = "YAML_ALIAS"
    YAML_TAG = "YAML_TAG"
    YAML_MERGE = "YAML_MERGE"
    YAML_DEPTH = "YAML_DEPTH"
    YAML_SCALAR = "YAML_SCALAR"
    YAML_TYPE = "YAML_TYPE"
    YAML_DUP_KEY = "YAML_DUP_KEY"
    PYTHON_SYNTAX = "PYTHON_SYNTAX"
    RECIPE_SYNTAX = "RECIPE_SYNTAX"
    CTRL_CHARS = "CTRL_CHARS"
    BIDI = "BIDI"
    MARKUP = "MARKUP"

    # Cards and configuration.
    CARD_ENCODING = "CARD_ENCODING"
    CARD_CTRL = "CARD_CTRL"
    CARD_TYPE = "CARD_TYPE"
    CARD_EMPTY = "CARD_EMPTY"
    CARD_FRONT_MATTER = "CARD_FRONT_MATTER"
    CARD_AMBIGUOUS = "CARD_AMBIGUOUS"
    CARD_SHAPE = "CARD_SHAPE"
    LICENSE_CONFLICT = "LICENSE_CONFLICT"
    MOF_RECORD = "MOF_RECORD"
    URL_FORBIDDEN = "URL_FORBIDDEN"
    CONFIG_SHAPE = "CONFIG_SHAPE"
    CONFIG_CONFLICT = "CONFIG_CONFLICT"
    REMOTE_CODE = "REMOTE_CODE"
    PICKLE = "PICKLE"
    # What may name code, or hold files, and was not read: the hazards that could hide there are.
    CODE_UNSEEN = "CODE_UNSEEN"
    RECIPE_UNSEEN = "RECIPE_UNSEEN"
    ARCHIVE_UNSEEN = "ARCHIVE_UNSEEN"
    PRAISE_INSIDE = "PRAISE_INSIDE"

    # Weight files of any format; safetensors.
    WEIGHT_FORMAT = "WEIGHT_FORMAT"
    ST_TOO_SHORT = "ST_TOO_SHORT"
    ST_HEADER_LEN = "ST_HEADER_LEN"
    ST_HEADER_ENCODING = "ST_HEADER_ENCODING"
    ST_HEADER_JSON = "ST_HEADER_JSON"
    ST_DUP_KEY = "ST_DUP_KEY"
    ST_METADATA = "ST_METADATA"
    ST_DTYPE = "ST_DTYPE"
    ST_SHAPE = "ST_SHAPE"
    ST_OFFSET = "ST_OFFSET"
    ST_OVERLAP = "ST_OVERLAP"
    ST_HOLE = "ST_HOLE"
    ST_TRAILING = "ST_TRAILING"

    # Shard index.
    IX_JSON = "IX_JSON"
    IX_SHAPE = "IX_SHAPE"
    IX_PATH = "IX_PATH"
    IX_MISSING_SHARD = "IX_MISSING_SHARD"
    IX_UNLISTED_SHARD = "IX_UNLISTED_SHARD"
    IX_TENSOR_MISSING = "IX_TENSOR_MISSING"
    IX_TENSOR_EXTRA = "IX_TENSOR_EXTRA"
    IX_TENSOR_TWICE = "IX_TENSOR_TWICE"
    IX_TOTAL_SIZE = "IX_TOTAL_SIZE"
    IX_COUNT = "IX_COUNT"

    # Disk.
    EMPTY = "EMPTY"
    FS_SYMLINK = "FS_SYMLINK"
    FS_SYMLINK_ESCAPE = "FS_SYMLINK_ESCAPE"
    FS_SYMLINK_LOOP = "FS_SYMLINK_LOOP"
    FS_SYMLINK_BROKEN = "FS_SYMLINK_BROKEN"
    FS_SPECIAL = "FS_SPECIAL"
    FS_PERMISSION = "FS_PERMISSION"
    FS_HARDLINK = "FS_HARDLINK"
    FS_CHANGED = "FS_CHANGED"
    FS_IO = "FS_IO"
    NOT_COVERED = "NOT_COVERED"
    DISK_FULL = "DISK_FULL"
    EXECUTOR = "EXECUTOR"
    PARTS = "PARTS"
    SUM_LIST = "SUM_LIST"
    DIGESTS_SHAPE = "DIGESTS_SHAPE"
    NOT_PRIVATE = "NOT_PRIVATE"
    # Nowhere a folder for what is fetched: what would lie in it is not looked at.
    WORKSPACE = "WORKSPACE"

    # The digest cache.
    CACHE_BUSY = "CACHE_BUSY"
    CACHE_DAMAGED = "CACHE_DAMAGED"
    EXTRA_MISSING = "EXTRA_MISSING"

    # Git.
    GIT_MISSING = "GIT_MISSING"
    GIT_FAILED = "GIT_FAILED"
    GIT_CORRUPT = "GIT_CORRUPT"
    GIT_FORMAT = "GIT_FORMAT"
    GIT_FSCK = "GIT_FSCK"
    GIT_LFS = "GIT_LFS"
    GIT_MOVED = "GIT_MOVED"
    GIT_REF = "GIT_REF"
    GIT_SYMLINK = "GIT_SYMLINK"
    GIT_SUBMODULE = "GIT_SUBMODULE"

    # Hub and network.
    OFFLINE = "OFFLINE"
    NETWORK = "NETWORK"
    # Why a server was not reached, where that is known: four troubles with four remedies.
    NET_CERTIFICATE = "NET_CERTIFICATE"
    NET_DNS = "NET_DNS"
    NET_PROXY = "NET_PROXY"
    NET_REFUSED = "NET_REFUSED"
    HUB_UNKNOWN = "HUB_UNKNOWN"
    # It is not there, or hidden from whom the Hub does not know: nobody can tell without a token.
    HUB_HIDDEN = "HUB_HIDDEN"
    HUB_GATED = "HUB_GATED"
    HUB_DENIED = "HUB_DENIED"
    HUB_DISABLED = "HUB_DISABLED"
    HUB_ANSWER = "HUB_ANSWER"
    HUB_MISMATCH = "HUB_MISMATCH"
    HUB_MOVED = "HUB_MOVED"
    LINK_DEAD = "LINK_DEAD"
    LINK_DENIED = "LINK_DENIED"
    LINK_ANSWER = "LINK_ANSWER"
    TIMEOUT = "TIMEOUT"
    RESOURCE = "RESOURCE"

    # Bundles and verification.
    BUNDLE_JSON = "BUNDLE_JSON"
    BUNDLE_SHAPE = "BUNDLE_SHAPE"
    BUNDLE_MEDIA_TYPE = "BUNDLE_MEDIA_TYPE"
    BUNDLE_MATERIAL = "BUNDLE_MATERIAL"
    BUNDLE_BASE64 = "BUNDLE_BASE64"
    SIGNATURE_COUNT = "SIGNATURE_COUNT"
    # Several signers signed, and not the same bytes.
    PAYLOADS_DIFFER = "PAYLOADS_DIFFER"
    SIGNATURE = "SIGNATURE"
    # Signed by another method than the one that the caller trusts: key, certificate, identity.
    BUNDLE_METHOD = "BUNDLE_METHOD"
    KEY_UNTRUSTED = "KEY_UNTRUSTED"
    LEGACY = "LEGACY"
    CERTIFICATE_MALFORMED = "CERTIFICATE_MALFORMED"
    CERTIFICATE_EXPIRED = "CERTIFICATE_EXPIRED"
    CERTIFICATE_NOT_YET_VALID = "CERTIFICATE_NOT_YET_VALID"
    CERTIFICATE_USAGE = "CERTIFICATE_USAGE"
    CERTIFICATE_UNTRUSTED = "CERTIFICATE_UNTRUSTED"
    CERTIFICATE_IDENTITY = "CERTIFICATE_IDENTITY"
    STATEMENT_TYPE = "STATEMENT_TYPE"
    STATEMENT_SUBJECT = "STATEMENT_SUBJECT"
    MANIFEST_SHAPE = "MANIFEST_SHAPE"
    # Entries out of order, or twice: two readers could take different ones.
    MANIFEST_ORDER = "MANIFEST_ORDER"
    MANIFEST_NO_SUBJECT = "MANIFEST_NO_SUBJECT"
    MANIFEST_REPLAYED = "MANIFEST_REPLAYED"
    CLAIMED_DIGESTS = "CLAIMED_DIGESTS"
    RELEASE_NAME = "RELEASE_NAME"
    RELEASE_REVISION = "RELEASE_REVISION"
    FILE_CHANGED = "FILE_CHANGED"
    FILE_ADDED = "FILE_ADDED"
    FILE_REMOVED = "FILE_REMOVED"
    FILE_RETYPED = "FILE_RETYPED"
    TENSOR_MISSING = "TENSOR_MISSING"
    INVENTORY_INCOMPLETE = "INVENTORY_INCOMPLETE"
    # Signed without keys: an identity, a certificate of minutes, and a log.
    KEYLESS = "KEYLESS"
    KEYLESS_IDENTITY = "KEYLESS_IDENTITY"
    LOG_ENTRY = "LOG_ENTRY"
    LOG_TIME = "LOG_TIME"
    PAYLOAD_TYPE = "PAYLOAD_TYPE"
    PREDICATE_TYPE = "PREDICATE_TYPE"

    # Model signatures (OMS): what may be validly signed, and yet says nothing that holds.
    OMS_SHAPE = "OMS_SHAPE"
    OMS_NO_RESOURCES = "OMS_NO_RESOURCES"
    OMS_NAME = "OMS_NAME"
    OMS_DUPLICATE = "OMS_DUPLICATE"
    OMS_TWIN = "OMS_TWIN"
    OMS_ORDER = "OMS_ORDER"
    OMS_DIGEST = "OMS_DIGEST"
    OMS_ROOT = "OMS_ROOT"
    OMS_ALGORITHM = "OMS_ALGORITHM"
    OMS_SHARDS = "OMS_SHARDS"
    OMS_IGNORE = "OMS_IGNORE"
    OMS_IGNORED_WEIGHTS = "OMS_IGNORED_WEIGHTS"
    PACKAGE_MISSING = "PACKAGE_MISSING"

    POLICY_FAILED = "POLICY_FAILED"
    POLICY_UNDECIDED = "POLICY_UNDECIDED"


class ProvenanceError(Exception):
    """What every error of this package is: what is, what to do, and a code.

    Args:
        what: one line that says what is.
        hint: one line that says what to do.
        code: the exact trouble, where it is narrower than the class's own.

    Where a verification ends with it, ``stopped_at`` names the state that was being looked at
    (``signature``, ``files`` …), and ``held`` those that hold; all others were not looked at.
    """

    default_code: Code = Code.VALUE
    stopped_at: str = ""
    held: tuple[str, ...] = ()

    def __init__(self, what: str, *, hint: str = "", code: Code | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint
        self.code = code or self.default_code

    def __str__(self) -> str:
        """Return ``what [CODE]``: the line that tests and logs see."""
        return f"{self.what} [{self.code}]"


class UsageError(ProvenanceError):
    """The caller asked for something that cannot be meant: exit code 2."""

    default_code = Code.USAGE


class RefError(UsageError):
    """A release reference that names nothing."""

    default_code = Code.REF


class MissingTensorError(UsageError, KeyError):
    """A tensor that is in none of the files: a mapping's KeyError, with a code and a hint."""

    default_code = Code.TENSOR_MISSING


class InvalidValueError(ProvenanceError):
    """A value that cannot exist: a digest of the wrong length, a path that leaves its root."""

    default_code = Code.VALUE


class ReleaseError(ProvenanceError):
    """The release itself is malformed, hostile, or not what its server claims: exit code 1.

    ``path`` is the file of the release that it is about, where it is about one.
    """

    default_code = Code.VALUE
    path: str = ""


class TextError(ReleaseError):
    """Bytes that are not the text they should be, or that exceed a reader's budget.

    Args:
        what: one line that says what is.
        hint: one line that says what to do.
        code: the exact trouble.
        line: the line of the text that it is in, counted from 1; 0 where it is in none, or where
            nobody counted.
    """

    default_code = Code.JSON_SYNTAX

    def __init__(
        self, what: str, *, hint: str = "", code: Code | None = None, line: int = 0
    ) -> None:
        super().__init__(what, hint=hint, code=code)
        self.line = line


class WeightsError(ReleaseError):
    """A weight file or a shard index that breaks its format's rules."""

    default_code = Code.ST_HEADER_JSON


class VerificationError(ProvenanceError):
    """A bundle that does not verify; there is no boolean to forget: exit code 1."""

    default_code = Code.SIGNATURE


class SourceError(ProvenanceError):
    """Something could not be looked at: unknown id, no access, network, time: exit code 4."""

    default_code = Code.NETWORK


class ToolError(ProvenanceError):
    """The machine lacks what the work needs: git, space, a folder to write in: exit code 4."""

    default_code = Code.FS_IO
