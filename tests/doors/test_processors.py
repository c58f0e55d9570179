import os
from pathlib import Path

import pytest

from provenance.doors.processors import usable_processors

ALL = len(os.sched_getaffinity(0))


@pytest.fixture
def groups(tmp_path: Path) -> Path:
    path = tmp_path / "cgroup"
    path.write_text("0::/a/b\n")
    return path


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "fs/a/b").mkdir(parents=True)
    return tmp_path / "fs"


def test_without_quotas_the_affinity_counts(groups: Path, tree: Path) -> None:
    assert usable_processors(groups, tree) == ALL


@pytest.mark.parametrize("folder", ["a/b", "a", ""])
@pytest.mark.parametrize(("quota", "most"), [("100000 100000", 1), ("1000 100000", 1)])
def test_a_quota_of_any_group_around_is_a_limit(
    groups: Path, tree: Path, folder: str, quota: str, most: int
) -> None:
    (tree / folder / "cpu.max").write_text(f"{quota}\n")

    assert usable_processors(groups, tree) == most


@pytest.mark.parametrize("quota", ["max 100000", "9900000 100000", "", "what", "1 0"])
def test_no_quota_and_a_wide_one_are_no_limit(groups: Path, tree: Path, quota: str) -> None:
    (tree / "a" / "cpu.max").write_text(f"{quota}\n")

    assert usable_processors(groups, tree) == ALL


def test_the_first_version_of_groups_is_known(tmp_path: Path, tree: Path) -> None:
    groups = tmp_path / "cgroup"
    groups.write_text("3:cpu,cpuacct:/a\n2:memory:/b\n")
    (tree / "cpu/a").mkdir(parents=True)
    (tree / "cpu/a/cpu.cfs_quota_us").write_text("50000\n")
    (tree / "cpu/a/cpu.cfs_period_us").write_text("100000\n")

    assert usable_processors(groups, tree) == 1


def test_a_negative_quota_is_none(tmp_path: Path, tree: Path) -> None:
    groups = tmp_path / "cgroup"
    groups.write_text("3:cpu:/a\n")
    (tree / "cpu/a").mkdir(parents=True)
    (tree / "cpu/a/cpu.cfs_quota_us").write_text("-1\n")
    (tree / "cpu/a/cpu.cfs_period_us").write_text("100000\n")

    assert usable_processors(groups, tree) == ALL


def test_a_system_without_groups_has_processors(tmp_path: Path) -> None:
    assert usable_processors(tmp_path / "none", tmp_path / "none") == ALL
