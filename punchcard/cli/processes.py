"""Commands that run one of the processes."""

from collections.abc import Callable

COMMANDS: tuple[Callable[..., None], ...] = ()
