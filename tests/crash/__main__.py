"""The long crash run: `python -m tests.crash [--orders N] [--kills N] [--seed N]`; prints a summary.

First one instance of many verbs, whose worker dies after each single commit; then a storm of orders.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.calling.system import other_system
from tests.crash import errands
from tests.crash.proof import play
from tests.crash.storm import CAMPAIGN, make_storm
from tests.crash.system import System
from tests.support import run_servers


def main() -> None:
    """Play a storm of thousands of orders; exit code 1 if a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=4000)
    parser.add_argument("--customers", type=int, default=300)
    parser.add_argument("--kills", type=int, default=15)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    storm = make_storm(asked.orders, asked.customers, asked.seed)
    run_servers.open_run()
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            other_system() as other,
            errands.prepare(Path(folder), other) as system,
        ):
            found = errands.run(system, errands.EVERY_TICK)
        with tempfile.TemporaryDirectory() as folder, System(Path(folder), CAMPAIGN) as system:
            summary = play(system, storm, asked.kills, asked.seed)
    finally:
        run_servers.close_run()
    if found != errands.WHOLE:
        summary.broken.append(f"an instance whose worker died after every commit: {found}")
    sys.stdout.write(f"{summary}\n")
    sys.exit(bool(summary.broken))


if __name__ == "__main__":
    main()
