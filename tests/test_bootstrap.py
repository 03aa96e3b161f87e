"""bootstrap.py does what is missing, skips what is done, and says what stands in the way."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap

ROOT = Path(__file__).parents[1]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the script as a person does."""
    return subprocess.run(
        [sys.executable, ROOT / "bootstrap.py", *arguments], capture_output=True, text=True, check=False
    )


def test_without_a_command_it_says_what_it_can_do() -> None:
    """The usage names both commands of the README, and nothing is set up."""
    result = run()
    assert result.returncode == 0
    assert "bootstrap.py up [--demo]" in result.stdout
    assert "bootstrap.py test" in result.stdout


def test_the_readme_has_its_commands() -> None:
    """What the README tells newcomers to run is what the script offers."""
    readme = (ROOT / "README.md").read_text()
    assert "python3 bootstrap.py up --demo\n" in readme
    assert "python3 bootstrap.py test\n" in readme


def test_an_old_python_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says which Python is needed, which this is, and what to run."""
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(
        bootstrap.SetUpError, match=r"3\.11 or newer is needed, and this is 3\.10\. .*python3\.11"
    ):
        bootstrap.check_machine()


def test_what_is_marked_is_not_done_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A second set-up installs nothing; one for the tests after one for running does."""
    installed: list[list[str | Path]] = []
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "install", installed.append)
    monkeypatch.setattr(bootstrap, "has_postgres", lambda: True)
    for for_tests, expected in ((False, 3), (False, 0), (True, 3), (True, 0), (False, 0)):
        installed.clear()
        bootstrap.install_packages(for_tests)
        assert len(installed) == expected, (for_tests, expected)


def test_a_changed_lock_is_another_fingerprint(tmp_path: Path) -> None:
    """The mark follows the contents of each file."""
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text("x==1")
    second.write_text("y==1")
    before = bootstrap.fingerprint(first, second)
    assert before == bootstrap.fingerprint(first, second)
    second.write_text("y==2")
    assert before != bootstrap.fingerprint(first, second)


def test_a_command_that_fails_is_named_with_a_remedy() -> None:
    """So is one that cannot be run at all."""
    with pytest.raises(bootstrap.SetUpError, match="exit code 3 .*Do that."):
        bootstrap.run([sys.executable, "-c", "raise SystemExit(3)"], remedy="Do that.")
    with pytest.raises(
        bootstrap.SetUpError, match="/nowhere cannot be run: No such file or directory. Do that."
    ):
        bootstrap.run(["/nowhere"], remedy="Do that.")


def test_without_an_installer_it_says_which_to_get(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither pip nor uv: the remedy is one of them."""
    monkeypatch.setattr(bootstrap, "find_uv", list)
    monkeypatch.setattr(bootstrap, "succeeds", lambda command: False)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(bootstrap.SetUpError, match="neither pip nor uv"):
        bootstrap.install(["anything"])
