from pathlib import Path

from bench.micro import parts


def test_every_part_does_its_work(tmp_path: Path) -> None:
    names = []

    # One after the other: the cache of the last ones is closed with them.
    for part in parts(tmp_path):
        part.work()
        names.append(part.name)

    assert len(names) == len(set(names)) == 9
