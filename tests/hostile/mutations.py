"""Changing JSON and bytes at random, the same way in every run."""

import copy
import json
import random

# What stands where something else is expected, or where nothing is.
ODD: tuple[object, ...] = (
    *(None, True, False, 0, -1, 1, 4.5, 1.0, 2**53, 2**70, 1e300, "", ".", "..", "a", "../a", "/a"),
    *("a\\b", "a:0:1", "model.sig", "config.json", "\u202e", "e\u0301", "\0", "ab" * 32, "AB" * 32),
    *([], {}, [[]], [""], ["."], ["data"], {"a": 1}, "shards", "files", "blake3", "sha256"),
)
KEYS = ("extra", "ignore_paths", "shard_size", "digest", "name", "sha256", "_type", "keyid")


def places(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """Return where every value of a JSON tree stands, the tree itself first."""
    found = [path]
    if isinstance(value, dict):
        for key, one in value.items():
            found += places(one, (*path, key))
    elif isinstance(value, list):
        for at, one in enumerate(value):
            found += places(one, (*path, at))
    return found


def mutated_json(value: object, chance: random.Random) -> bytes:
    """Return a JSON tree with one to three things changed, written in one way or another."""
    tree: list[object] = [copy.deepcopy(value)]
    for _ in range(chance.randint(1, 3)):
        path = chance.choice(places(tree[0]))
        holder: object = tree
        step: object = 0
        for one in path:
            holder, step = _at(holder, step), one
        _change(holder, step, chance)
    return json.dumps(
        tree[0],
        ensure_ascii=chance.random() < 0.5,
        indent=chance.choice([None, 2]),
        sort_keys=chance.random() < 0.5,
    ).encode("utf-8", "surrogatepass")


def mutated_bytes(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with some taken away, put in, changed, repeated or moved."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(found) + 1)
        end = min(len(found), at + chance.randint(1, 40))
        match chance.randrange(5):
            case 0:
                del found[at:end]
            case 1:
                found[at:at] = bytes(chance.choices(b'{}[]",:\\0189\xff\xef\n', k=3))
            case 2 if at < len(found):
                found[at] ^= 1 << chance.randrange(8)
            case 3:
                found[at:at] = found[at:end]
            case _:
                cut = found[at:end]
                del found[at:end]
                place = chance.randrange(len(found) + 1)
                found[place:place] = cut
    return bytes(found)


def _at(holder: object, step: object) -> object:
    if isinstance(holder, dict):
        return holder[step]
    if isinstance(holder, list) and isinstance(step, int):
        return holder[step]
    raise TypeError(holder)


def _change(holder: object, step: object, chance: random.Random) -> None:
    odd = copy.deepcopy(chance.choice(ODD))
    if isinstance(holder, dict):
        choice = chance.randrange(4)
        if choice == 0:
            del holder[step]
        elif choice == 1:
            holder[chance.choice(KEYS)] = odd
        elif choice == 2:
            holder[chance.choice(KEYS)] = holder.pop(step)
        else:
            holder[step] = odd
    elif isinstance(holder, list) and isinstance(step, int):
        choice = chance.randrange(4)
        if choice == 0 and len(holder) > 1:
            del holder[step]
        elif choice == 1:
            holder.insert(step, copy.deepcopy(holder[step]))
        elif choice == 2:
            chance.shuffle(holder)
        else:
            holder[step] = odd
