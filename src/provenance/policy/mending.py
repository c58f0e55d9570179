"""What to do about every code: one line each, as an order, for advice and for explanations."""

from collections.abc import Mapping

from provenance.errors import Code

_LINES = """
USAGE: read the command's --help, and give the option or argument as it says
REF: write org/name@revision, or the path of a folder that exists
PATH_MISSING: check the path's spelling, and name what is there
POLICY_FILE: compare the file with the one that `provenance policy init` writes, and correct the
  key that is named
KEY_FILE: give a key in PEM, or another place for the new one
CERTIFICATE_FILE: give a file of certificates in PEM, each between its BEGIN and END
TRUST_CONFIG: get the trust configuration again from those whom you trust, and name that file
DIGEST: copy the digest again, whole and in hexadecimal, with its algorithm before it
NAME: rename the file to a relative path without .., and of fewer letters
VALUE: correct the value that is named, or report it if a tool of ours wrote it
NAME_CTRL: rename the file without control characters
NAME_ENCODING: rename the file in UTF-8
NAME_CONFUSABLE: rename the file in the letters of one alphabet
NAME_PORTABLE: rename the file so that Windows and macOS can hold it, too
NAME_CASEFOLD: rename one of the two files so that they differ in more than case
NAME_NFC: rename the file in Unicode's normal form C
JSON_SYNTAX: find the place with `python -m json.tool FILE`, and correct it
JSON_DUP_KEY: take out one of the two keys
JSON_DEPTH: write the value less deeply nested
JSON_INT: write a smaller number, or a text between quotes
JSON_BOM: save the file as UTF-8 without a byte order mark
JSON_ENCODING: save the JSON file in UTF-8
JSON_TRAILING: take out what follows the value
JSON_NONFINITE: write null, or leave the key out, in place of NaN or Infinity
JSON_SHAPE: give the key that is named the type that is expected
JSON_NOT_CANONICAL: write the file with this tool again, and change no byte of it
YAML_SYNTAX: correct the line that is named; indent with blanks and not with tabs
YAML_ALIAS: write the value out in place of the anchor and its aliases
YAML_TAG: take the tag (!...) out, and write a plain value
YAML_MERGE: write the keys out in place of the merge key (<<)
YAML_DEPTH: write the metadata less deeply nested
YAML_SCALAR: put the number between quotes
YAML_TYPE: put the word between quotes
YAML_DUP_KEY: take one of the two entries of the mapping out
PYTHON_SYNTAX: make the program parse with `python -m py_compile FILE`, or split it
RECIPE_SYNTAX: correct the file in the form that its tool reads
CTRL_CHARS: take the control characters out
BIDI: take the characters out that change the direction of writing, or write their names
MARKUP: write it in Markdown, without scripts, forms and hidden text
CARD_ENCODING: save the card in UTF-8
CARD_CTRL: take the zero byte out of the card
CARD_TYPE: put a regular file in the card's place
CARD_EMPTY: begin README.md with a line of three dashes, `license:` and what else is known, and a
  second such line
CARD_FRONT_MATTER: end the block of metadata with a line of three dashes, and write `key: value`
  in it
CARD_AMBIGUOUS: keep one block of metadata, in the first bytes of the card, between bare lines of
  three dashes
CARD_SHAPE: write the key as the Hub's documentation of cards says: a text, or a list of texts
LICENSE_CONFLICT: let metadata and text name one licence
MOF_RECORD: write the record again with `provenance export mot`
URL_FORBIDDEN: link a public https address
CONFIG_SHAPE: save the configuration again with the library that reads it
CONFIG_CONFLICT: let both configurations say the same, or take the one out that nothing reads
REMOTE_CODE: read that code before you load the model; publish a model that needs none, or pin the
  code by commit
CODE_UNSEEN: write the file as plain text of its kind and within the bounds, so that it can be read
RECIPE_UNSEEN: write the file in a form that its tools read, or say in the card what it holds
ARCHIVE_UNSEEN: unpack the archive into the release, so that its members can be looked at
PICKLE: load it nowhere but in a sandbox; save the weights as safetensors, and take the pickle out
PRAISE_INSIDE: trust only what you audited yourself, or a signature of somebody whom you name
WEIGHT_FORMAT: download the weight file again, or save it with the library of its format
ST_TOO_SHORT: download or save the safetensors file again: its end is missing
ST_HEADER_LEN: save the file again with the safetensors library, whose header is of an allowed
  length
ST_HEADER_ENCODING: save the file again, with names of tensors in UTF-8
ST_HEADER_JSON: save the file again with the safetensors library; do not edit its header by hand
ST_DUP_KEY: give each tensor a name of its own, and save the file again
ST_METADATA: write the metadata as a mapping of texts to texts, and save the file again
ST_DTYPE: save the tensor in an element type that the format has
ST_SHAPE: save the tensor again, with the shape that it has
ST_OFFSET: save the file again: the places of its tensors are wrong
ST_OVERLAP: save each tensor's bytes once, and clone tensors that share memory
ST_HOLE: save the file again, without bytes between the tensors
ST_TRAILING: save the file again, without bytes behind the last tensor
IX_JSON: write the index of shards again as JSON
IX_SHAPE: write the index again with the library that made the shards
IX_PATH: name shards in the index by files beside it
IX_MISSING_SHARD: add the shard that the index names, or write the index again
IX_UNLISTED_SHARD: take the shard out, or name its tensors in the index
IX_TENSOR_MISSING: save shards and index again, in one go
IX_TENSOR_EXTRA: name the tensor in the index, or take it out of the shard
IX_TENSOR_TWICE: keep the tensor in one shard
IX_TOTAL_SIZE: write the sum of the tensors' bytes as total_size
IX_COUNT: publish all shards, numbered of their count
EMPTY: put the release's files into the folder that is named
FS_SYMLINK: put a copy of the file in the link's place
FS_SYMLINK_ESCAPE: copy the file into the folder in place of the link
FS_SYMLINK_LOOP: take the link out that leads back to itself
FS_SYMLINK_BROKEN: take the link out, or put the file there that it names
FS_SPECIAL: take the device, pipe or socket out of the folder
FS_PERMISSION: let your user read the file (chmod u+r)
FS_HARDLINK: copy the file, so that no name outside the release changes it
FS_CHANGED: wait until nothing writes into the folder, and run it again
FS_IO: look for the disk's errors in the system's log, and run it again
NOT_COVERED: look at it by other means, or give the option that includes it
DISK_FULL: free some space, or name another place
WORKSPACE: name a folder that can be written to, with TMPDIR or --cache
EXECUTOR: start the workers again, or hash without them
PARTS: give each part of the work once, and all of them
SUM_LIST: write the list with `sha256sum`, or with `provenance digest`
DIGESTS_SHAPE: write the list again with `provenance digest --format json`
NOT_PRIVATE: take the others' rights to the folder away (chmod 700), or name another
CACHE_BUSY: do nothing, or run it again when the others have ended: only time was lost
CACHE_DAMAGED: do nothing: it is built again; look at the disk if it comes back
EXTRA_MISSING: install the package with the extra that is named
GIT_MISSING: install git 2.39.5 or newer
GIT_FAILED: read what git said, and try the same address with git itself
GIT_FORMAT: read the repository with git itself: its names are longer than are read here
GIT_CORRUPT: fetch the repository from another copy, and tell its owner
GIT_FSCK: ask the repository's owner to repair it, or allow it explicitly
GIT_LFS: fetch the large files with `git lfs pull`, and commit them again where they differ
GIT_MOVED: link the repository by its new address
GIT_REF: name a commit, branch or tag that the repository has
GIT_SYMLINK: look at what the link names by yourself: nothing follows it
GIT_SUBMODULE: link the submodule's repository by itself, over https
OFFLINE: leave --offline out, or give the evidence of an earlier run
NETWORK: check address, proxy and certificate with another client, and run it again
NET_CERTIFICATE: name your own authority's certificates with SSL_CERT_FILE, if you trust it
NET_DNS: check the host's spelling and the machine's name servers, or name a proxy
NET_PROXY: check HTTPS_PROXY and what the proxy lets through
NET_REFUSED: check address and port, and whether the server runs
HUB_UNKNOWN: check the id's spelling, or give a token that may see it
HUB_HIDDEN: give a token that may see the release, if there is one; strangers are told nothing
HUB_MOVED: name the release by its new id
HUB_GATED: ask for access on the release's page, and give the token of who has it
HUB_DENIED: give a token that is valid, and that may read this
HUB_DISABLED: ask the Hub why it disabled the release
HUB_ANSWER: run it again later; check --endpoint where you gave one
HUB_MISMATCH: clear the cache and download again; do not use these bytes
LINK_DEAD: correct the link, or take it out
LINK_DENIED: link what everybody can read
LINK_ANSWER: link the file itself, and not a page about it
TIMEOUT: run it again, or give it more time
RESOURCE: look at it by other means, or raise the bound where its table says how
BUNDLE_JSON: get the bundle again, byte for byte as it was signed
BUNDLE_SHAPE: name the bundle of this tool, and not another tool's file
BUNDLE_MEDIA_TYPE: sign again with a tool that writes a version that is known
BUNDLE_MATERIAL: name the key, certificate or identity that this bundle was signed with
BUNDLE_BASE64: get the bundle from where it was published: this copy was changed
SIGNATURE_COUNT: sign into one bundle for each signer
PAYLOADS_DIFFER: let all signers sign the same manifest
SIGNATURE: do not use the release; get bundle and key again from their owner
BUNDLE_METHOD: verify with the option of the method that it was signed by
KEY_UNTRUSTED: name the signer's own key, from a place that you trust
LEGACY: sign the model again with a current tool, or allow the old format by its option
CERTIFICATE_MALFORMED: ask the signer for the whole chain, in PEM
CERTIFICATE_EXPIRED: ask for a signature under a certificate that is valid
CERTIFICATE_NOT_YET_VALID: check the machine's clock, and wait until the certificate is valid
CERTIFICATE_USAGE: ask for a signature under a certificate for signing code
CERTIFICATE_UNTRUSTED: name the root that the signer's certificate ends in, if you trust it
CERTIFICATE_IDENTITY: compare the holder with whom you expect; name that holder only if you trust
  it
STATEMENT_TYPE: verify the file with the command for its kind
STATEMENT_SUBJECT: name the bundle that was made for this release
MANIFEST_SHAPE: name a manifest that `audit -o` wrote, or write it again
MANIFEST_ORDER: write the manifest again with this tool
MANIFEST_NO_SUBJECT: audit again with the files' bytes, and sign that
MANIFEST_REPLAYED: sign the manifest of the audit itself, or say --replayed where that is meant
CLAIMED_DIGESTS: audit again with the bytes in reach, so that they are hashed
RELEASE_NAME: name the release that the manifest is about
RELEASE_REVISION: name the revision that the manifest is about
FILE_CHANGED: fetch that file again from the release, and compare
FILE_ADDED: take the file out, or have the release signed with it
FILE_REMOVED: fetch the file that is missing
FILE_RETYPED: fetch the release again into an empty folder
TENSOR_MISSING: ask for a name that `provenance inspect` lists
INVENTORY_INCOMPLETE: make every file readable, and audit again
KEYLESS: get the bundle again from where the signer published it
KEYLESS_IDENTITY: compare identity and issuer with whom you expect; name them exactly
LOG_ENTRY: ask the signer for a bundle with its entry of the log
LOG_TIME: ask for a new signature: this one was made outside its certificate's time
PAYLOAD_TYPE: name a bundle that holds an in-toto statement
PREDICATE_TYPE: name the bundle that holds a manifest of this tool
OMS_SHAPE: sign the model again with a tool of the OpenSSF's specification
OMS_NO_RESOURCES: sign the folder that holds the model's files
OMS_NAME: sign the model again from its own folder, with relative names
OMS_DUPLICATE: sign the model again, each file named once
OMS_TWIN: rename one of the two files, and sign again
OMS_ORDER: sign the model again: a list out of order was not written by a signing tool
OMS_DIGEST: sign the model again: a digest is not of its algorithm's length
OMS_ROOT: do not use the model: its list of files was changed behind the signature
OMS_ALGORITHM: sign the model again with SHA-256
OMS_SHARDS: sign the model again, with shards that cover each file once
OMS_IGNORE: sign the model again, and leave out no more than its own signature and git's files
OMS_IGNORED_WEIGHTS: sign the model again with its weights
PACKAGE_MISSING: install the package that is named
POLICY_FAILED: read the reasons, and do what each names; or choose another release
POLICY_UNDECIDED: give access, network or bytes to what was not looked at, and run it again
"""
MENDINGS: Mapping[str, str] = {
    name: todo
    for name, _, todo in (
        line.partition(": ") for line in _LINES.strip().replace("\n  ", " ").splitlines()
    )
}


def mending(code: Code) -> str:
    """Return what to do about a code, in a line."""
    return MENDINGS.get(code.value, "do what the message says next to the code")
