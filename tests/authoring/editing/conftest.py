"""An author in an editor, with all definitions around them."""

from collections.abc import Iterator

import pytest

from tests.support.author import Author, writing


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Author]:
    """Somebody who writes `mine.yaml` beside the definitions."""
    with writing(tmp_path_factory.mktemp("campaigns"), "mine.yaml") as found:
        yield found
