"""A service: one program that the supervisor keeps running, and how to see that it is healthy."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

HealthCheck = Callable[[], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Service:
    """One program beside the others; `environment` is added to the supervisor's own."""

    name: str
    command: tuple[str, ...]
    is_healthy: HealthCheck
    environment: Mapping[str, str] = field(default_factory=dict)
    inherits: tuple[int, ...] = ()  # open files, such as a lock that lasts as long as the program
    on_start: Callable[[int], None] = lambda pid: None
    start_within_seconds: float = 90
    stop_within_seconds: float = 30
