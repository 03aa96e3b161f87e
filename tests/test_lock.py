"""The lock files are complete, agree with each other and name no place to fetch from."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
FILES = sorted((ROOT / "requirements").glob("*.txt"))

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)


def pins(name: str) -> dict[str, set[str]]:
    """The versions that a lock file pins; on other platforms it may be another one."""
    found: dict[str, set[str]] = {}
    for package, version in _PIN.findall((ROOT / "requirements" / f"{name}.txt").read_text()):
        found.setdefault(canonicalize_name(package), set()).add(version)
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_lock_names_no_place(file: Path) -> None:
    """No index, no address, no path: only names, versions, platforms and hashes."""
    for line in file.read_text().splitlines():
        assert re.match(r"^([A-Za-z0-9._-]+==|    --hash=sha256:[0-9a-f]{64})", line), line
        assert "://" not in line


def test_the_node_lock_names_no_place() -> None:
    """npm's lock has versions and hashes, and no address but those where a package asks for donations."""
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = [package for path, package in lock["packages"].items() if path]
    assert all("integrity" in package for package in packages)
    assert not any("resolved" in package for package in packages)
    assert "://" not in json.dumps([{**package, "funding": None} for package in packages])


def test_every_dependency_is_locked_within_its_bounds() -> None:
    """What pyproject.toml asks for stands in runtime.txt, in a version that it accepts."""
    locked = pins("runtime")
    for text in PROJECT["project"]["dependencies"]:
        requirement = Requirement(text)
        versions = locked[canonicalize_name(requirement.name)]
        assert all(requirement.specifier.contains(version) for version in versions), text


def test_tests_run_on_what_is_shipped() -> None:
    """Every version in runtime.txt is the one in dev.txt."""
    dev = pins("dev")
    assert {name: dev[name] for name in pins("runtime")} == pins("runtime")
