"""A child that ends with its parent, even when the parent is killed and can say nothing any more."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1


def end_with_parent() -> Callable[[], None] | None:
    """Return what a child runs before it becomes its program; None where the system has no such service.

    Linux sends the child SIGTERM when its parent ends. Elsewhere a survivor keeps its lock on the data directory,
    and the next start names it.
    """
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def before_exec() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it ended before the line above
            os._exit(1)

    return before_exec
