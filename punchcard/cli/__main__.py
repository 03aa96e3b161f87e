"""Lets `python -m punchcard.cli` stand for `punchcard`, for the processes that `up` starts."""

from punchcard.cli.main import main

if __name__ == "__main__":
    main()
