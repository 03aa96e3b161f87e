"""Which tests one worker takes together: those that share what is made once for their file and costs seconds."""

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

# Browsers and language servers.
TOGETHER = (
    "tests/authoring/editing/",
    "tests/authoring/schema/",
    "tests/authoring/test_",
    "tests/bpmn/test_viewer.py",
    "tests/console/test_browser.py",
    "tests/messages/test_page.py",
)


class ByFile(LoadScopeScheduling):  # type: ignore[misc]
    """Hands out one test after the other, and those that belong together at once."""

    def _split_scope(self, nodeid: str) -> str:
        """Return what a test belongs to: its file, or nothing but itself."""
        return nodeid.partition("::")[0] if nodeid.startswith(TOGETHER) else nodeid
