"""What the words of a report mean, for ``provenance explain WORD``; one word may have several."""

from collections.abc import Mapping

_LINES = """
absent|rung 0: the publisher does not offer it, and everything that could hold it was read
claimed|rung 1: the publisher says so, and no more is shown
located|rung 2: a link, path or id leads there, and what is behind it was not read
retrieved|rung 3: the bytes are there, were read, and are what they should be
bound|rung 4: retrieved, and a digest or commit that the publisher fixed holds for the bytes
consistent|rung 5: bound, and it agrees with everything else that the release says
reproduced|rung 6: somebody made it again and compared
rung|how far one component is shown to be there, from 0 (absent) to 6 (reproduced)
unknown|it could not be looked at: no access, no network, not read, or of a kind that is not
  known; it never counts as absent
at most|the highest rung, label or class that is left open by what could not be looked at
confirmed|a check's outcome: it was looked at, and it holds
contradicted|a check's outcome: it was looked at, and it differs from what is said
absent|a check's outcome: it was looked for everywhere that was named, and is not offered
inapplicable|a check's outcome: the question does not arise for this release
label|what the release as a whole is shown to be, from closed to reproduced; see each by its name
qualifier|a restriction that stands beside the label: restricted, gated, partial or
  license-unknown
restricted|qualifier: a licence of a part that the label counts restricts use
gated|qualifier: its server gives the files only to whom the owner let in
partial|qualifier: the release holds a part of the files that it names
license-unknown|qualifier: a licence's text could not be matched to any that is known
artefact|stage: parameters, architecture, tokenizer and what else is the model itself
code|stage, and a kind of content: programs for training, data, evaluation and inference
data|stage, and a kind of content: what it was trained and evaluated on
process|stage: hyper-parameters, seeds, order of data, environment, hardware
report|stage: cards, reports, papers, results
document|a kind of content: cards, reports and papers
score|the share of a stage that is shown, and the share that may be: two numbers between 0 and 1
scores|one pair of numbers for each stage: what is shown, and what may be
stage|one of five parts of the recipe that are scored: artefact, code, data, process, report
component|one ingredient of a release; see each by its name
mof|Model Openness Framework 1.0: classes I (most open) to III, by components and their licences
osaid|Open Source AI Definition 1.0: eight parts; a machine never says that the whole is met
osai|European Open Source AI Index: twelve parameters, each closed, partial or open, worth 0, 0.5
  or 1
class I|Open Science, the most open class of the Model Openness Framework: data and checkpoints
  are there, too
class II|Open Tooling: the code to train, evaluate and run it is there, too
class III|Open Model: architecture, parameters, cards and reports are there
unclassified|a component that class III asks for is not there, or not under an open licence
class|how open a release is by the Model Openness Framework; see class I, class II, class III
evidenced|what the evidence bears out: retrieved, and its licence's text recognised
openwashing gap|what is claimed to be open, and is not evidently so
gap|what is claimed to be open, and is not evidently so
open|by a framework: under a licence that its list calls open
invalid|by the Model Openness Framework: it has a licence, and that is not an open one
unlicensed|by the Model Openness Framework: it is there without a licence
missing|by the Model Openness Framework: it is not there
fails|by the Open Source AI Definition: a part is not offered, or not under open terms
meets|by the Open Source AI Definition: the part is offered under open terms
person-must-judge|by the Open Source AI Definition: what a machine can check is met; a person has
  to read the data information
partial|by the European Open Source AI Index: worth 0.5
data-information|part of the Open Source AI Definition: what is said of the training data
data-processing-code|part of the Open Source AI Definition: the code that made the training data
validation-code|part of the Open Source AI Definition: the code that evaluated the model
supporting-code|part of the Open Source AI Definition: libraries and tools
parameters|part of the Open Source AI Definition: the weights
base-model-data|parameter of the European Open Source AI Index: data of the base model
end-model-data|parameter of the European Open Source AI Index: data of the tuned model
base-model-weights|parameter of the European Open Source AI Index: weights of the base model
end-model-weights|parameter of the European Open Source AI Index: weights of the tuned model
code-documentation|parameter of the European Open Source AI Index: how the code is documented
hardware-architecture|parameter of the European Open Source AI Index: what it was trained on
preprint|parameter of the European Open Source AI Index: a paper that was not reviewed
paper|parameter of the European Open Source AI Index: a reviewed paper
datasheet|parameter of the European Open Source AI Index: a card of the data
licenses|parameter of the European Open Source AI Index: the terms of model and data
terms|what a licence allows: open, restricted, none or unknown
none|terms: there is no licence, so that nobody may use it
no text|of a licence: it is named, and no text of it was found; an id alone is no licence
other text|of a licence: a text is there, and it is like a known one without being it
text|of a licence: recognised by its text, word for word
clauses|of a licence: it calls itself so and holds its clauses; no more was compared
public|access: everybody gets the bytes
auto-gate|access: who accepts the terms gets the bytes
manual-gate|access: the owner decides who gets the bytes
paid|access: it costs money
private|access: only its owner has it
unnamed|of a dataset: nothing names it
in-prose|of a dataset: a text speaks of it, and leads nowhere
declared|of a dataset: an id or link names it, and nobody asked what is behind it
card-only|of a dataset: its card is there, and no data
empty|of a dataset: its id answers, and nothing is there
script-only|of a dataset: the data is what a program would fetch; it is not run
present|of a dataset: its files are there
withdrawn|of a dataset: its server says that nothing is there, or no longer
renamed|of a dataset: it is there under another id
commit-in-link|how a source was pinned: the link names the commit
short-commit-in-link|how a source was pinned: the link names a commit by its first digits
tag-in-link|how a source was pinned: the link names a tag, which can move
version-tag|how a source was pinned: a tag is the release's version
version-in-tag|how a source was pinned: a tag holds the release's version
release-date|how a source was pinned: the last commit before the release
branch-in-link|how a source was pinned: the link names a branch, which moves
default-branch|how a source was pinned: nothing is named; its main branch as it is now
submodule|how a source was pinned: another repository, pinned itself, names it
confidence|how sure it is that this commit is the one that was used: high, medium or low
high|confidence: the commit itself is named
medium|confidence: a tag is named, or fits the version
low|confidence: it is the likeliest commit, and nothing names it
read|how a digest is known: the bytes were read and hashed now
cached|how a digest is known: the bytes were hashed earlier, and the file's stamp is as it was
kernel|how a digest is known: the kernel vouches for the bytes (fs-verity)
claimed|how a digest is known: a server's word; no byte was seen
unread|how a digest is known: not at all; neither bytes nor a claim were had
met|a policy's demand: it holds
open|a policy's demand: only what was not looked at could meet it
unmet|a policy's demand: it does not hold
passed|a policy's verdict: each demand is met (exit 0)
failed|a policy's verdict: a demand is not met (exit 1)
undecided|a policy's verdict: a demand needs what could not be looked at (exit 3)
policy|what you demand of a release, in a file; `provenance policy explain FILE` says it in
  sentences
hazard|something about the release that can harm who loads it, or that readers take differently
hazards|what about the release can harm who loads it, or is taken differently by readers; each has
  a code
limit|something that was not looked at, with the reason
not looked at|what no statement of the report rests on: refused, unreachable, too large, or left
  out
leads nowhere|links that were followed, and behind which nothing is
next step|the cheapest thing that would lift a component, with what it costs
next steps|the cheapest things that would lift the components, each with what it costs
look again|cost of a next step: look once more, with access or a network
a line|cost of a next step: a line in the card, or an address made exact
a file|cost of a next step: a file that is there already, put beside the others
writing|cost of a next step: something has to be written first
code|cost of a next step: code that is kept back, or terms that others have to agree to
data|cost of a next step: data or checkpoints that are kept back
a run|cost of a next step: a training or an evaluation, made again
denied|the publisher says that it is not offered
source|a linked repository that was read, at one commit
dataset|a linked dataset, with what is there of it
licence|the terms of a component, recognised by their text and not by an id
license|the terms of a component, recognised by their text and not by an id
evidence|the bytes that a statement rests on, by the digest and the place in them
because|the reason for the highest rung that holds, and why it goes no higher
error|severity of lint: it misleads, leaks, runs code, may not be used or does not load
warning|severity of lint: readers will not find, or cannot trust, what is meant
note|severity of lint: nothing is wrong; more could be shown
intact|reproduction: the published files are byte for byte those that were signed
formats|reproduction: another format of the same weights was converted and compared
lineage|reproduction: the model was derived from its base again and compared
data|reproduction: the training data was made again and compared
evaluation|reproduction: the published results were measured again
segment|reproduction: a part of the training was run again and compared
rebuild|reproduction: the whole training was run again, once
rebuilt|reproduction: the whole training was run again by several, independent of each other
self-attested|who looked: the publisher itself
third-party|who looked: somebody else than the publisher
reproduced|who looked: somebody who made it again
not open|of a licence by a published list: it is not on it
for a person to judge|of a licence by a published rule: the terms have to be read by a person
osi|a published list: licences that the Open Source Initiative approved
fsf|a published list: licences that the Free Software Foundation calls free
added|a difference: a file is there that was not
removed|a difference: a file is no longer there
changed|a difference: it is there, and another than before
retyped|a difference: a file became a link, or executable, or the other way round
opened|a movement between two audits: it became more open
weights|a part of a comparison: the tensors' bytes
access|a part of a comparison, and of a component: what it takes to get the bytes
files|a part of a comparison: the list of the release's files
base-model|an artefact that this one was made from
proven by git|the list of files does not rest on the Hub's word: the commit's tree was fetched
  with git and hashed again
licences|what is to say of licences beyond their names: likeness, additions, inherited terms
rungs|see rung: from 0 (absent) to 6 (reproduced)
labels|see label: closed, open-weights, open-weights-and-code, open-source, reproducible,
  reproduced, undetermined
"""


def _by_word() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for line in _LINES.strip().replace("\n  ", " ").splitlines():
        word, _, text = line.partition("|")
        found.setdefault(word, []).append(text)
    return {word: tuple(texts) for word, texts in found.items()}


#: Each word as reports print it, with every meaning that it has there.
WORDS: Mapping[str, tuple[str, ...]] = _by_word()
