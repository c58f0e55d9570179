"""What every code means, for ``provenance explain CODE``; a family speaks for the rest."""

from collections.abc import Mapping

from provenance.errors import Code

_LINES = """
USAGE: an option or argument cannot be meant
REF: a reference names no release
PATH_MISSING: a path that was named leads to nothing that can be read
POLICY_FILE: a policy has an unknown key or value, or demands nothing
KEY_FILE: a key is no PEM of a kind that is known, or stands in the way of a new one
DIGEST: a digest has the wrong length, alphabet or algorithm
NAME: a name leaves its folder, is absolute, empty or too long
VALUE: a value cannot exist, a count below zero for example
NAME_CTRL: a file's name holds control characters
NAME_ENCODING: a file's name is not in UTF-8, so that it cannot be written down
NAME_CONFUSABLE: a file's name looks like another, by letters of other alphabets or unseen ones
NAME_PORTABLE: a file's name cannot exist on every system
NAME_CASEFOLD: two names differ only in case, and are one file on some systems
NAME_NFC: a name has another Unicode normal form than the one that is compared
JSON_SYNTAX: a text is no JSON
JSON_DUP_KEY: a JSON object has a key twice, and readers differ over which counts
JSON_DEPTH: JSON is nested deeper than is read
JSON_INT: a JSON number has more digits than readers take alike
JSON_BOM: JSON begins with a byte order mark
JSON_ENCODING: JSON is not in UTF-8
JSON_TRAILING: something follows the JSON value
JSON_NONFINITE: JSON holds NaN or infinity
JSON_SHAPE: a JSON value has another type or key than expected
JSON_NOT_CANONICAL: bytes are not the one canonical form of what they say
YAML_SYNTAX: a text is no YAML, or holds more than one document
YAML_ALIAS: YAML uses aliases in a way that could make it grow
YAML_TAG: YAML has tags, which could make a reader build objects
YAML_MERGE: YAML has a merge key, which adds keys that do not stand there
YAML_DEPTH: YAML is nested deeper than is read
YAML_SCALAR: YAML holds a number of more digits than readers take alike
YAML_TYPE: a word without quotes is another value to YAML 1.1 than to a person (no, 1.10, a date)
YAML_DUP_KEY: a YAML mapping has a key twice, and readers differ over which counts
PYTHON_SYNTAX: a Python file does not parse, or is too large or too deep to be parsed
RECIPE_SYNTAX: a file of the recipe (submodules, requirements, settings) does not parse
CTRL_CHARS: a text holds control characters
BIDI: a text holds characters that reorder what people see
MARKUP: a card's HTML is active or hides text
CARD_ENCODING: a card or record is not in UTF-8
CARD_CTRL: a card holds a zero byte
CARD_TYPE: the card is no regular file
CARD_EMPTY: the card says nothing
CARD_FRONT_MATTER: the card's block of metadata does not end, or is no mapping
CARD_AMBIGUOUS: readers differ over which part of the card is its metadata
CARD_SHAPE: a key of the card's metadata has another type than the Hub reads
LICENSE_CONFLICT: the metadata names one licence and the text another
MOF_RECORD: a file is no record of the Model Openness Tool
URL_FORBIDDEN: a link has a scheme or host that is not followed
CONFIG_SHAPE: a configuration has another shape than is read
CONFIG_CONFLICT: two configurations of one model give one dimension differently
REMOTE_CODE: loading the model would run code that the release names
PICKLE: a file is a pickle, which runs code when it is loaded; it is listed and never loaded
CODE_UNSEEN: a file that may name code that loading runs was not read, or not to its end
RECIPE_UNSEEN: a file that may tell of the recipe was not read, or not understood
ARCHIVE_UNSEEN: an archive, or a file in it, was not looked at: anything could be in it
PRAISE_INSIDE: the release holds a manifest about itself; it is ignored
WEIGHT_FORMAT: a weight file breaks a rule of its format, or counts bytes that it does not have
ST_TOO_SHORT: a safetensors file is shorter than its header says
ST_HEADER_LEN: a safetensors header is longer than is read, or than the file
ST_HEADER_ENCODING: a safetensors header is not in UTF-8
ST_HEADER_JSON: a safetensors header is no JSON object
ST_DUP_KEY: a safetensors header names a tensor twice
ST_METADATA: the metadata of a safetensors header is not texts
ST_DTYPE: a tensor has an element type that is not known, so that its parameters are not
ST_SHAPE: a tensor's shape is impossible, or larger than can be
ST_OFFSET: a tensor lies outside its file, or its span does not fit its shape
ST_OVERLAP: two tensors share bytes
ST_HOLE: bytes of a safetensors file belong to no tensor
ST_TRAILING: bytes follow the last tensor
IX_JSON: a shard index is no JSON
IX_SHAPE: a shard index has another shape than is read
IX_PATH: a shard index names a path that leaves the release
IX_MISSING_SHARD: a shard index names a file that is not there
IX_UNLISTED_SHARD: a shard is there that the index does not name
IX_TENSOR_MISSING: the index names a tensor that its shard does not hold
IX_TENSOR_EXTRA: a shard holds a tensor that the index does not name
IX_TENSOR_TWICE: two shards hold the same tensor
IX_TOTAL_SIZE: the index states another size than the tensors add up to; no loader uses it
IX_COUNT: shards are numbered of another count than are there
EMPTY: there are no files, or a weight file has no bytes
FS_SYMLINK_ESCAPE: a link leads out of the release
FS_SYMLINK_LOOP: a link leads back to itself
FS_SYMLINK_BROKEN: a link leads to nothing
FS_SPECIAL: an entry is no regular file: a device, a pipe, a folder in a file's place
FS_PERMISSION: a file may not be read
FS_HARDLINK: a file has further names outside the release
FS_CHANGED: a file changed while it was read
FS_IO: the system could not read or write a file
NOT_COVERED: something was left out on purpose, or is of a kind that is not read
DISK_FULL: there is no space left
GIT_MISSING: git is not installed, or too old
GIT_FAILED: git ended with an error that no other code describes
GIT_CORRUPT: a git repository is damaged, or an object is not what its name says
GIT_FORMAT: a git repository names its objects by SHA-256, which is not read
GIT_FSCK: a git repository breaks one of git's own rules
GIT_LFS: a file is a pointer (git-lfs, xet): the bytes it stands for are elsewhere, and unknown
GIT_MOVED: a repository's address redirects to another
GIT_REF: a repository has no such commit, branch or tag
GIT_SYMLINK: a link in a git repository leads out of it
GIT_SUBMODULE: a submodule's address or path is not followed
OFFLINE: it would take a connection, and none may be made
NETWORK: a server did not answer
HUB_UNKNOWN: the Hub knows no such release, branch, tag or commit
HUB_HIDDEN: the Hub shows no such release to strangers: there is none, or it is private
NET_CERTIFICATE: a server shows a certificate that no trusted authority vouches for
NET_DNS: a host's name has no address here
NET_PROXY: the proxy does not answer, or refuses
NET_REFUSED: nothing listens where a server should be
HUB_GATED: the Hub gives the files only to whom its owner let in
HUB_DENIED: the Hub refuses this token, or asks for one
HUB_DISABLED: the Hub has disabled the release
HUB_ANSWER: the Hub's answer is not one that can be read
HUB_MOVED: a model is there under another id now, to which the Hub redirects
HUB_MISMATCH: bytes are not those that the Hub lists
LINK_DEAD: a link leads to nothing
LINK_DENIED: a link leads to what its server does not give
LINK_ANSWER: what is behind a link cannot be read
TIMEOUT: it took longer than is waited
RESOURCE: it is larger, deeper or more than is worth reading
BUNDLE_JSON: a bundle is no strict JSON
BUNDLE_SHAPE: a bundle has another shape than the format
BUNDLE_MEDIA_TYPE: a bundle is of a media type that is not known
BUNDLE_MATERIAL: the verification material does not fit the way that was asked for
BUNDLE_BASE64: base64 in a bundle is not canonical
SIGNATURE_COUNT: a bundle has no signature, or more than one
SIGNATURE: the signature does not hold for these bytes and this key
KEY_UNTRUSTED: the signer is not one whom the caller named
STATEMENT_TYPE: the signed statement is of another type
STATEMENT_SUBJECT: the signed statement is about something else
MANIFEST_SHAPE: a manifest has another shape than its format
MANIFEST_NO_SUBJECT: a manifest has nothing to sign for: no digest rests on bytes
MANIFEST_REPLAYED: a manifest repeats an earlier audit from its evidence: nobody looked again
CLAIMED_DIGESTS: a digest is only a server's word
RELEASE_NAME: the manifest is about a release of another name
RELEASE_REVISION: the manifest is about another revision
FILE_CHANGED: a file is not the one that is listed
FILE_ADDED: a file is there that is not listed
FILE_REMOVED: a listed file is not there
FILE_RETYPED: a file became a link, or executable, or the other way round
INVENTORY_INCOMPLETE: not all files could be listed
POLICY_FAILED: a demand of the policy is not met
POLICY_UNDECIDED: a demand of the policy needs evidence that could not be obtained
CERTIFICATE_FILE: a file of certificates holds none, or something else
CERTIFICATE_MALFORMED: a certificate or its chain cannot be read
CERTIFICATE_EXPIRED: a certificate was no longer valid when it signed, or is not now
CERTIFICATE_NOT_YET_VALID: a certificate was not valid yet when it signed, or is not now
CERTIFICATE_USAGE: a certificate is not for signing: for servers, or without the usage for it
CERTIFICATE_UNTRUSTED: a certificate's chain ends in no root that the caller named
CERTIFICATE_IDENTITY: a certificate is another holder's than the one that was named
TRUST_CONFIG: a trust configuration cannot be read, or names no root
KEYLESS: the material of a keyless signature is not what its format asks for
KEYLESS_IDENTITY: a keyless signature is another identity's, or another issuer's
LOG_ENTRY: a log entry is missing, damaged, or about something else
LOG_TIME: the time in the log lies outside the certificate's
BUNDLE_METHOD: a bundle was signed by another method than the one that was asked for
LEGACY: a bundle is of a format before version 1.0, which is read only when it is allowed
PAYLOADS_DIFFER: several bundles that should hold the same bytes do not
PAYLOAD_TYPE: the signed payload is of another type
PREDICATE_TYPE: the signed predicate is of another type
MANIFEST_ORDER: entries of a manifest are not in their one order
OMS_SHAPE: a model signature has another shape than its format
OMS_NO_RESOURCES: a model signature names no file
OMS_NAME: a model signature names a file that cannot be in the model's folder
OMS_DUPLICATE: a model signature names a file twice
OMS_TWIN: a model signature names files that are one file on some systems
OMS_ORDER: the files of a model signature are not in their one order
OMS_DIGEST: a digest in a model signature has the wrong length or alphabet
OMS_ROOT: the digest over all files is not that of the files listed
OMS_ALGORITHM: a model signature uses a hash function that is not known here
OMS_SHARDS: the shards of a file leave bytes out, or overlap
OMS_IGNORE: a model signature leaves out what it may not
OMS_IGNORED_WEIGHTS: a model signature leaves weights out
FS_SYMLINK: a link lies where none is followed: in a model to be signed, or in evidence
TENSOR_MISSING: no verified file holds a tensor of this name
EXTRA_MISSING: an optional package is not installed
PACKAGE_MISSING: a package that this needs is not installed
EXECUTOR: those who should hash gave up, or cannot be reached
PARTS: lists are not the parts of one work, each of them once
SUM_LIST: a text is no list of SHA-256 digests
DIGESTS_SHAPE: a list of digests in JSON has another shape than is read
NOT_PRIVATE: a folder that should be this user's alone is not
WORKSPACE: no folder can be made for what is fetched
CACHE_BUSY: other processes hold the cache of digests; this run goes without
CACHE_DAMAGED: the cache of digests was damaged, and is begun anew
"""
MEANINGS: Mapping[str, str] = {
    name: meaning
    for name, _, meaning in (line.partition(": ") for line in _LINES.strip().splitlines())
}
_FAMILIES = {
    "NAME_": "names of files",
    "JSON_": "strict JSON",
    "YAML_": "restricted YAML",
    "CARD_": "cards",
    "LICENSE_": "licences",
    "WEIGHT_": "weight files",
    "ST_": "safetensors files",
    "IX_": "shard indexes",
    "FS_": "files on disk",
    "GIT_": "git repositories",
    "HUB_": "the Hub",
    "LINK_": "what links lead to",
    "BUNDLE_": "signed bundles",
    "STATEMENT_": "signed statements",
    "MANIFEST_": "manifests",
    "FILE_": "files against a manifest",
    "POLICY_": "policies",
}


def meaning(code: Code) -> str:
    """Return what a code means, in a line."""
    found = MEANINGS.get(code.value)
    if found:
        return found
    family = next((what for head, what in _FAMILIES.items() if code.startswith(head)), None)
    return f"one of the codes about {family}" if family else "a trouble that the error describes"
