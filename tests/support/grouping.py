"""Which tests one worker takes together: those that share what is made once for their file and costs seconds."""

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

# A browser, and language servers.
TOGETHER = (
    "tests/console/test_browser.py",
    "tests/authoring/test_",
    "tests/authoring/schema/",
    "tests/authoring/editing/",
)


class ByFile(LoadScopeScheduling):  # type: ignore[misc]
    """Hands out one test after the other, and those that belong together at once."""

    def _split_scope(self, nodeid: str) -> str:
        """Return what a test belongs to: its file, or nothing but itself."""
        return nodeid.partition("::")[0] if nodeid.startswith(TOGETHER) else nodeid
