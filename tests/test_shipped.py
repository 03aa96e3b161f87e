"""What comes with Punchcard is found in a checkout and in a wheel."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from punchcard.shipped import shipped

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", ["definitions", "migrations"])
def test_a_checkout_has_it_at_its_root(name: str) -> None:
    """Beside the packages."""
    assert shipped(name) == ROOT / name
    assert shipped(name).is_dir()


def test_a_wheel_has_it_too(tmp_path: Path) -> None:
    """A wheel that is built, unpacked and asked finds its own, and carries worker.py and the console's files."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    script = "from punchcard.shipped import shipped; print(shipped('definitions'), shipped('migrations'))"
    asked = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path / "site", check=True, capture_output=True, text=True
    )
    definitions, migrations = map(Path, asked.stdout.split())
    assert definitions.is_relative_to(tmp_path)
    assert list(definitions.glob("*.yaml"))
    assert (migrations / "env.py").exists()
    assert (tmp_path / "site" / "worker.py").exists()
    assert (tmp_path / "site" / "api" / "console" / "static" / "vendor" / "htmx.min.js").exists()
